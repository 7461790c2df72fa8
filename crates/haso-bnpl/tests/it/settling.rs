//! Refunds after an unknown outcome.

use contract_kit::faults::Fault;
use haso_bnpl::{
    Accepted, ActivateOrder, Error, Extent, Failed, NextStep, Outcome, Quirks, Refund, RefundProof,
    Rejection, RejectionKind, Sent, Settled,
};
use testkit::config;

use crate::script::{Script, lost};
use crate::support::{crashed, json, money, refusal, success};

fn refund() -> Refund {
    Refund::new(
        "R-1".into(),
        "TRX-1".into(),
        "1905231436-1".into(),
        Extent::Whole(money("500.00")),
    )
}

fn done() -> Fault {
    success(r#"{"RefundId": "R-1"}"#)
}

/// Returns the result, and the methods that were asked for, in order.
fn send_or_settle(answers: Vec<Fault>) -> (Result<Sent<Accepted>, Failed<Rejection>>, Vec<String>) {
    let script = Script::by(answers, |builder| builder.config(config(3)));
    let result = script.run(script.client.send_or_settle(&refund()));
    assert!(script.is_same_each_time(SEND), "a repeat is the same");
    (result, script.asked())
}

/// Settles a refund that was sent before a crash, by one answer.
fn settle(answer: Fault) -> Settled<Accepted, Rejection> {
    settle_by(answer, &refund(), Quirks::default())
}

fn settle_by(answer: Fault, refund: &Refund, quirks: Quirks) -> Settled<Accepted, Rejection> {
    let script = Script::by([answer], |builder| builder.quirks(quirks));
    script.run(async {
        let attempt = crashed(&script.client, refund).await;
        script.client.settle(refund, &attempt).await
    })
}

const SEND: &str = "RefundTransaction";
const ASK: &str = "CheckRefund";

#[test]
fn an_answer_needs_no_settling() {
    let (result, asked) = send_or_settle(vec![done()]);
    assert!(matches!(result, Ok(Sent::Done(_))));
    assert_eq!(asked, [SEND]);
}

#[test]
fn a_number_that_is_taken_on_a_first_try_is_a_refusal() {
    let (result, asked) = send_or_settle(vec![refusal("H307")]);
    let failed = result.unwrap_err();
    assert_eq!(failed.outcome(), Outcome::NotDone);
    assert_eq!(failed.next_step(), NextStep::Correct);
    assert_eq!(
        failed.error.rejection().unwrap().kind,
        RejectionKind::AlreadyRefunded
    );
    assert_eq!(asked, [SEND]);

    // A call without an attempt does not know whether it is the first.
    let script = Script::new([refusal("H307")]);
    let error = script.run(script.client.call(&refund())).unwrap_err();
    assert_eq!(
        error.rejection().unwrap().kind,
        RejectionKind::AlreadyRefunded
    );
    assert_eq!(error.outcome(), Outcome::Unknown);
}

#[test]
fn a_lost_answer_is_asked_for_and_not_sent_again() {
    let (result, asked) = send_or_settle(vec![lost(), done()]);
    assert_eq!(result.unwrap(), Sent::Exists);
    assert_eq!(asked, [SEND, ASK]);
}

#[test]
fn a_lost_request_is_sent_again_under_the_same_number() {
    let (result, asked) = send_or_settle(vec![lost(), refusal("H308"), done()]);
    assert!(matches!(result, Ok(Sent::Done(_))));
    assert_eq!(asked, [SEND, ASK, SEND]);
}

#[test]
fn a_first_try_that_arrives_late_exists() {
    let (result, asked) = send_or_settle(vec![lost(), refusal("H308"), refusal("H307")]);
    assert_eq!(result.unwrap(), Sent::Exists);
    assert_eq!(asked, [SEND, ASK, SEND]);
}

#[test]
fn what_cannot_be_settled_stays_unknown_under_one_number() {
    let nothing = || success("null");
    for open in [refusal("H999"), refusal("Hata"), refusal("H223")] {
        let answers = std::iter::once(lost()).chain((0..3).flat_map(|_| [open.clone(), lost()]));
        let (result, asked) = send_or_settle(answers.collect());
        let failed = result.unwrap_err();
        assert_eq!(failed.outcome(), Outcome::Unknown);
        assert_eq!(failed.next_step(), NextStep::SendAgain);
        assert_eq!(asked, [SEND, ASK, SEND, ASK, SEND, ASK, SEND]);
    }
    assert!(matches!(settle(nothing()), Settled::Open(_)));
}

#[test]
fn only_the_own_number_proves_a_refund() {
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
        assert!(matches!(settle(success(data)), Settled::Open(_)), "{data}");
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
        let settled = settle(Fault::Answer(json(200, body.as_bytes())));
        assert!(matches!(settled, Settled::Open(_)), "{beside}");
    }
    for data in [
        r#"{"refundID": "R-1", "Message": "RS100", "x": null}"#,
        r#"{"Refund": {"RefundId": "R-1", "Amount": 500.00}}"#,
        r#"[{"Key": "RefundId", "Value": "R-1"}]"#,
    ] {
        let settled = settle(success(data));
        assert!(matches!(settled, Settled::Exists), "{data}");
    }
}

#[test]
fn an_echoed_number_is_no_code() {
    for number in ["R-H307", "H307", "R H307", "H307/2"] {
        let answer = || refusal(&format!("{number} numaralı iade yok"));
        let script = Script::new([answer()]);
        let part = Extent::Part(money("1.00"));
        let refund = Refund::new(number.into(), "TRX-1".into(), "1905231436-1".into(), part);
        let error = script.run(script.client.call(&refund)).unwrap_err();
        assert_eq!(
            error.rejection().unwrap().kind,
            RejectionKind::Unlisted,
            "{number}"
        );
        let settled = settle_by(answer(), &refund, Quirks::default());
        assert!(matches!(settled, Settled::Open(_)), "{number}");
    }
}

#[test]
fn the_looser_proof_is_a_choice() {
    let quirks = Quirks::default().refund_proof(RefundProof::AnyContent);
    let settled = settle_by(success(r#"{"x": "1"}"#), &refund(), quirks);
    assert!(matches!(settled, Settled::Exists));
}

#[test]
fn success_beside_errors_is_an_unknown_outcome() {
    for (body, code) in [
        (r#"{"Success": true, "Errors": ["Hata"]}"#, Some("?")),
        (r#"{"Success": true, "Errors": ["H223"]}"#, Some("H223")),
        (r#"{"Success": true, "Data": "H223"}"#, Some("H223")),
        (
            r#"{"Success": true, "Data": {"Code": "H223"}}"#,
            Some("H223"),
        ),
        (r#"{"Success": true, "code": "H223"}"#, Some("H223")),
        // Two codes contradict each other, so neither is the provider's word.
        (r#"{"Success": true, "message": "RS100 H223"}"#, None),
    ] {
        let answer = || Fault::Answer(json(200, body.as_bytes()));
        let script = Script::new([answer(), answer()]);
        let activation = ActivateOrder::without_post("1905231436-1".into(), "TRX-1".into());
        let error = script.run(script.client.call(&activation));
        let error = error.unwrap_err();
        assert_eq!(error.outcome(), Outcome::Unknown, "{body}");
        let rejection = error.rejection().map(|no| (no.kind, &*no.code));
        assert_eq!(
            rejection,
            code.map(|code| (RejectionKind::Unlisted, code)),
            "{body}"
        );
        let error = script.run(script.client.call(&refund())).unwrap_err();
        assert_eq!(error.outcome(), Outcome::Unknown, "{body}");
    }
}

#[test]
fn settling_tells_every_case_apart() {
    assert!(matches!(settle(done()), Settled::Exists));
    // `H307` is documented for the refund itself, not for the question.
    for open in [refusal("H307"), refusal("H308"), refusal("H223")] {
        assert!(matches!(settle(open), Settled::Open(_)));
    }
    let Settled::Open(open) = settle(Fault::Stall(0)) else {
        panic!("settled by silence")
    };
    assert!(matches!(
        open.why,
        haso_bnpl::Why::Failed(Error::Transport(_))
    ));
    let Settled::Open(open) = settle(refusal("H308")) else {
        panic!("settled by absence")
    };
    assert!(matches!(open.why, haso_bnpl::Why::NotFound));
    assert_eq!(open.next_step(), NextStep::SendAgain);
}
