//! Raw calls: their requests, their answers, and the requests that they refuse to send.

use contract_kit::faults::{Fault, FaultServer};
use horoz_shipping::{
    Answer, CancelShippingOrder, Client, Error, MethodName, Outcome, Quirks, RawAnswer, RawCall,
    RejectionKind,
};

use crate::support::{KEY, builder, client, json};

async fn answered(body: &str) -> Result<Answer<RawAnswer>, Error> {
    let server = FaultServer::start(Fault::Answer(json(200, body.as_bytes())));
    let quirks = Quirks::default().code(
        MethodName::new("listOrders"),
        "ERR-29001",
        RejectionKind::AlreadyAccepted,
    );
    let client: Client = builder(&server.base_url()).quirks(quirks).build().unwrap();
    client.call(&RawCall::get("listOrders")).await
}

#[tokio::test]
async fn sends_the_body_as_it_is_with_the_key() {
    let server = FaultServer::start(Fault::Answer(json(200, br#"{"a": [1]}"#)));
    let body = "{\"n\":  1.10,\"ş\":null}";
    let call = RawCall::post("newMethod", body).path("v2/newMethod");
    let answer = client(&server, 1).call(&call).await;
    assert_eq!(answer.unwrap().text.as_str(), r#"{"a": [1]}"#);
    let seen = server.requests_seen().remove(0);
    assert_eq!(
        (seen.method.as_str(), seen.target.as_str()),
        ("POST", "/v2/newMethod")
    );
    assert_eq!(seen.body, body.as_bytes());
    assert_eq!(seen.header("processkey"), Some(KEY));
    let _ = client(&server, 1).call(&RawCall::get("x")).await;
    let seen = server.requests_seen().remove(1);
    assert_eq!((seen.method.as_str(), seen.body.len()), ("GET", 0));
}

#[tokio::test]
async fn only_the_code_of_success_is_success() {
    let good = answered(r#"{"response": {"responseCode": "STA-100", "rows": [1]}}"#).await;
    assert!(good.unwrap().is_success);
    for body in ["[1, 2]", r#"{"result": "1"}"#, "7"] {
        assert!(!answered(body).await.unwrap().is_success, "{body}");
    }
    let known = answered(r#"{"responseCode": "ERR-29001"}"#)
        .await
        .unwrap_err();
    assert_eq!(
        known.rejection().unwrap().kind,
        RejectionKind::AlreadyAccepted
    );
    assert_eq!(known.rejection().unwrap().operation, "listOrders");
    assert_eq!(known.outcome(), Outcome::NotDone);
    let unknown = answered(r#"{"responseCode": "STA-101"}"#)
        .await
        .unwrap_err();
    assert_eq!(unknown.outcome(), Outcome::Unknown);
    let two = r#"{"a": {"responseCode": "STA-100"}, "b": {"responseCode": "ERR-1"}}"#;
    assert_eq!(answered(two).await.unwrap_err().report().kind, "decode");
}

#[tokio::test]
async fn neither_a_broken_body_nor_a_foreign_path_is_sent() {
    let server = FaultServer::start(Fault::CloseBeforeAnswer);
    let client = client(&server, 1);
    for (call, code) in [
        (RawCall::post("x", "{"), "horoz.raw_body"),
        (RawCall::post("x", ""), "horoz.raw_body"),
        (RawCall::get("x").path("../x"), "horoz.raw_name"),
        (RawCall::get("x").path("x?a=b"), "horoz.raw_name"),
        (RawCall::get(""), "horoz.raw_name"),
    ] {
        let error = client.call(&call).await.unwrap_err();
        let problems = error.report().problems;
        assert_eq!(problems.iter().next().unwrap().code(), code, "{call:?}");
    }
    assert_eq!((server.connections(), server.requests()), (0, 0));
}

#[tokio::test]
async fn an_error_names_the_method_that_was_called() {
    let unreadable = answered("<html>").await.unwrap_err();
    let text = unreadable.to_string();
    assert!(text.contains("`listOrders`"), "{text}");
    let refused = answered(r#"{"responseCode": "ERR-1", "responseMessage": "-"}"#).await;
    let text = refused.unwrap_err().to_string();
    assert!(text.contains("`listOrders`"), "{text}");
}

/// Returns the error of a typed call and that of a raw one with the same answer.
async fn both(body: &str) -> [Error; 2] {
    let server = FaultServer::start(Fault::Answer(json(200, body.as_bytes())));
    let client = client(&server, 1);
    let cancel = CancelShippingOrder::new("KV-1");
    let typed = client.call(&cancel).await;
    let call = RawCall::post("cancelShipping", r#"{"requestNumber": "KV-1"}"#);
    let raw = client.call(&call).await;
    [typed.unwrap_err(), raw.unwrap_err()]
}

#[tokio::test]
async fn w10_raw_calls_read_result_codes_as_typed_ones_do() {
    for body in [
        r#"{"response": {"responseCode": "ERR-20001"}}"#,
        r#"{"responseCode": "ERR-20001", "extra": 1}"#,
        r#"{"Response": {"responseCode": "ERR-20001"}}"#,
    ] {
        for error in both(body).await {
            let no = error
                .rejection()
                .unwrap_or_else(|| panic!("{body}: {error}"));
            assert_eq!(
                (no.code.as_str(), no.kind),
                ("ERR-20001", RejectionKind::Unlisted)
            );
            assert_eq!(error.outcome(), Outcome::Unknown, "{body}");
        }
    }
    for body in [
        r#"{"response": {"responseCode": null}}"#,
        r#"{"response": {"responseCode": {"value": "STA-100"}}}"#,
        r#"{"response": {"responseCode": "STA-100", "ResponseCode": "ERR-20001"}}"#,
        r#"{"responseCode": "STA-100", "response": {"responseCode": "ERR-20001"}}"#,
        // In a place and a spelling that no page shows.
        r#"{"extra": [1], "response": {"response_code": "ERR-20001", "responseMessage": null}}"#,
        r#"{"result": {"answer": {"responseCode": "STA-100"}}}"#,
        "<html>STA-100</html>",
        "",
    ] {
        for error in both(body).await {
            assert!(matches!(error, Error::Decode(_)), "{body}: {error:?}");
            assert_eq!(error.outcome(), Outcome::Unknown, "{body}");
        }
    }
}
