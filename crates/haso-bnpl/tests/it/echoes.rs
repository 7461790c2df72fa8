//! Texts, paths and names of an answer: repeated credentials are hidden, and nothing is long.

use contract_kit::faults::{Fault, FaultServer};
use haso_bnpl::{
    ActivateOrder, Encoding, Extent, GetCustomer, GetToken, ListErrorCodes, Method, Quirks,
    RawCall, Refund,
};
use kervan_core::Form;

use crate::reading::{NUMBER, tolerated};
use crate::support::{KEY, client, client_by, json, money, signing};

#[tokio::test]
async fn r9_login_values_of_any_length_are_taken_out_of_what_comes_back() {
    for (key, salt, header, text) in [
        ("ab12", "cd/3", "web", "55"),
        ("LONGKEY0123", "LONG\"SALT", "LONGHEADER01", "LONGTEXT0123"),
    ] {
        let escape = |value: &str| value.replace('"', "\\\"").replace('/', "\\/");
        let rows = [key, salt, header, text]
            .map(|value| format!(r#"{{"{0}":"{0}","x":"not {0}."}}"#, escape(value)));
        let data = format!(r#"{{"Satir":[{}],"Kod":"x55y"}}"#, rows.join(","));
        let body = format!(
            r#"{{"Success":true,"Errors":[],"Data":{data},"Bilgi":[{}]}}"#,
            rows.join(",")
        );
        let server = FaultServer::start(Fault::Answer(json(200, body.as_bytes())));
        let set = |builder: haso_bnpl::ClientBuilder| {
            let method = Method::new()
                .field("merchantOid", "merchantOid")
                .text("source", text)
                .encoding(Encoding::Json);
            let quirks = Quirks::default().method("UpdateTransaction", method);
            builder
                .signing(signing(key, salt))
                .header("x-app", header)
                .quirks(quirks)
        };
        let client = client_by(&server, 1, set);
        let done = client
            .call(&ActivateOrder::without_post(NUMBER.into(), "TRX-1".into()))
            .await
            .unwrap();
        let shown = serde_json::to_string(&done).unwrap().replace("x55y", "");
        for value in [key, salt, header, text] {
            let escaped = value.replace('"', "\\\\\\\"");
            assert!(
                !shown.contains(value) && !shown.contains(&escaped),
                "{shown}"
            );
        }
        assert!(done.value.data.unwrap().as_str().contains("x55y"));
    }
}

#[tokio::test]
async fn login_values_are_hidden_in_texts_and_in_paths() {
    let answer = |data: String| {
        let body = format!(r#"{{"Success":true,"Data":{data}}}"#);
        FaultServer::start(Fault::Answer(json(200, body.as_bytes())))
    };
    let rows = [
        format!(r#"[{{"Code":"H307","Message":"not {KEY}."}}]"#),
        format!(r#"{{"ErrorCodes":{{"H307":"not {KEY}."}}}}"#),
    ];
    for rows in rows {
        let server = answer(rows);
        let listed = client(&server, 1).call(&ListErrorCodes::new()).await;
        let codes = listed.unwrap().value.codes;
        assert_eq!(codes[0].code, "H307");
        assert_eq!(
            codes[0].message.as_ref().unwrap().as_str(),
            "not [redacted]."
        );
    }
    let server = answer(format!("{{\"CustomerInfo\":{{\"{KEY}\":\"a\tb\"}}}}"));
    let customer = client(&server, 1).call(&GetCustomer::new("5004")).await;
    let drift = customer.unwrap().drift;
    assert_eq!(drift.tolerated[0].path, "Data.CustomerInfo.[redacted]");
    assert_eq!(drift.tolerated[0].form, Form::ControlCharacter);
}

#[tokio::test]
async fn the_answer_of_a_token_repeats_nothing_of_it() {
    let body = br#"{"Success":true,"Data":{"token":"TOKEN-1","message":"TOKEN-1"},"x":"TOKEN-1"}"#;
    let server = FaultServer::start(Fault::Answer(json(200, body)));
    let issued = client(&server, 1).call(&GetToken::new()).await.unwrap();
    assert_eq!(issued.token.expose(), "TOKEN-1");
    let text = serde_json::to_string(&issued).unwrap();
    assert_eq!(text, r#"{"value":"[redacted]"}"#);
}

#[test]
fn errors_do_not_repeat_themselves() {
    use std::error::Error as _;

    let runtime = tokio::runtime::Runtime::new().unwrap();
    let client = client(contract_kit::faults::refused_url(), 1);
    let refund = Refund::new(
        "R-1".into(),
        "TRX-1".into(),
        NUMBER.into(),
        Extent::Whole(money("1.00")),
    );
    for error in [
        runtime.block_on(client.call(&refund)).unwrap_err(),
        runtime
            .block_on(client.call(&RawCall::new("Index/X")))
            .unwrap_err(),
    ] {
        let text = error.to_string();
        let mut source = error.source();
        while let Some(inner) = source {
            assert!(!text.contains(&inner.to_string()), "{text} / {inner}");
            source = inner.source();
        }
    }
}

#[tokio::test]
async fn the_name_of_a_value_in_an_odd_form_is_short_and_can_be_shown() {
    let long = format!("{}{KEY}", "x".repeat(60)).repeat(1000);
    let answer = format!(
        r#"{{"Success":true,"Data":{{"{long}":"a\u0001","a\nb":["c",{{"{KEY}":"\u0001"}}]}}}}"#
    );
    let server = FaultServer::start(Fault::Answer(json(200, answer.as_bytes())));
    let call = RawCall::new("RequestV2/SuspendCustomer");
    let accepted = client(&server, 1).call(&call).await.unwrap();
    let form = Form::ControlCharacter;
    assert_eq!(
        tolerated(&accepted.drift),
        [("Data.…", form), ("Data.a\u{fffd}b[1].[redacted]", form)]
    );
}
