//! Errors of broken connections and foreign answers, and how often the server was asked.

use std::future::Future;

use contract_kit::faults::{Fault, FaultServer};
use contract_kit::matrix::{Format, Row};
use haso_bnpl::{
    ActivateOrder, AskReport, ChangePhone, CheckRefund, Client, ConfirmPin, CreateTransaction,
    Error, Extent, GetCustomer, GetPlan, GetToken, InStoreOrder, InStoreOrderForm, LimitForm,
    LimitLinkForm, ListErrorCodes, ListPayments, ListTransactions, LoadBalance, OrderForm, Outcome,
    RawCall, Refund, SendExpense, SetBulkPaid, SetLimitFromKds, SetPaid, StartLimitByPin,
};
use testkit::faults::{self, TRIES};

use crate::support::{client, json, limit, money, order, plan, shopper, urls};

/// Returns an answer that every service call reads as a success.
fn good() -> String {
    let plan = plan("1905231436-1", "530.50");
    format!(
        r#"{{"Success": true, "Errors": [], "Data": {{"Message": "RS100", "Token": "t", "URL": "https://x.example/", "RefundId": "R-1", "KkbRefNo": "KKB-1", "TransactionPayments": {plan}}}}}"#
    )
}

async fn fails_as_expected<T, F>(is_write: bool, is_form: bool, call: impl Fn(Client) -> F)
where
    F: Future<Output = Result<T, Error>>,
{
    let good = good();
    let server = FaultServer::start(Fault::Answer(json(200, good.as_bytes())));
    assert!(
        call(client(&server, TRIES)).await.is_ok(),
        "the good answer"
    );
    // Pages and redirects are what a form posted from the server expects; it hands over what it gets.
    let is_chosen = |row: &Row| {
        !is_form
            || row.kind == "transport"
            || row.kind != "decode" && row.name.ends_with(['0', '3'])
    };
    let call = |peer| call(client(peer, TRIES));
    faults::fails_as_expected(Format::Json, &good, is_write, is_chosen, call).await;
}

fn day() -> chrono::NaiveDate {
    "2026-11-22".parse().unwrap()
}

fn refund() -> Refund {
    Refund::new(
        "R-1".into(),
        "TRX-1".into(),
        "1905231436-1".into(),
        Extent::Part(money("1.00")),
    )
}

#[tokio::test]
async fn forms_posted_from_the_server() {
    fails_as_expected(true, true, |client| async move {
        client.call(&OrderForm::new(order(), "t")).await
    })
    .await;
    fails_as_expected(true, true, |client| async move {
        client.call(&LimitForm::new(limit(), "t")).await
    })
    .await;
    fails_as_expected(true, true, |client| async move {
        let order = InStoreOrder::by_qr("1905231436-1".into(), money("5.00"), urls(), "qr");
        client.call(&InStoreOrderForm::new(order, "t")).await
    })
    .await;
}

#[tokio::test]
async fn limits() {
    fails_as_expected(true, false, |client| async move {
        client.call(&LimitLinkForm::new(limit(), "t")).await
    })
    .await;
    fails_as_expected(true, false, |client| async move {
        client.call(&StartLimitByPin::new(shopper())).await
    })
    .await;
    fails_as_expected(true, false, |client| async move {
        client.call(&ConfirmPin::new("KKB-1".into(), "1234")).await
    })
    .await;
    fails_as_expected(true, false, |client| async move {
        let request = SetLimitFromKds::new(shopper(), "SEG", money("1000.00"));
        client.call(&request).await
    })
    .await;
}

#[tokio::test]
async fn reads() {
    fails_as_expected(false, false, |client| async move {
        client.get_token(&GetToken::new()).await
    })
    .await;
    fails_as_expected(false, false, |client| async move {
        client
            .call(&GetPlan::new("TRX-1".into(), "1905231436-1".into()))
            .await
    })
    .await;
    fails_as_expected(false, false, |client| async move {
        client.call(&GetCustomer::new("5004")).await
    })
    .await;
    fails_as_expected(false, false, |client| async move {
        client.call(&AskReport::new("KKB-1")).await
    })
    .await;
    fails_as_expected(false, false, |client| async move {
        client.call(&CheckRefund::new("R-1")).await
    })
    .await;
}

#[tokio::test]
async fn lists() {
    fails_as_expected(false, false, |client| async move {
        client.call(&ListTransactions::new("5004")).await
    })
    .await;
    fails_as_expected(false, false, |client| async move {
        client.call(&ListPayments::new("5004")).await
    })
    .await;
    fails_as_expected(false, false, |client| async move {
        client.call(&ListErrorCodes::new()).await
    })
    .await;
}

#[tokio::test]
async fn orders_and_payments() {
    fails_as_expected(true, false, |client| async move {
        client
            .call(&ActivateOrder::without_post(
                "1905231436-1".into(),
                "TRX-1".into(),
            ))
            .await
    })
    .await;
    fails_as_expected(true, false, |client| async move {
        client
            .call(&CreateTransaction::new(money("5.00"), 1, "5004"))
            .await
    })
    .await;
    fails_as_expected(true, false, |client| async move {
        client
            .call(&SetPaid::new("PAY-1".into(), "1905231436-1".into(), day()))
            .await
    })
    .await;
    fails_as_expected(true, false, |client| async move {
        client
            .call(&SetBulkPaid::new(
                vec!["PAY-1".into()],
                "1905231436-1",
                day(),
            ))
            .await
    })
    .await;
    fails_as_expected(true, false, |client| async move {
        client
            .call(&LoadBalance::new("5004", money("5.00"), day()))
            .await
    })
    .await;
}

#[tokio::test]
async fn other_writes() {
    fails_as_expected(
        true,
        false,
        |client| async move { client.call(&refund()).await },
    )
    .await;
    fails_as_expected(true, false, |client| async move {
        client
            .call(&SendExpense::new(
                "TRX-1".into(),
                "1905231436-1".into(),
                money("5.00"),
            ))
            .await
    })
    .await;
    fails_as_expected(true, false, |client| async move {
        client
            .call(&ChangePhone::new("5004".into(), "5536616020"))
            .await
    })
    .await;
    fails_as_expected(true, false, |client| async move {
        client
            .call(
                &RawCall::new("RequestV2/SuspendCustomer")
                    .field("a", "b")
                    .signed(["a"]),
            )
            .await
    })
    .await;
}

/// The connection is cut after every single byte of the answer: the refund is sent once each time, and its
/// outcome never counts as known.
#[tokio::test]
async fn a_refund_cut_at_every_byte_stays_unknown_and_is_sent_once() {
    let whole = json(200, br#"{"Success": true, "Data": null}"#);
    let cuts = (0..whole.len()).flat_map(|at| [Fault::CloseAt(at), Fault::ResetAt(at)]);
    let cuts: Vec<_> = cuts.collect();
    let server = FaultServer::start_with(whole, Fault::Script(cuts.clone()));
    let client = client(&server, TRIES);
    for (sent, cut) in cuts.iter().enumerate() {
        let error = client.call(&refund()).await.unwrap_err();
        assert_eq!(error.outcome(), Outcome::Unknown, "{cut:?}");
        assert_eq!(server.requests(), sent + 1, "{cut:?}");
    }
}

#[tokio::test]
async fn an_invalid_order_asks_for_no_token_and_opens_no_connection() {
    let server = FaultServer::start(Fault::CloseBeforeAnswer);
    let mut order = order();
    order.items.clear();
    let client = client(&server, TRIES);
    assert!(client.order_form(&order).await.is_err());
    let posted = client.call(&OrderForm::new(order, "t")).await;
    assert_eq!(posted.unwrap_err().outcome(), Outcome::NotDone);
    assert_eq!((server.connections(), server.requests()), (0, 0));
}
