//! Results that a shop stores are read back, and a shop's own tests build them in the same way.

use haso_bnpl::callbacks::OrderCallback;
use haso_bnpl::{
    Accepted, ActivatedOrder, Answer, CustomerInformation, LimitProgress, OrderPlan, PaidOrder,
    Quirks, StoredOrder, Unverified, from_stored,
};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::support::{client, money, plan, success};
use kervan_testing::delivery;

const NUMBER: &str = "1905231436-1";

/// Writes a value, and reads it with both readers that a program may take.
fn read_back<T: Serialize + DeserializeOwned + PartialEq + std::fmt::Debug>(value: &T) {
    let text = serde_json::to_string(value).unwrap();
    assert_eq!(&from_stored::<T>(&text).unwrap(), value, "{text}");
    assert_eq!(&serde_json::from_str::<T>(&text).unwrap(), value, "{text}");
}

#[tokio::test]
async fn results_are_read_back() {
    let body = format!(
        r#"{{"Success":true,"Neu":1,"Data":{{"CustomerId":" 5004","TransactionStatus":"6","TransactionPayments":{}}}}}"#,
        plan(NUMBER, "530.50").replacen("2026-12-22T00:00:00", "5.10.2026", 1)
    );
    let post = OrderCallback::read(&delivery(None, body.as_bytes())).unwrap();
    read_back::<Unverified<OrderCallback>>(&post);
    let stored = StoredOrder::open(NUMBER, money("500.00"));
    let order = post.confirm(&stored, &Quirks::default()).unwrap();
    let answer = r#"{"CustomerInfo":{"CustomerLimit":10.5,"CustomerId":"5004"},"KkbRefNo":"K-1"}"#;
    let server = contract_kit::faults::FaultServer::start(success(answer));
    let client = client(&server, 1);
    let activated = client.call(&order.activation()).await.unwrap();
    read_back::<Answer<ActivatedOrder>>(&activated);
    read_back::<PaidOrder>(&order.paid_unchecked_plan(&activated).unwrap());
    let customer = haso_bnpl::GetCustomer::new("5004");
    read_back::<CustomerInformation>(&client.call(&customer).await.unwrap());
    let report = haso_bnpl::AskReport::new("K-1");
    read_back::<LimitProgress>(&client.call(&report).await.unwrap());
    let expense = haso_bnpl::RawCall::new("Index/X");
    read_back::<Accepted>(&client.call(&expense).await.unwrap());
}

#[test]
fn a_shops_own_test_builds_an_output() {
    let text = format!(
        r#"{{"plan":{{"transaction":"TRX-1","order":"{NUMBER}","fee":"30.50","total":"530.50","down_payment":null,
        "installments":[{{"number":1,"code":"PAY-1","amount":"530.50","fee":null,"due":"2026-12-22"}}]}}}}"#
    );
    let read: OrderPlan = from_stored(&text).unwrap();
    assert!(!read.is_waiting());
    let stored = StoredOrder::open(NUMBER, money("500.00"));
    let state = haso_bnpl::callbacks::OrderState::Activated("TRX-1".into());
    let paid = stored.state(state).paid_by_plan(&read, &Quirks::default());
    assert_eq!(paid.unwrap().amount(), money("500.00"));
    // A misspelt field is not passed over.
    assert!(from_stored::<OrderPlan>(&text.replace("\"total\"", "\"totl\"")).is_err());
}
