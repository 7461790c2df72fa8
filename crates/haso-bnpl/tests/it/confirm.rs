//! From a claim to a paid order and a confirmed limit: the values that have to match, one changed at a time.

use contract_kit::faults::{Fault, FaultServer};
use haso_bnpl::callbacks::{ConfirmedOrder, LimitCallback, LimitOk, Mismatch, OrderOk, OrderState};
use haso_bnpl::{
    ActivateOrder, ActivatedOrder, Client, CustomerInformation, Error, GetCustomer, GetPlan,
    OrderPlan, Outcome, PaidOrder, Quirks, Settled, StoredOrder,
};

use crate::support::{client, crashed, json, money, plan};
use kervan_testing::delivery;

const NUMBER: &str = "1905231436-1";

fn stored() -> StoredOrder {
    StoredOrder::open(NUMBER, money("500.00"))
}

fn confirmed() -> ConfirmedOrder {
    let plan = plan(NUMBER, "530.50");
    let body = format!(
        r#"{{"Success": true, "Data": {{"CustomerId": "5004", "TransactionStatus": "6", "TransactionPayments": {plan}}}}}"#
    );
    let post = OrderOk::read(&delivery("application/json", body.as_bytes())).unwrap();
    post.confirm(&stored(), &Quirks::default()).unwrap()
}

#[expect(clippy::unused_async, reason = "starts a server of the test's runtime")]
async fn answering(data: &str) -> (FaultServer, Client) {
    let body = format!(r#"{{"Success": true, "Data": {data}}}"#);
    let server = FaultServer::start(Fault::Answer(json(200, body.as_bytes())));
    let client = client(&server, 1);
    (server, client)
}

/// Returns the service's answer to an activation of these two numbers.
async fn activated(order: &str, transaction: &str) -> ActivatedOrder {
    let (_server, client) = answering("null").await;
    let call = ActivateOrder::without_post(order.into(), transaction.into());
    client.call(&call).await.unwrap().value
}

/// Returns the service's plan of these two numbers.
async fn read(order: &str, transaction: &str, data: &str) -> OrderPlan {
    let (_server, client) = answering(data).await;
    let call = GetPlan::new(transaction.into(), order.into());
    client.call(&call).await.unwrap().value
}

fn in_data(plan: &str) -> String {
    format!(r#"{{"TransactionPayments": {plan}}}"#)
}

/// Returns plans of the service that do not match the stored order, and the reasons.
async fn foreign_plans() -> Vec<(OrderPlan, Mismatch)> {
    let good = plan(NUMBER, "530.50");
    let other = plan("1905231436-2", "530.50");
    let transaction = good.replace("TRX-1", "TRX-2");
    let waiting = format!(r#"{{"TransactionStatus": 6, "TransactionPayments": {good}}}"#);
    let inside = good.replacen('{', r#"{"TransactionStatus": "6","#, 1);
    let zero = good.replace("265.25", "0").replace(
        "[{",
        r#"[{"InstallmentNo":9,"InstallmentPayment":530.50},{"#,
    );
    vec![
        (
            read("1905231436-2", "TRX-1", &in_data(&other)).await,
            Mismatch::Order,
        ),
        (
            read(NUMBER, "TRX-2", &in_data(&transaction)).await,
            Mismatch::Transaction,
        ),
        (
            read(NUMBER, "TRX-1", &in_data(&plan(NUMBER, "530.51"))).await,
            Mismatch::Amount,
        ),
        (
            read(
                NUMBER,
                "TRX-1",
                &in_data(&good.replacen("265.25", "265.24", 1)),
            )
            .await,
            Mismatch::Sum,
        ),
        (read(NUMBER, "TRX-1", &in_data(&zero)).await, Mismatch::Plan),
        (
            read(NUMBER, "TRX-1", &waiting).await,
            Mismatch::NotActivated,
        ),
        (
            read(NUMBER, "TRX-1", &in_data(&inside)).await,
            Mismatch::NotActivated,
        ),
    ]
}

#[tokio::test]
async fn paid_takes_the_activation_and_the_plan_of_the_service() {
    let order = confirmed();
    let quirks = Quirks::default();
    let own = activated(NUMBER, "TRX-1").await;
    let good = read(NUMBER, "TRX-1", &in_data(&plan(NUMBER, "530.50"))).await;
    let paid = order.paid(&own, &good, &quirks).unwrap();
    assert!(paid.has_plan_of_service());
    assert_eq!(paid.order().as_str(), NUMBER);
    assert_eq!(paid.amount(), money("500.00"));
    let short = order.paid_unchecked_plan(&own).unwrap();
    assert!(!short.has_plan_of_service());

    for (number, transaction, mismatch) in [
        ("1905231436-2", "TRX-1", Mismatch::Order),
        (NUMBER, "TRX-2", Mismatch::Transaction),
    ] {
        let other = activated(number, transaction).await;
        assert_eq!(order.paid(&other, &good, &quirks), Err(mismatch));
        assert_eq!(order.paid_unchecked_plan(&other), Err(mismatch));
    }
    for (plan, mismatch) in foreign_plans().await {
        assert_eq!(order.paid(&own, &plan, &quirks), Err(mismatch));
        assert_eq!(order.paid_by_plan(&plan, &quirks), Err(mismatch));
        assert_eq!(short.clone().with_plan(&plan, &quirks), Err(mismatch));
        let begun = stored().state(OrderState::Activating("TRX-1".into()));
        assert_eq!(begun.paid_by_plan(&plan, &quirks), Err(mismatch));
    }
}

#[tokio::test]
async fn a_stored_activation_is_paid_by_the_plan_alone() {
    let quirks = Quirks::default();
    let good = read(NUMBER, "TRX-1", &in_data(&plan(NUMBER, "530.50"))).await;
    let paid = |state| stored().state(state).paid_by_plan(&good, &quirks);
    assert!(paid(OrderState::Activating("TRX-1".into())).is_ok());
    let done: PaidOrder = paid(OrderState::Activated("TRX-1".into())).unwrap();
    assert!(done.has_plan_of_service() && done.customer().is_none());
    assert_eq!(paid(OrderState::Open), Err(Mismatch::NotActivated));
    assert_eq!(paid(OrderState::Closed), Err(Mismatch::Closed));
    assert_eq!(
        paid(OrderState::Activated("TRX-2".into())),
        Err(Mismatch::Transaction)
    );
}

#[tokio::test]
async fn an_activation_answers_for_its_own_order_only() {
    for data in [
        r#"{"MerchantOid": "1905231436-2"}"#,
        r#"{"mercantOid": "1905231436-2"}"#,
        r#"{"TransactionCode": "TRX-2"}"#,
        r#"{"List": [{"TransactionCode": "TRX-1"}, {"transactionCode": "TRX-2"}]}"#,
        r#"{"TransactionCode": false}"#,
        r#"null, "MerchantOid": "1905231436-2""#,
    ] {
        let (_server, client) = answering(data).await;
        let call = ActivateOrder::without_post(NUMBER.into(), "TRX-1".into());
        let error = client.call(&call).await.unwrap_err();
        assert!(matches!(error, Error::Decode(_)), "{data}");
        assert_eq!(error.outcome(), Outcome::Unknown, "{data}");
    }
    let (_server, client) =
        answering(r#"{"MerchantOid": "1905231436-1", "TransactionCode": "TRX-1", "x": null}"#)
            .await;
    let call = ActivateOrder::without_post(NUMBER.into(), "TRX-1".into());
    assert!(client.call(&call).await.is_ok());
}

#[tokio::test]
async fn only_the_own_plan_settles_an_activation() {
    async fn settle(data: &str) -> bool {
        let (_server, client) = answering(data).await;
        let call = ActivateOrder::without_post(NUMBER.into(), "TRX-1".into());
        let attempt = crashed(&client, &call).await;
        match client.settle(&call, &attempt).await {
            Settled::InState => true,
            Settled::Open(_) => false,
            other => panic!("{other:?}"),
        }
    }
    let good = plan(NUMBER, "530.50");
    assert!(settle(&in_data(&good)).await);
    assert!(settle(&good).await);
    for data in [
        "null".to_owned(),
        "{}".to_owned(),
        r#""H308""#.to_owned(),
        r#"{"MerchantOid": "1905231436-1", "TransactionCode": "TRX-1"}"#.to_owned(),
        in_data(&plan("1905231436-2", "530.50")),
        in_data(&good.replace("TRX-1", "TRX-2")),
        format!(r#"{{"TransactionStatus": "6", "TransactionPayments": {good}}}"#),
    ] {
        assert!(!settle(&data).await, "{data}");
    }
    let server = FaultServer::start(Fault::Answer(json(
        200,
        br#"{"Success": false, "Errors": ["H223"]}"#,
    )));
    let call = ActivateOrder::without_post(NUMBER.into(), "TRX-1".into());
    let client = client(&server, 1);
    let attempt = crashed(&client, &call).await;
    let settled = client.settle(&call, &attempt).await;
    assert!(matches!(settled, Settled::Open(_)));
}

async fn customer(asked: &str, data: &str) -> CustomerInformation {
    let (_server, client) = answering(data).await;
    client.call(&GetCustomer::new(asked)).await.unwrap().value
}

#[tokio::test]
async fn a_limit_is_confirmed_for_the_same_customer_only() {
    let post = |rest: &str| {
        let body = format!(
            r#"{{"Success": true, "Data": {{"CustomerId": "5004", "CustomerLimit": 99999}}{rest}}}"#
        );
        let json = Some("application/json");
        (
            LimitOk::read(&delivery(json, body.as_bytes())).unwrap(),
            LimitCallback::read(&delivery(json, body.as_bytes())).unwrap(),
        )
    };
    let limit = r#"{"CustomerInfo": {"CustomerLimit": 1500.5}}"#;
    let (ok, callback) = post("");
    let own = customer("5004", limit).await;
    let confirmed = ok.confirm(&own).unwrap();
    assert_eq!(confirmed.limit, money("1500.50"));
    assert_eq!(callback.confirm(&own).unwrap(), confirmed);
    for other in [
        customer("5005", limit).await,
        customer("5004", r#"{"CustomerInfo": null}"#).await,
        customer("5004", r#"{"CustomerInfo": {"x": 1}}"#).await,
    ] {
        assert_eq!(ok.confirm(&other), Err(Mismatch::Customer));
        assert_eq!(callback.confirm(&other), Err(Mismatch::Customer));
    }
    let (ok, callback) = post(r#", "Errors": ["H999"]"#);
    assert_eq!(ok.confirm(&own), Err(Mismatch::Contradiction));
    assert_eq!(callback.confirm(&own), Err(Mismatch::Contradiction));
    let failed = LimitOk::read(&delivery(None, b"Success=false&Errors=x")).unwrap();
    assert_eq!(failed.confirm(&own), Err(Mismatch::NotCompleted));
}
