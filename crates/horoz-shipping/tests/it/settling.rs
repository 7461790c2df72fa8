//! Orders after an unknown outcome.

use contract_kit::faults::{Fault, FaultServer, refused_url};
use horoz_shipping::{
    Attempt, Client, CreatedSupplierPaysOrder, Error, Failed, NextStep, Outcome, RejectionKind,
    Sent, Settled, Why, from_stored,
};
use kervan_settling::Resumed;

use crate::support::{answer, client, json, order};

fn said(code: &str) -> Fault {
    Fault::Answer(answer(code))
}

/// Returns a refusal of the number in the words of the page.
fn taken(number: &str) -> Fault {
    let body = format!(
        r#"{{"response": {{"responseCode": "ERR-20003", "responseMessage": "BU TALEP NUMARASI SISTEMDE MEVCUT - Key: 801452 TalepNo: {number}"}}}}"#
    );
    Fault::Answer(json(200, body.as_bytes()))
}

async fn send_or_settle(
    script: Vec<Fault>,
) -> (Result<Sent<CreatedSupplierPaysOrder>, Failed>, usize) {
    let server = FaultServer::start_with(answer("STA-100"), Fault::Script(script));
    let result = client(&server, 3).send_or_settle(&order()).await;
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

/// Sends an order, loses its answer, and continues from the stored attempt.
async fn resume(answer: Fault) -> Settled<CreatedSupplierPaysOrder> {
    let server = FaultServer::start(Fault::Script(vec![Fault::ResetAt(30), answer]));
    let client = client(&server, 1);
    let attempt = client.prepare(&order()).await.unwrap();
    let stored = serde_json::to_string(&attempt).unwrap();
    let failed = client.send(&order(), &attempt).await.unwrap_err();
    assert_eq!(failed.outcome(), Outcome::Unknown);
    resumed(&client, &from_stored(&stored).unwrap()).await
}

async fn resumed(client: &Client, attempt: &Attempt) -> Settled<CreatedSupplierPaysOrder> {
    match client.resume(&order(), attempt).await.unwrap() {
        Resumed::Settled(settled) => settled,
        Resumed::Prepared(attempt) => panic!("{attempt:?}"),
    }
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
    let failed = result.unwrap_err();
    assert_eq!(
        failed.error.rejection().unwrap().kind,
        RejectionKind::UnknownSender
    );
    assert_eq!(failed.next_step(), NextStep::Correct);
    assert_eq!(requests, 1);
}

#[tokio::test]
async fn w6_a_number_that_is_taken_on_the_first_try_is_refused() {
    for fault in [said("ERR-20003"), taken("KV-1001"), taken(" kv-1001 ")] {
        let (result, requests) = send_or_settle(vec![fault]).await;
        let failed = result.unwrap_err();
        assert_eq!(
            failed.error.rejection().unwrap().kind,
            RejectionKind::NumberTaken
        );
        assert_eq!(failed.outcome(), Outcome::NotDone);
        assert_eq!(failed.next_step(), NextStep::Correct);
        assert_eq!(requests, 1);
    }
}

#[tokio::test]
async fn w6_without_an_attempt_nobody_knows_whether_the_try_is_the_first() {
    let server = FaultServer::start(said("ERR-20003"));
    let error = client(&server, 3).call(&order()).await;
    let error = error.unwrap_err();
    assert_eq!(error.outcome(), Outcome::Unknown);
    assert_eq!(error.next_step(), NextStep::SendAgain);
    assert!(
        error.to_string().ends_with("it may have happened"),
        "{error}"
    );
}

#[tokio::test]
async fn w6_a_number_that_is_taken_after_a_try_that_was_sent_exists() {
    for fault in [said("ERR-20003"), taken("KV-1001")] {
        let (result, requests) = send_or_settle(vec![Fault::ResetAt(30), fault]).await;
        assert_eq!(result.unwrap(), Sent::Exists);
        assert_eq!(requests, 2);
    }
    assert!(matches!(resume(taken("KV-1001")).await, Settled::Exists));
}

#[tokio::test]
async fn w6_a_refusal_of_another_number_says_nothing_about_this_one() {
    for other in ["KV-1002", "KV-100", "KV-10011"] {
        // On a first try, and after one that was sent.
        let (result, _) = send_or_settle(vec![taken(other), said("STA-100")]).await;
        assert!(matches!(result, Ok(Sent::Done(_))), "{other}: sent again");
        let Settled::Open(open) = resume(taken(other)).await else {
            panic!("{other}: settled by another order's answer")
        };
        assert!(matches!(open.why, Why::Failed(Error::Decode(_))), "{other}");
    }
}

#[tokio::test]
async fn a_lost_request_is_done_by_the_repeat() {
    let (result, requests) = send_or_settle(vec![Fault::ResetBeforeAnswer, said("STA-100")]).await;
    assert!(matches!(result, Ok(Sent::Done(_))));
    assert_eq!(requests, 2);
}

#[tokio::test]
async fn w7_a_refusal_of_the_contents_proves_that_the_order_is_not_there() {
    for (code, kind) in [
        ("ERR-20005", RejectionKind::UnknownSender),
        ("ERR-20002", RejectionKind::MissingOrTooLong),
        ("ERR-20006", RejectionKind::UnknownRecipient),
        ("ERR-20007", RejectionKind::MissingTotals),
        ("ERR-20008", RejectionKind::IncompleteLines),
        ("ERR-20009", RejectionKind::ZeroLineDesi),
        ("ERR-20012", RejectionKind::ZeroTotalDesi),
        ("ERR-20056", RejectionKind::MissingShippingType),
        ("ERR-20071", RejectionKind::BrokenPlaces),
    ] {
        let (result, requests) = send_or_settle(vec![Fault::ResetAt(30), said(code)]).await;
        let failed = result.unwrap_err();
        assert_eq!(failed.error.rejection().unwrap().kind, kind);
        assert_eq!(failed.outcome(), Outcome::NotDone, "{code}");
        assert_eq!(failed.next_step(), NextStep::Correct, "{code}");
        assert_eq!(requests, 2, "{code}");
        assert!(
            matches!(resume(said(code)).await, Settled::Refused(no) if no.kind == kind),
            "{code}"
        );
    }
}

#[tokio::test]
async fn w7_a_refusal_of_the_try_alone_leaves_it_open() {
    for code in ["ERR-20001", "ERR-20999", "STA-101"] {
        let (result, requests) = send_or_settle(vec![Fault::ResetAt(30), said(code)]).await;
        let failed = result.unwrap_err();
        assert_eq!(failed.outcome(), Outcome::Unknown, "{code}");
        assert_eq!(failed.next_step(), NextStep::SendAgain, "{code}");
        assert_eq!(
            failed.error.report().kind,
            "transport",
            "{code}: the first try's own error"
        );
        assert!(failed.to_string().ends_with("it may have happened"));
        assert!(failed.attempt.is_some());
        assert_eq!(requests, 4, "{code}: one try, and three more");
    }
}

#[tokio::test]
async fn w5_an_order_after_a_crash_is_never_created_twice() {
    // The double click: the second attempt of a program that kept none of the first.
    let server = FaultServer::start(Fault::Script(vec![said("STA-100"), taken("KV-1001")]));
    let client = client(&server, 1);
    assert!(client.send_or_settle(&order()).await.is_ok());
    let failed = client.send_or_settle(&order()).await.unwrap_err();
    assert_eq!(failed.outcome(), Outcome::NotDone, "refused, not doubled");
    // The crash: the attempt was kept, and resuming settles it.
    assert!(matches!(resume(taken("KV-1001")).await, Settled::Exists));
    assert!(matches!(
        resume(said("STA-100")).await,
        Settled::Done(Some(_))
    ));
}

#[tokio::test]
async fn w5_an_attempt_leaves_once() {
    let server = FaultServer::start(Fault::ResetBeforeAnswer);
    let client = client(&server, 1);
    let attempt = client.prepare(&order()).await.unwrap();
    for _ in 0..3 {
        let failed = client.send(&order(), &attempt).await.unwrap_err();
        assert_eq!(failed.outcome(), Outcome::Unknown);
    }
    assert_eq!(server.requests(), 1);
}

#[tokio::test]
async fn a_question_that_does_not_exist_is_not_asked() {
    let server = FaultServer::start(Fault::ResetAt(30));
    let client = client(&server, 1);
    let attempt = client.prepare(&order()).await.unwrap();
    assert!(client.send(&order(), &attempt).await.is_err());
    let Settled::Open(open) = client.settle(&order(), &attempt).await else {
        panic!("settled without a question")
    };
    assert!(matches!(open.why, Why::NoReadBack));
    assert_eq!(open.next_step(), NextStep::SendAgain);
    assert_eq!(server.requests(), 1);
}

#[tokio::test]
async fn an_attempt_is_of_one_order() {
    let server = FaultServer::start(Fault::ResetAt(30));
    let client = client(&server, 1);
    let attempt = client.prepare(&order()).await.unwrap();
    let mut other = order();
    other.lines[0].quantity = 3;
    assert!(client.send(&order(), &attempt).await.is_err());
    let failed = client.resume(&other, &attempt).await.unwrap_err();
    assert_eq!(failed.error.report().code.as_deref(), Some("changed"));
    assert_eq!((failed.outcome(), server.requests()), (Outcome::Unknown, 1));
}

#[tokio::test]
async fn a_repeat_without_connection_leaves_the_question_open() {
    // The repeat itself was not done; the order before it may have been.
    let client = client(refused_url(), 1);
    let attempt = client.prepare(&order()).await.unwrap();
    let stored = serde_json::to_string(&attempt).unwrap();
    let Settled::Open(open) = resumed(&client, &from_stored(&stored).unwrap()).await else {
        panic!("settled without a connection")
    };
    let Why::Failed(error) = open.why else {
        panic!("{open:?}")
    };
    assert_eq!(error.report().code.as_deref(), Some("connect"));
}

#[tokio::test]
async fn resuming_tells_every_case_apart() {
    assert!(matches!(
        resume(said("STA-100")).await,
        Settled::Done(Some(_))
    ));
    assert!(matches!(resume(said("ERR-20003")).await, Settled::Exists));
    assert!(matches!(resume(said("ERR-20001")).await, Settled::Open(_)));
    assert!(matches!(resume(Fault::Stall(0)).await, Settled::Open(_)));
}
