//! Forms for the browser: order of fields, tokens, one for each form.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use contract_kit::faults::{Fault, FaultServer};
use haso_bnpl::{StartError, Token, TokenError};

use crate::support::{builder, client, json, limit, order};

const BASE: &str = "http://127.0.0.1:9/haso";

#[tokio::test]
async fn fields_stand_in_documented_order() {
    let client = builder(BASE).tokens(Token::from("T")).build().unwrap();
    let form = client.order_form(&order()).await.unwrap();
    assert_eq!(
        form.action(),
        "http://127.0.0.1:9/haso/ServletV2/Transaction"
    );
    let names: Vec<_> = form.fields().map(|(name, _)| name).collect();
    assert_eq!(
        names,
        [
            "token",
            "orderAmount",
            "merchantId",
            "okUrl",
            "failUrl",
            "callbackUrl",
            "IpAddress",
            "merchantOid",
            "mobileNumber",
            "birthDate",
            "email",
            "name",
            "surname",
            "tckn",
            "UserAddress",
            "OrderItems"
        ]
    );
    assert_eq!(form.fields().next(), Some(("token", "T")));
    let form = client.limit_form(&limit()).await.unwrap();
    let names: Vec<_> = form.fields().map(|(name, _)| name).collect();
    assert_eq!(
        names,
        [
            "token",
            "merchantId",
            "okUrl",
            "failUrl",
            "callbackUrl",
            "mobileNumber",
            "birthDate",
            "email",
            "name",
            "surname",
            "tckn"
        ]
    );
}

#[tokio::test]
async fn every_form_has_a_token_of_its_own() {
    let asked = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&asked);
    let tokens = move || {
        let number = count.fetch_add(1, Ordering::SeqCst);
        async move { Ok(Token::from(format!("T{number}"))) }
    };
    let client = builder(BASE).tokens(tokens).build().unwrap();
    for number in 0..3 {
        let form = client.order_form(&order()).await.unwrap();
        assert_eq!(
            form.fields().next(),
            Some(("token", format!("T{number}").as_str()))
        );
    }
    assert_eq!(asked.load(Ordering::SeqCst), 3);
}

#[tokio::test]
async fn the_default_source_asks_the_service_each_time() {
    let server = FaultServer::start(Fault::Answer(json(
        200,
        br#"{"Success": true, "Data": {"token": "T"}}"#,
    )));
    let client = client(&server, 1);
    client.order_form(&order()).await.unwrap();
    client.limit_form(&limit()).await.unwrap();
    assert_eq!(server.requests(), 2);
    assert!(
        server
            .requests_seen()
            .iter()
            .all(|seen| seen.target == "/Index/GetToken")
    );
}

#[tokio::test]
async fn a_source_that_fails_makes_no_form() {
    let tokens = || async { Err(TokenError::other("no contract")) };
    let client = builder(BASE).tokens(tokens).build().unwrap();
    let error = client.order_form(&order()).await.unwrap_err();
    assert!(matches!(error, StartError::Token(_)), "{error:?}");
    assert!(!format!("{error:?}").contains("contract"));
}
