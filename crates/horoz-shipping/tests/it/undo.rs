//! Undoing an order: its label first, and the order only when the label is gone for certain.

use contract_kit::faults::{Fault, FaultServer, refused_url};
use horoz_shipping::{
    Client, MethodName, Outcome, Quirks, RejectionKind, UndoError, UndoObstacle, UndoOrder, Undone,
};

use crate::support::{answer, builder};

const LABEL_READ: &str = "ERR-29004";
const ACCEPTED: &str = "ERR-29001";
const GONE: &str = "ERR-29003";

fn said(code: &str) -> Fault {
    Fault::Answer(answer(code))
}

fn client(address: impl Into<testkit::Peer>) -> Client {
    let address = address.into().address;
    let quirks = Quirks::default()
        .code(
            MethodName::new("cancelBarcode"),
            LABEL_READ,
            RejectionKind::LabelRead,
        )
        .code(
            MethodName::new("cancelBarcode"),
            GONE,
            RejectionKind::AlreadyCancelled,
        )
        .code(
            MethodName::new("cancelShipping"),
            GONE,
            RejectionKind::AlreadyCancelled,
        )
        .code(
            MethodName::new("cancelShipping"),
            ACCEPTED,
            RejectionKind::AlreadyAccepted,
        );
    builder(&address).quirks(quirks).build().unwrap()
}

/// Undoes an order with a label; gives the paths that were called.
async fn undo(script: Vec<Fault>) -> (Result<Undone, UndoError>, Vec<String>) {
    let server = FaultServer::start(Fault::Script(script));
    let order = UndoOrder::new("KV-2001").label("01234567890");
    let result = client(&server).undo_order(&order).await;
    let seen = server.requests_seen().into_iter().map(|seen| seen.target);
    (result, seen.collect())
}

#[tokio::test]
async fn the_label_goes_first() {
    let (result, called) = undo(vec![said("STA-100"), said("STA-100")]).await;
    let undone = result.unwrap();
    assert!(undone.label.is_some() && undone.order.is_some());
    assert_eq!(called, ["/cancelBarcode", "/cancelShipping"]);
}

#[tokio::test]
async fn an_order_without_a_label_is_one_call() {
    let server = FaultServer::start(said("STA-100"));
    let undone = client(&server)
        .undo_order(&UndoOrder::new("KV-2001"))
        .await
        .unwrap();
    assert_eq!((undone.label, server.requests()), (None, 1));
}

#[tokio::test]
async fn the_order_is_left_alone_when_its_label_is_not_gone_for_certain() {
    for (fault, why, outcome) in [
        (said(LABEL_READ), UndoObstacle::LabelRead, Outcome::NotDone),
        (
            said("ERR-29999"),
            UndoObstacle::Unexplained,
            Outcome::Unknown,
        ),
        (
            Fault::ResetBeforeAnswer,
            UndoObstacle::Unexplained,
            Outcome::Unknown,
        ),
    ] {
        let (result, called) = undo(vec![fault, said("STA-100")]).await;
        let error = result.unwrap_err();
        assert!(matches!(error, UndoError::Label { .. }), "{error}");
        assert_eq!((error.why(), error.outcome()), (why, outcome));
        assert_eq!(called, ["/cancelBarcode"]);
    }
}

#[tokio::test]
async fn what_an_earlier_try_has_cancelled_is_gone() {
    let (result, called) = undo(vec![said(GONE), said(GONE)]).await;
    let undone = result.unwrap();
    assert_eq!((undone.label, undone.order), (None, None));
    assert_eq!(called.len(), 2);
}

#[tokio::test]
async fn an_order_that_stands_without_its_label_is_told() {
    let (result, _) = undo(vec![said("STA-100"), said(ACCEPTED)]).await;
    let error = result.unwrap_err();
    let UndoError::Order {
        why, label_is_gone, ..
    } = &error
    else {
        panic!("{error}")
    };
    assert_eq!(
        (*why, *label_is_gone),
        (UndoObstacle::AlreadyAccepted, true)
    );
    assert_eq!(
        error.to_string(),
        "the order was not cancelled, its label was"
    );
}

#[tokio::test]
async fn a_wrong_request_or_a_closed_door_is_not_done() {
    let undo = UndoOrder::new("KV-2001").label("123");
    let error = client(refused_url()).undo_order(&undo).await.unwrap_err();
    assert_eq!(
        (error.why(), error.outcome()),
        (UndoObstacle::Request, Outcome::NotDone)
    );
    let undo = UndoOrder::new("KV-2001");
    let error = client(refused_url()).undo_order(&undo).await.unwrap_err();
    assert_eq!(
        (error.why(), error.outcome()),
        (UndoObstacle::Unexplained, Outcome::NotDone)
    );
}
