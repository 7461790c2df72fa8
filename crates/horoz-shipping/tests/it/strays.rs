//! Answers about another order, or to another call.

use contract_kit::faults::{Fault, FaultServer};
use horoz_shipping::{
    CancelLabel, CancelShippingOrder, CancelSupplierPaysOrder, Client, CreateLabel, Error, Outcome,
    Quirks, TrackOrder,
};

use crate::support::{builder, client, json, order, shipping_order};

const ATF: &str = "01234567890";

fn answering(inside: &str) -> FaultServer {
    let body =
        format!(r#"{{"response":{{"responseCode":"STA-100","responseMessage":"-"{inside}}}}}"#);
    FaultServer::start(Fault::Answer(json(200, body.as_bytes())))
}

fn label() -> CancelLabel {
    CancelLabel::new(ATF.into(), "KV-1".into())
}

/// Returns what each write on the order `KV-1` makes of an answer.
async fn writes(client: &Client) -> Vec<Result<(), Error>> {
    let (mut paid, mut shipping) = (order(), shipping_order());
    paid.number = "KV-1".into();
    shipping.number = "KV-1".into();
    vec![
        client.call(&paid).await.map(drop),
        client.call(&shipping).await.map(drop),
        client.call(&CreateLabel::new("KV-1")).await.map(drop),
        client.call(&label()).await.map(drop),
        client
            .call(&CancelShippingOrder::new("KV-1"))
            .await
            .map(drop),
        client
            .call(&CancelSupplierPaysOrder::new("KV-1"))
            .await
            .map(drop),
    ]
}

async fn are_all_unreadable(client: &Client, answer: &str) {
    for (nth, result) in writes(client).await.into_iter().enumerate() {
        let error = result.unwrap_err();
        assert!(matches!(error, Error::Decode(_)), "{nth} {answer}: {error}");
        assert_eq!(error.outcome(), Outcome::Unknown, "{nth} {answer}");
    }
}

#[tokio::test]
async fn w12_a_write_does_not_take_an_answer_about_another_order() {
    for inside in [
        r#","requestNumber":"KV-2""#,
        r#","RequestNumber":"KV-11""#,
        r#","request_number":2"#,
        r#","orders":[{"requestNumber":"KV-1"},{"requestNumber":"KV-2"}]"#,
    ] {
        let server = answering(inside);
        are_all_unreadable(&client(&server, 1), inside).await;
    }
    for own in [
        "",
        r#","requestNumber":" kv-1 ""#,
        r#","requestNumber":null"#,
        r#","requestNumber":"""#,
        r#","customerRefNo":"KV-2""#,
    ] {
        let server = answering(own);
        for (nth, result) in writes(&client(&server, 1)).await.into_iter().enumerate() {
            assert!(result.is_ok(), "{nth} {own}: {result:?}");
        }
    }
}

#[tokio::test]
async fn w12_the_key_of_the_order_number_is_that_of_the_setting() {
    let inside = r#","talepNo":"KV-2""#;
    let server = answering(inside);
    let mut quirks = Quirks::default();
    quirks.order_number_key = "talepNo".into();
    let peer = testkit::Peer::from(&server);
    let own = builder(&peer.address).quirks(quirks);
    let own = own.build_over(testkit::sockets(), peer.host);
    are_all_unreadable(&own, inside).await;
    let call = CancelShippingOrder::new("KV-1");
    assert!(client(&server, 1).call(&call).await.is_ok());
}

#[tokio::test]
async fn w12_the_label_of_another_record_is_not_cancelled() {
    for (record, is_own) in [
        (r#""01234567890""#, true),
        (r#"" 01234567890""#, true),
        (r#""01234567891""#, false),
        ("1234567890", true),
        ("1234567891", false),
    ] {
        let server = answering(&format!(r#","atfId":{record}"#));
        let cancelled = client(&server, 1).call(&label()).await;
        assert_eq!(cancelled.is_ok(), is_own, "{record}: {cancelled:?}");
    }
}

#[tokio::test]
async fn w12_a_write_does_not_take_the_answer_to_a_call_without_an_order() {
    for answer in [
        r#"{"listCountiesOutput":{"responseCode":"STA-100","listCounties":{"county":[]}}}"#,
        r#"{"responseCode":"STA-100","responseMessage":"Erişim Başarılı","ipBilgisi":"127.0.0.1"}"#,
        r#"{"responseCode":"STA-100","shippingDeliveryState":{"deliveryStatus":"TESLİM"}}"#,
    ] {
        let server = FaultServer::start(Fault::Answer(json(200, answer.as_bytes())));
        are_all_unreadable(&client(&server, 1), answer).await;
    }
}

#[tokio::test]
async fn w12_another_orders_movements_are_not_tracked() {
    let tracked = |state: &str, movement: &str| {
        let body = format!(
            r#"{{"responseCode":"STA-100","shippingDeliveryState":{{"requestNumber":"{state}","deliveryStatus":"TESLİM"}},
            "listOfShipments":[],"listOfMovements":[{{"requestNumber":"{movement}","status":"TESLİM"}}]}}"#
        );
        FaultServer::start(Fault::Answer(json(200, body.as_bytes())))
    };
    for (state, movement, is_own) in [
        ("KV-1", "kv-1 ", true),
        ("", "", true),
        ("KV-2", "KV-2", false),
        ("KV-1", "KV-2", false),
        ("KV-2", "KV-1", false),
    ] {
        let server = tracked(state, movement);
        let read = client(&server, 1).call(&TrackOrder::new("KV-1")).await;
        assert_eq!(read.is_ok(), is_own, "{state} {movement}: {read:?}");
    }
}
