//! What becomes of a refund after an unknown outcome.

use fixtures::faults::{Fault, FaultServer};
use haso_bnpl::{
    ActivateOrder, Done, Error, Extent, Kind, Outcome, Quirks, Refund, RefundProof, Rejection,
    Sent, Settled,
};

use crate::support::{builder, client, json, money};

fn refund() -> Refund {
    Refund::new(
        "R-1",
        "TRX-1",
        "1905231436-1",
        Extent::Whole(money("500.00")),
    )
}

fn done() -> Fault {
    Fault::Answer(json(
        200,
        br#"{"Success": true, "Data": {"RefundId": "R-1"}}"#,
    ))
}

fn refused(code: &str) -> Fault {
    let body = format!(r#"{{"Success": false, "Errors": ["{code}"]}}"#);
    Fault::Answer(json(200, body.as_bytes()))
}

/// The result, and the paths that were asked for, in order.
async fn send_or_settle(script: Vec<Fault>) -> (Result<Sent<Done>, Error>, Vec<String>) {
    let server = FaultServer::start(Fault::Script(script));
    let result = client(&server, 3).send_or_settle_refund(&refund()).await;
    let seen = server.requests_seen();
    let path = |target: &str| target.rsplit('/').next().unwrap_or_default().to_owned();
    let asked: Vec<_> = seen.iter().map(|seen| path(&seen.target)).collect();
    let refunds: Vec<_> = seen
        .iter()
        .filter(|seen| seen.target.ends_with("RefundTransaction"))
        .collect();
    assert!(
        refunds.windows(2).all(|pair| pair[0].body == pair[1].body),
        "a repeat is the same to the byte"
    );
    (result, asked)
}

const SEND: &str = "RefundTransaction";
const ASK: &str = "CheckRefund";

#[tokio::test]
async fn an_answer_needs_no_settling() {
    let (result, asked) = send_or_settle(vec![done()]).await;
    assert!(matches!(result, Ok(Sent::Done(_))));
    assert_eq!(asked, [SEND]);
}

#[tokio::test]
async fn a_refund_made_before_is_done_and_not_to_be_sent_under_a_new_number() {
    let (result, asked) = send_or_settle(vec![refused("H307")]).await;
    assert_eq!(result.unwrap(), Sent::AlreadyDone);
    assert_eq!(asked, [SEND]);

    let server = FaultServer::start(refused("H307"));
    let error = client(&server, 1).refund(&refund()).await.unwrap_err();
    assert_eq!(error.rejection().unwrap().kind, Kind::AlreadyRefunded);
    assert_eq!(error.outcome(), Outcome::Unknown);
}

#[tokio::test]
async fn a_lost_answer_is_asked_for_and_not_sent_again() {
    let (result, asked) = send_or_settle(vec![Fault::ResetAt(30), done()]).await;
    assert_eq!(result.unwrap(), Sent::AlreadyDone);
    assert_eq!(asked, [SEND, ASK]);
}

#[tokio::test]
async fn a_lost_request_is_sent_again_under_the_same_number() {
    let (result, asked) =
        send_or_settle(vec![Fault::ResetBeforeAnswer, refused("H308"), done()]).await;
    assert!(matches!(result, Ok(Sent::Done(_))));
    assert_eq!(asked, [SEND, ASK, SEND]);
}

#[tokio::test]
async fn a_first_try_that_arrives_late_is_done() {
    let (result, asked) = send_or_settle(vec![
        Fault::ResetBeforeAnswer,
        refused("H308"),
        refused("H307"),
    ])
    .await;
    assert_eq!(result.unwrap(), Sent::AlreadyDone);
    assert_eq!(asked, [SEND, ASK, SEND]);
}

#[tokio::test]
async fn what_cannot_be_settled_stays_unknown_and_is_not_sent_again() {
    let nothing = || Fault::Answer(json(200, br#"{"Success": true, "Data": null}"#));
    for open in [refused("H999"), refused("Hata"), nothing()] {
        let script = vec![Fault::ResetAt(30), open.clone(), open.clone(), open.clone()];
        let (result, asked) = send_or_settle(script).await;
        assert_eq!(result.unwrap_err().outcome(), Outcome::Unknown);
        assert_eq!(asked, [SEND, ASK, ASK, ASK]);
    }
}

#[tokio::test]
async fn only_the_own_number_proves_a_refund() {
    async fn settle(body: &str) -> Settled<Done, Rejection> {
        let server = FaultServer::start(Fault::Answer(json(200, body.as_bytes())));
        client(&server, 1).settle_refund(&refund()).await
    }
    for data in [
        r#"{"RefundInfo": null}"#,
        r#""H308""#,
        r#"{"Code": "H308"}"#,
        r#"{"RefundId": "R-2"}"#,
        r#"{"RefundId": "R-1", "Sub": {"RefundId": "R-2"}}"#,
        r#"{"RefundId": "R-1", "IsRefunded": false}"#,
        r#"{"RefundId": "R-1", "IsRefunded": "False"}"#,
        r#"{"RefundId": "R-1", "Result": "H308"}"#,
        r#"{"RefundId": "R-1", "Codes": [{"H308": "yok"}]}"#,
        r#"{"RefundId": ""}"#,
        r#"{"refund": "R-1"}"#,
        "false",
        "true",
        "1",
        r#""R-1""#,
        "[]",
        "{}",
    ] {
        let body = format!(r#"{{"Success": true, "Data": {data}}}"#);
        assert!(matches!(settle(&body).await, Settled::Open(_)), "{data}");
    }
    for beside in [
        r#""Errors": ["H308"]"#,
        r#""Errors": "yok""#,
        r#""Code": "H308""#,
        r#""Message": "H308: yok""#,
        r#""x": "H308""#,
        r#""RefundId": "R-2""#,
    ] {
        let body = format!(r#"{{"Success": true, "Data": {{"RefundId": "R-1"}}, {beside}}}"#);
        assert!(matches!(settle(&body).await, Settled::Open(_)), "{beside}");
    }
    for data in [
        r#"{"refundID": "R-1", "Message": "RS100", "x": null}"#,
        r#"{"Refund": {"RefundId": "R-1", "Amount": 500.00}}"#,
        r#"[{"Key": "RefundId", "Value": "R-1"}]"#,
    ] {
        let body = format!(r#"{{"Success": true, "Data": {data}}}"#);
        assert!(
            matches!(settle(&body).await, Settled::AlreadyDone),
            "{data}"
        );
    }
}

#[tokio::test]
async fn an_echoed_number_is_no_code() {
    for number in ["R-H307", "H307", "R H307", "H307/2"] {
        let body = format!(r#"{{"Success": false, "Errors": ["{number} numaralı iade yok"]}}"#);
        let server = FaultServer::start(Fault::Answer(json(200, body.as_bytes())));
        let client = client(&server, 1);
        let part = Extent::Part(money("1.00"));
        let refund = Refund::new(number, "TRX-1", "1905231436-1", part);
        let error = client.refund(&refund).await.unwrap_err();
        assert_eq!(error.rejection().unwrap().kind, Kind::Unlisted, "{number}");
        let settled = client.settle_refund(&refund).await;
        assert!(matches!(settled, Settled::Open(_)), "{number}");
    }
}

#[tokio::test]
async fn the_looser_proof_is_a_choice() {
    let body = br#"{"Success": true, "Data": {"x": "1"}}"#;
    let server = FaultServer::start(Fault::Answer(json(200, body)));
    let quirks = Quirks::default().refund_proof(RefundProof::AnyContent);
    let client = builder(&server.base_url()).quirks(quirks).build().unwrap();
    let settled = client.settle_refund(&refund()).await;
    assert!(matches!(settled, Settled::AlreadyDone));
}

#[tokio::test]
async fn success_beside_errors_is_an_unknown_outcome() {
    for (body, code) in [
        (r#"{"Success": true, "Errors": ["Hata"]}"#, "?"),
        (r#"{"Success": true, "Errors": ["H223"]}"#, "H223"),
        (r#"{"Success": true, "Data": "H223"}"#, "H223"),
        (r#"{"Success": true, "Data": {"Code": "H223"}}"#, "H223"),
        (r#"{"Success": true, "message": "RS100 H223"}"#, "H223"),
        (r#"{"Success": true, "code": "H223"}"#, "H223"),
    ] {
        let server = FaultServer::start(Fault::Answer(json(200, body.as_bytes())));
        let client = client(&server, 1);
        let activation = ActivateOrder::without_post("1905231436-1", "TRX-1");
        let error = client.activate_order(&activation).await.unwrap_err();
        assert_eq!(error.outcome(), Outcome::Unknown, "{body}");
        let rejection = error.rejection().unwrap();
        assert_eq!(
            (rejection.kind, &*rejection.code),
            (Kind::Unlisted, code),
            "{body}"
        );
        let error = client.refund(&refund()).await.unwrap_err();
        assert_eq!(error.outcome(), Outcome::Unknown, "{body}");
    }
}

#[tokio::test]
async fn settling_tells_every_case_apart() {
    async fn settle(fault: Fault) -> Settled<Done, Rejection> {
        let server = FaultServer::start(fault);
        client(&server, 1).settle_refund(&refund()).await
    }
    assert!(matches!(settle(done()).await, Settled::AlreadyDone));
    assert!(matches!(
        settle(refused("H307")).await,
        Settled::AlreadyDone
    ));
    assert!(matches!(settle(refused("H308")).await, Settled::NotDone));
    assert!(matches!(settle(refused("H223")).await, Settled::Open(_)));
    assert!(matches!(settle(Fault::Stall(0)).await, Settled::Open(_)));
}
