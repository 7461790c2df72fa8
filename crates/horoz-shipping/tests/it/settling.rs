//! What becomes of an order after an unknown outcome.

use fixtures::faults::{Fault, FaultServer, refused_url};
use horoz_shipping::{CreatedOrder, Error, Kind, Outcome, Rejection, Sent, Settled};

use crate::support::{answer, client, order};

fn said(code: &str) -> Fault {
    Fault::Answer(answer(code))
}

async fn send_or_settle(script: Vec<Fault>) -> (Result<Sent<CreatedOrder>, Error>, usize) {
    let server = FaultServer::start_with(answer("STA-100"), Fault::Script(script));
    let client = client(&server, 3);
    let result = client.send_or_settle_supplier_pays_order(&order()).await;
    let bodies: Vec<_> = server
        .requests_seen()
        .into_iter()
        .map(|seen| seen.body)
        .collect();
    assert!(
        bodies.windows(2).all(|pair| pair[0] == pair[1]),
        "a repeat is the same to the byte"
    );
    (result, server.requests())
}

async fn settle(script: Vec<Fault>) -> Settled<CreatedOrder, Rejection> {
    let server = FaultServer::start(Fault::Script(script));
    client(&server, 3)
        .settle_supplier_pays_order(&order())
        .await
}

#[tokio::test]
async fn an_answer_needs_no_settling() {
    let (result, requests) = send_or_settle(vec![said("STA-100")]).await;
    assert!(matches!(result, Ok(Sent::Done(_))));
    assert_eq!(requests, 1);
}

#[tokio::test]
async fn a_refusal_needs_no_settling() {
    let (result, requests) = send_or_settle(vec![said("ERR-20005")]).await;
    assert_eq!(
        result.unwrap_err().rejection().unwrap().kind,
        Kind::UnknownSender
    );
    assert_eq!(requests, 1);
}

#[tokio::test]
async fn an_order_that_exists_is_already_done_and_not_to_be_sent_under_a_new_number() {
    // The answer of an earlier run was lost, and the program starts again from its queue.
    let (result, requests) = send_or_settle(vec![said("ERR-20003")]).await;
    assert_eq!(result.unwrap(), Sent::AlreadyDone);
    assert_eq!(requests, 1);

    let server = FaultServer::start(said("ERR-20003"));
    let error = client(&server, 3)
        .create_supplier_pays_order(&order())
        .await;
    assert_eq!(error.unwrap_err().outcome(), Outcome::Unknown);
}

#[tokio::test]
async fn a_lost_answer_settles_as_already_done() {
    let (result, requests) = send_or_settle(vec![Fault::ResetAt(30), said("ERR-20003")]).await;
    assert_eq!(result.unwrap(), Sent::AlreadyDone);
    assert_eq!(requests, 2);
}

#[tokio::test]
async fn a_lost_request_is_done_by_the_repeat() {
    let (result, requests) = send_or_settle(vec![Fault::ResetBeforeAnswer, said("STA-100")]).await;
    assert!(matches!(result, Ok(Sent::Done(_))));
    assert_eq!(requests, 2);
}

#[tokio::test]
async fn a_broken_record_is_a_refusal_with_its_own_meaning() {
    let (result, _) = send_or_settle(vec![Fault::ResetAt(30), said("ERR-20071")]).await;
    assert_eq!(
        result.unwrap_err().rejection().unwrap().kind,
        Kind::BrokenPlaces
    );
}

#[tokio::test]
async fn what_cannot_be_settled_stays_unknown() {
    // What is said of the repeat need not have been said of the order sent before.
    for code in ["ERR-20001", "ERR-20005", "ERR-20999", "STA-101"] {
        let (result, requests) = send_or_settle(vec![Fault::ResetAt(30), said(code)]).await;
        let error = result.unwrap_err();
        assert_eq!(error.outcome(), Outcome::Unknown, "{code}");
        assert_eq!(
            error.report().kind,
            "transport",
            "{code}: the first try's own error"
        );
        assert_eq!(requests, 4, "{code}: one try and three read-backs");
    }
}

#[tokio::test]
async fn a_read_back_without_connection_leaves_the_question_open() {
    // The read-back itself was not done; the order it asks about may have been.
    let settled = client(refused_url(), 1)
        .settle_supplier_pays_order(&order())
        .await;
    let Settled::Open(error) = settled else {
        panic!("{settled:?}")
    };
    assert_eq!(error.report().code.as_deref(), Some("connect"));
}

#[tokio::test]
async fn settling_tells_every_case_apart() {
    assert!(matches!(
        settle(vec![said("STA-100")]).await,
        Settled::Done(_)
    ));
    assert!(matches!(
        settle(vec![said("ERR-20003")]).await,
        Settled::AlreadyDone
    ));
    assert!(matches!(
        settle(vec![said("ERR-20071")]).await,
        Settled::Refused(_)
    ));
    assert!(matches!(
        settle(vec![said("ERR-20001")]).await,
        Settled::Open(_)
    ));
    assert!(matches!(
        settle(vec![Fault::Stall(0)]).await,
        Settled::Open(_)
    ));
}
