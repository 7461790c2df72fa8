//! Tracking queries: not repeated too soon, by themselves or by the caller.

use std::time::Duration;

use contract_kit::faults::{Fault, FaultServer, refused_url};
use horoz_shipping::tracking::TrackingStatus;
use horoz_shipping::{
    Answer, BaseUrl, Client, GoodsDirection, ProcessKey, RejectionKind, TrackError, TrackOrder,
    TrackedOrder, TrackingService,
};

use crate::support::{KEY, builder, client, json};

const DELIVERED: &str = r#"{"responseCode": "STA-100", "responseMessage": "-",
    "shippingDeliveryState": {"state": "TESLİM"}, "listOfShipments": [], "listOfMovements": []}"#;

fn delivered() -> Fault {
    Fault::Answer(json(200, DELIVERED.as_bytes()))
}

fn is_too_soon(result: Result<Answer<TrackedOrder>, TrackError>) -> Duration {
    match result.unwrap_err() {
        TrackError::TooSoon { wait } => wait,
        other => panic!("{other}"),
    }
}

#[tokio::test]
async fn the_same_order_is_not_asked_for_twice_within_the_hour() {
    let server = FaultServer::start(delivered());
    let client = client(&server, 3);
    let (one, two) = (TrackOrder::new("KV-1"), TrackOrder::new("KV-2"));
    let first = client.track_order(&one).await.unwrap();
    assert_eq!(first.tracking.status, TrackingStatus::Delivered);
    // Clones share what was asked; another order, and the other way, are as they are.
    let wait = is_too_soon(client.clone().track_order(&one).await);
    assert_eq!(wait, Duration::from_secs(3600));
    is_too_soon(
        client
            .track_order(&one.clone().way(GoodsDirection::Return))
            .await,
    );
    client.track_order(&two).await.unwrap();
    let seen = server.requests_seen();
    let targets: Vec<_> = seen.iter().map(|seen| seen.target.as_str()).collect();
    assert_eq!(
        targets,
        [
            "/listShippingDetails?requestNumber=KV-1",
            "/listShippingDetails?requestNumber=KV-2"
        ]
    );
}

#[tokio::test]
async fn a_query_that_may_have_arrived_counts_and_one_that_was_never_sent_does_not() {
    let server = FaultServer::start(Fault::ResetBeforeAnswer);
    let client = client(&server, 3);
    let query = TrackOrder::new("KV-1");
    assert!(matches!(
        client.track_order(&query).await,
        Err(TrackError::Call(_))
    ));
    is_too_soon(client.track_order(&query).await);
    assert_eq!(server.requests(), 1);

    let client = crate::support::client(refused_url(), 3);
    for _ in 0..2 {
        let answer = client.track_order(&query).await;
        assert!(matches!(answer, Err(TrackError::Call(_))));
    }
    let none: Client = builder("http://127.0.0.1:9").build().unwrap();
    for _ in 0..2 {
        let Err(TrackError::Call(error)) = none.track_order(&query).await else {
            panic!("no address")
        };
        assert_eq!(error.report().kind, "invalid");
    }
}

#[tokio::test]
async fn the_time_is_a_setting_and_the_key_may_be_another() {
    let body = format!(r#"{{"responseCode": "ERR-20002", "responseMessage": "OWNKEY {KEY}"}}"#);
    let server = FaultServer::start(Fault::Answer(json(200, body.as_bytes())));
    let service = TrackingService::new(BaseUrl::parse(&server.base_url()).unwrap())
        .key(ProcessKey::new("OWNKEY").unwrap())
        .repeat_after(Duration::ZERO);
    let client = builder("http://127.0.0.1:9")
        .tracking(service)
        .build()
        .unwrap();
    for _ in 0..2 {
        let Err(TrackError::Call(error)) = client.track_order(&TrackOrder::new("KV-1")).await
        else {
            panic!("a refusal")
        };
        let no = error.rejection().unwrap();
        assert_eq!(no.kind, RejectionKind::AskedTooSoon);
        assert_eq!(
            no.message.as_ref().unwrap().as_str(),
            "[redacted] [redacted]"
        );
    }
    assert_eq!(server.requests(), 2);
    assert_eq!(
        server.requests_seen()[0].header("processkey"),
        Some("OWNKEY")
    );
    let dry = client.dry_run(&TrackOrder::new("KV-1")).unwrap();
    let shown: Vec<_> = dry
        .headers
        .iter()
        .map(|(_, value)| value.expose())
        .collect();
    assert!(!shown.contains(&"OWNKEY"), "{shown:?}");
    assert!(!format!("{dry:?} {client:?}").contains("OWNKEY"));
}
