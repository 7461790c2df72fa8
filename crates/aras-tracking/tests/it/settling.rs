//! Cancellations with an unknown outcome.

use std::time::Duration;

use ::contract_kit::faults::{Fault, FaultServer};
use ::contract_kit::matrix::Format;
use aras_tracking::shipments::Cancelled;
use aras_tracking::{
    Attempt, NextStep, Outcome, RejectionKind, Resumed, Sent, Settled, ShipmentClient, Why,
};
use kervan_core::Error;
use kervan_testing::MovableHost;
use testkit::Peer;

use crate::support::{body, cancel, shipment_client};

/// The settling time of a client, and the time within which an attempt may be sent.
const SETTLED: Duration = Duration::from_secs(600 + 60);

fn cancelled(code: &str) -> Fault {
    let result = format!("<ResultCode>{code}</ResultCode><ResultMessage>-</ResultMessage>");
    xml(&body("CancelDispatch", &result))
}

/// Returns the orders that the read-back shows, by their references.
fn registered(references: &[&str]) -> Fault {
    let row = |reference: &&str| {
        format!(
            "<Order><IntegrationCode>{reference}</IntegrationCode><PieceCount>1</PieceCount></Order>"
        )
    };
    let rows: String = references.iter().map(row).collect();
    xml(&body("GetOrderWithIntegrationCode", &rows))
}

fn xml(body: &str) -> Fault {
    Fault::Answer(Format::Xml.answer(200, body.as_bytes()))
}

/// A cancellation with a lost answer, and the answers to the questions about it.
struct Lost {
    server: FaultServer,
    client: ShipmentClient,
    host: MovableHost,
    attempt: Attempt,
}

async fn lost(fault: Fault, questions: Vec<Fault>) -> Lost {
    let script = [vec![fault], questions].concat();
    let server = FaultServer::start(Fault::Script(script));
    let peer = Peer::from(&server);
    let host = peer.host.clone();
    let client = shipment_client(peer, 1);
    let attempt = client.prepare(&cancel()).await.unwrap();
    let failed = client.send(&cancel(), &attempt).await.unwrap_err();
    assert_eq!(failed.outcome(), Outcome::Unknown);
    assert_eq!(failed.next_step(), NextStep::AskAgain { at: None });
    Lost {
        server,
        client,
        host,
        attempt,
    }
}

impl Lost {
    async fn settle(&self) -> Settled<Cancelled> {
        self.client.settle(&cancel(), &self.attempt).await
    }

    fn operations(&self) -> Vec<String> {
        let seen = self.server.requests_seen().into_iter();
        seen.map(|request| {
            let body = String::from_utf8(request.body).unwrap();
            let name = if body.contains("GetOrderWithIntegrationCode") {
                "find"
            } else {
                "cancel"
            };
            name.to_owned()
        })
        .collect()
    }
}

#[tokio::test]
async fn w1_an_order_that_is_still_there_may_be_cancelled_yet() {
    // The client hangs up, and the server goes on: the question comes before the cancellation.
    for fault in [
        Fault::Stall(0),
        Fault::ResetBeforeAnswer,
        Fault::ResetAt(30),
    ] {
        let there = registered(&["KV-1001"]);
        let lost = lost(fault, vec![there.clone(), there, registered(&[])]).await;
        for _ in 0..2 {
            let Settled::Open(open) = lost.settle().await else {
                panic!("settled by the old state")
            };
            assert!(matches!(open.why, Why::TooEarly), "{open:?}");
            assert!(matches!(
                open.next_step(),
                NextStep::AskAgain { at: Some(_) }
            ));
            lost.host.advance(SETTLED / 4);
        }
        assert!(matches!(lost.settle().await, Settled::InState));
        assert_eq!(lost.operations(), ["cancel", "find", "find", "find"]);
    }
}

#[tokio::test]
async fn w1_the_old_state_after_the_settling_time_is_not_done() {
    let there = registered(&["KV-1001"]);
    let lost = lost(Fault::ResetBeforeAnswer, vec![there]).await;
    let almost = SETTLED.saturating_sub(Duration::from_millis(1));
    lost.host.advance(almost);
    assert!(!lost.settle().await.is_settled());
    lost.host.advance(Duration::from_millis(1));
    assert!(matches!(lost.settle().await, Settled::NotDone));
    // Resuming prepares it anew, and sends nothing by itself.
    let resumed = lost.client.resume(&cancel(), &lost.attempt).await.unwrap();
    let Resumed::Prepared(next) = resumed else {
        panic!("{resumed:?}")
    };
    assert!(!next.was_sent());
    assert_eq!(lost.operations(), ["cancel", "find", "find", "find"]);
}

#[tokio::test]
async fn w1_an_order_that_is_gone_is_in_the_wanted_state_whoever_cancelled_it() {
    let script = vec![Fault::ResetBeforeAnswer, registered(&[])];
    let server = FaultServer::start(Fault::Script(script));
    let sent = shipment_client(&server, 3).send_or_settle(&cancel()).await;
    assert_eq!(sent.unwrap(), Sent::InState);
    assert_eq!(server.requests(), 2);
}

/// Returns a null list, which .NET leaves out.
fn null() -> Fault {
    let list = "<GetOrderWithIntegrationCodeResult></GetOrderWithIntegrationCodeResult>";
    let body = body("GetOrderWithIntegrationCode", "");
    assert!(body.contains(list));
    xml(&body.replace(list, ""))
}

#[tokio::test]
async fn r2_a_null_list_says_that_the_order_is_gone() {
    let lost = lost(Fault::ResetBeforeAnswer, vec![null()]).await;
    assert!(matches!(lost.settle().await, Settled::InState));
    assert_eq!(lost.operations(), ["cancel", "find"]);
}

#[tokio::test]
async fn w5_cancelling_after_a_crash_settles_first() {
    let lost = lost(Fault::ResetAt(30), vec![registered(&[])]).await;
    let stored = serde_json::to_string(&lost.attempt).unwrap();
    let attempt: Attempt = serde_json::from_str(&stored).unwrap();
    let resumed = lost.client.resume(&cancel(), &attempt).await.unwrap();
    assert!(matches!(resumed, Resumed::Settled(Settled::InState)));
    assert_eq!(lost.operations(), ["cancel", "find"]);
}

#[tokio::test]
async fn w5_cancelling_twice_is_refused_and_never_taken_for_done() {
    let server = FaultServer::start(Fault::Script(vec![cancelled("0"), cancelled("-1")]));
    let client = shipment_client(&server, 3);
    assert!(matches!(
        client.send_or_settle(&cancel()).await,
        Ok(Sent::Done(_))
    ));
    let failed = client.send_or_settle(&cancel()).await.unwrap_err();
    assert_eq!(
        failed.error.rejection().unwrap().kind,
        RejectionKind::NotFound
    );
    assert_eq!((failed.outcome(), server.requests()), (Outcome::NotDone, 2));
}

#[tokio::test]
async fn w12_a_read_back_of_another_reference_settles_nothing() {
    for references in [vec!["KV-1002"], vec!["KV-10011", "KV-1002"], vec!["KV1001"]] {
        let lost = lost(Fault::ResetAt(30), vec![registered(&references)]).await;
        lost.host.advance(SETTLED);
        let Settled::Open(open) = lost.settle().await else {
            panic!("{references:?}: settled by another order")
        };
        assert!(matches!(open.why, Why::Unclear), "{references:?}");
    }
    // Beside one of its own, the order is there.
    let both = registered(&["KV-1002", " kv-1001"]);
    let lost = lost(Fault::ResetAt(30), vec![both]).await;
    lost.host.advance(SETTLED);
    assert!(matches!(lost.settle().await, Settled::NotDone));
}

#[tokio::test]
async fn an_order_that_never_was_is_refused_not_done() {
    let server = FaultServer::start(cancelled("-1"));
    let failed = shipment_client(&server, 3).send_or_settle(&cancel()).await;
    let failed = failed.unwrap_err();
    assert_eq!(
        failed.error.rejection().unwrap().kind,
        RejectionKind::NotFound
    );
    assert_eq!((failed.outcome(), server.requests()), (Outcome::NotDone, 1));
}

#[tokio::test]
async fn a_cut_waybill_is_refused() {
    let server = FaultServer::start(cancelled("999"));
    let failed = shipment_client(&server, 3).send_or_settle(&cancel()).await;
    let failed = failed.unwrap_err();
    assert_eq!(
        failed.error.rejection().unwrap().kind,
        RejectionKind::WaybillCut
    );
    assert_eq!(failed.next_step(), NextStep::Correct);
}

#[tokio::test]
async fn a_question_that_fails_leaves_it_open() {
    let sentence = xml(&body("GetOrderWithIntegrationCode", "Kullanıcı bulunamadı"));
    for question in [sentence, Fault::CloseBeforeAnswer, Fault::ResetAt(30)] {
        let name = format!("{question:?}");
        let lost = lost(Fault::ResetBeforeAnswer, vec![question]).await;
        lost.host.advance(SETTLED);
        let Settled::Open(open) = lost.settle().await else {
            panic!("{name}: settled by no answer")
        };
        assert!(matches!(open.why, Why::Failed(_)), "{name}");
    }
}

#[tokio::test]
async fn an_unclear_refusal_is_settled_by_the_question() {
    // 936 says nothing about the order.
    let script = vec![cancelled("936"), registered(&[])];
    let server = FaultServer::start(Fault::Script(script));
    let sent = shipment_client(&server, 1).send_or_settle(&cancel()).await;
    assert_eq!(sent.unwrap(), Sent::InState);
    assert_eq!(server.requests(), 2);
}

#[tokio::test]
async fn an_outcome_that_stays_unknown_is_told_so() {
    let server = FaultServer::start(Fault::ResetBeforeAnswer);
    let failed = shipment_client(&server, 2).send_or_settle(&cancel()).await;
    let failed = failed.unwrap_err();
    assert_eq!(failed.outcome(), Outcome::Unknown);
    assert!(failed.to_string().ends_with("it may have happened"));
    assert!(matches!(failed.error, Error::Transport(_)));
    assert!(failed.attempt.is_some());
    // The write, and two questions of two tries each.
    assert_eq!(server.requests(), 1 + 2 * 2);
}

#[tokio::test]
async fn w14_two_result_codes_that_differ_are_unreadable() {
    for result in [
        "<ResultCode>0</ResultCode><ResultCode>-1</ResultCode>",
        "<ResultCode>-1</ResultCode><ResultCode>0</ResultCode>",
        "<ResultCode>0</ResultCode><Result><ResultCode>999</ResultCode></Result>",
        "<A><ResultCode>0</ResultCode></A><B><ResultCode>-1</ResultCode></B>",
    ] {
        let server = FaultServer::start(xml(&body("CancelDispatch", result)));
        let client = shipment_client(&server, 1);
        let error = client.call(&cancel()).await.unwrap_err();
        assert!(matches!(error, Error::Decode(_)), "{result}: {error:?}");
        assert_eq!(error.outcome(), Outcome::Unknown, "{result}");
    }
    let result = "<ResultCode>0</ResultCode><Result><ResultCode>0</ResultCode></Result>";
    let server = FaultServer::start(xml(&body("CancelDispatch", result)));
    let client = shipment_client(&server, 1);
    assert_eq!(client.call(&cancel()).await.unwrap().code, "0");
}

#[tokio::test]
async fn w14_a_list_that_contradicts_itself_settles_nothing() {
    let rows = "<ResultCode>0</ResultCode><Result><ResultCode>-1</ResultCode></Result>";
    let answer = xml(&body("GetOrderWithIntegrationCode", rows));
    let lost = lost(Fault::ResetBeforeAnswer, vec![answer]).await;
    lost.host.advance(SETTLED);
    let Settled::Open(open) = lost.settle().await else {
        panic!("settled by two codes")
    };
    assert!(
        matches!(open.why, Why::Failed(Error::Decode(_))),
        "{open:?}"
    );
}

#[tokio::test]
async fn w14_what_is_said_twice_in_two_ways_is_unreadable() {
    // A second key, message or code, in the result or beside it.
    let good = "<ResultCode>0</ResultCode><ResultMessage>Tamam</ResultMessage>";
    let inside = [
        "<ResultMessage>Hata</ResultMessage>",
        "<CargoKey>1</CargoKey><CargoKey>2</CargoKey>",
    ];
    for second in inside {
        let answer = xml(&body("CancelDispatch", &format!("{good}{second}")));
        let server = FaultServer::start(answer);
        let error = shipment_client(&server, 1).call(&cancel()).await;
        assert!(
            matches!(error, Err(Error::Decode(_))),
            "{second}: {error:?}"
        );
    }
    let beside = body("CancelDispatch", good).replace(
        "<CancelDispatchResult>",
        "<ResultCode>-1</ResultCode><CancelDispatchResult>",
    );
    let server = FaultServer::start(xml(&beside));
    let error = shipment_client(&server, 1).call(&cancel()).await;
    assert!(matches!(error, Err(Error::Decode(_))), "{error:?}");
}

#[tokio::test]
async fn w14_an_order_of_two_references_settles_nothing() {
    // Each of them first: neither "still registered" nor "another order" may be read out of it.
    let code = |text: &str| format!("<IntegrationCode>{text}</IntegrationCode>");
    let (own, other) = (code(cancel().reference.as_str()), code("KV-9"));
    for codes in [[&*own, &*other], [&*other, &*own]] {
        let row = format!("<Order>{}</Order>", codes.concat());
        let answer = xml(&body("GetOrderWithIntegrationCode", &row));
        let lost = lost(Fault::ResetBeforeAnswer, vec![answer]).await;
        lost.host.advance(SETTLED);
        let Settled::Open(open) = lost.settle().await else {
            panic!("settled by an order of two references")
        };
        assert!(
            matches!(open.why, Why::Failed(Error::Decode(_))),
            "{open:?}"
        );
    }
}

#[tokio::test]
async fn w13_rows_without_the_reference_prove_nothing() {
    let order = |members: &str| {
        let row = format!("<Order>{members}</Order>");
        xml(&body("GetOrderWithIntegrationCode", &row))
    };
    let nameless = [
        order("<PieceCount>1</PieceCount>"),
        order("<IntegrationCode></IntegrationCode><PieceCount>1</PieceCount>"),
        order("<IntegrationCode>KV-9999</IntegrationCode><PieceCount>1</PieceCount>"),
    ];
    for rows in nameless {
        let lost = lost(Fault::ResetBeforeAnswer, vec![rows]).await;
        lost.host.advance(SETTLED);
        let Settled::Open(open) = lost.settle().await else {
            panic!("settled by rows of nobody")
        };
        assert!(matches!(open.why, Why::Unclear), "{open:?}");
    }
    // The service's own letters are the same reference.
    let lost = lost(Fault::ResetBeforeAnswer, vec![registered(&[" kv-1001 "])]).await;
    lost.host.advance(SETTLED);
    assert!(matches!(lost.settle().await, Settled::NotDone));
}

#[tokio::test]
async fn an_empty_answer_in_a_form_of_its_own_does_not_prove_a_cancellation() {
    for shown in [
        "<Order/>",
        "<Order></Order>",
        "<Order><IntegrationCode/><PieceCount> </PieceCount></Order>",
        "<Order><PieceDetails><PieceDetail/></PieceDetails></Order>",
        "<string/>",
        "<ResultCode>0</ResultCode>",
        "<ResultCode>1</ResultCode><ResultMessage>Hata</ResultMessage>",
    ] {
        let answer = xml(&body("GetOrderWithIntegrationCode", shown));
        let lost = lost(Fault::ResetBeforeAnswer, vec![answer]).await;
        lost.host.advance(SETTLED);
        let settled = lost.settle().await;
        assert!(
            matches!(&settled, Settled::Open(open) if matches!(open.why, Why::Unclear)),
            "{shown}: {settled:?}"
        );
    }
}
