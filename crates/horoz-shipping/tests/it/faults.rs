//! Errors of broken connections and foreign answers, and how often the server was asked.

use std::future::Future;

use contract_kit::faults::{Fault, FaultServer};
use contract_kit::matrix::{self, Format};
use horoz_shipping::{
    CancelLabel, CancelShippingOrder, CancelSupplierPaysOrder, CheckAccess, Client, CreateLabel,
    Error, ListCounties, Outcome, RawCall, TrackError, TrackOrder,
};
use testkit::faults::{self, TRIES};

use crate::support::{answer, client, order, shipping_order};

const GOOD: &str = r#"{"response": {"responseCode": "STA-100", "responseMessage": "-"}}"#;

async fn fails_as_expected<T, F>(is_write: bool, call: impl Fn(Client) -> F)
where
    F: Future<Output = Result<T, Error>>,
{
    let call = |peer| call(client(peer, TRIES));
    faults::fails_as_expected(Format::Json, GOOD, is_write, |_| true, call).await;
}

#[tokio::test]
async fn create_supplier_pays_order() {
    fails_as_expected(true, |client| async move { client.call(&order()).await }).await;
}

#[tokio::test]
async fn create_shipping_order() {
    fails_as_expected(true, |client| async move {
        client.call(&shipping_order()).await
    })
    .await;
}

#[tokio::test]
async fn cancel_orders() {
    fails_as_expected(true, |client| async move {
        let cancel = CancelShippingOrder::new("KV-2001");
        client.call(&cancel).await
    })
    .await;
    fails_as_expected(true, |client| async move {
        let cancel = CancelSupplierPaysOrder::new("KV-1001");
        client.call(&cancel).await
    })
    .await;
}

#[tokio::test]
async fn labels() {
    fails_as_expected(true, |client| async move {
        client.call(&CreateLabel::new("KV-2001")).await
    })
    .await;
    fails_as_expected(true, |client| async move {
        let cancel = CancelLabel::new("01234567890".into(), "KV-2001".into());
        client.call(&cancel).await
    })
    .await;
}

/// A raw call does not know the meaning of an answer without a code, but never treats it as success.
#[tokio::test]
async fn a_raw_call_is_a_write_and_believes_nothing() {
    for row in matrix::rows(Format::Json, GOOD) {
        let server = FaultServer::start_with(answer("STA-100"), row.fault);
        let call = RawCall::post("cancelShipping", r#"{"requestNumber": "KV-2001"}"#);
        match client(&server, TRIES).call(&call).await {
            Ok(answer) => assert!(!answer.is_success, "{}", row.name),
            Err(error) => {
                let report = error.report();
                assert_eq!((report.kind, report.outcome), (row.kind, Outcome::Unknown));
            }
        }
        assert_eq!(server.requests(), 1, "{}", row.name);
    }
}

/// A second try would be a repeated query, which Horoz limits.
#[tokio::test]
async fn track_order_is_tried_once() {
    fails_as_expected(true, |client| async move {
        let query = TrackOrder::new("KV-1001");
        client
            .track_order(&query)
            .await
            .map_err(|error| match error {
                TrackError::Call(error) => error,
                other => panic!("{other}"),
            })
    })
    .await;
}

#[tokio::test]
async fn list_counties() {
    fails_as_expected(false, |client| async move {
        client.call(&ListCounties::new()).await
    })
    .await;
}

#[tokio::test]
async fn check_access() {
    fails_as_expected(false, |client| async move {
        client.call(&CheckAccess::new()).await
    })
    .await;
}

/// The connection is cut after every single byte of the answer, by closing and by resetting: the
/// order is sent once each time, and its outcome is never taken for known.
#[tokio::test]
async fn an_order_cut_at_every_byte_stays_unknown_and_is_sent_once() {
    let whole = answer("STA-100");
    let cuts = (0..whole.len()).flat_map(|at| [Fault::CloseAt(at), Fault::ResetAt(at)]);
    let cuts: Vec<_> = cuts.collect();
    let server = FaultServer::start_with(whole, Fault::Script(cuts.clone()));
    let client = client(&server, TRIES);
    for (sent, cut) in cuts.iter().enumerate() {
        let error = client.call(&order()).await.unwrap_err();
        assert_eq!(error.outcome(), Outcome::Unknown, "{cut:?}");
        assert_eq!(server.requests(), sent + 1, "{cut:?}");
    }
}

#[tokio::test]
async fn an_invalid_order_opens_no_connection() {
    let server = FaultServer::start(Fault::CloseBeforeAnswer);
    let mut order = order();
    order.lines.clear();
    let error = client(&server, TRIES).call(&order).await;
    assert_eq!(error.unwrap_err().outcome(), Outcome::NotDone);
    assert_eq!((server.connections(), server.requests()), (0, 0));
}
