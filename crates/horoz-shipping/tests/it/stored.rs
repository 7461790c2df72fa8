//! Results that a shop stores are read back, and a shop's own tests build them in the same way.

use contract_kit::faults::{Fault, FaultServer};
use horoz_shipping::tracking::TrackingStatus;
use horoz_shipping::{
    Answer, CheckAccess, CreateLabel, CreatedSupplierPaysOrder, Label, TrackOrder, TrackedOrder,
    from_stored,
};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::support::{client, json, order};

/// Writes a value, and reads it with both readers that a program may take.
fn read_back<T: Serialize + DeserializeOwned + PartialEq + std::fmt::Debug>(value: &T) {
    let text = serde_json::to_string(value).unwrap();
    assert_eq!(&from_stored::<T>(&text).unwrap(), value, "{text}");
    assert_eq!(&serde_json::from_str::<T>(&text).unwrap(), value, "{text}");
}

#[tokio::test]
async fn results_are_read_back() {
    let created = r#"{"response":{"responseCode":" STA-100","responseMessage":"-","barcode":["01234567890001"],"Neu":1}}"#;
    let seen = r#"{"responseCode":" STA-100","responseMessage":"-","ipBilgisi":"127.0.0.1",
        "shippingDeliveryState":{"state":"ÇIKIŞ"},"listOfShipments":[],"Neu":1,
        "listOfMovements":[{"status":"TESLİM SORUN","statusDate":"20.11.2026 10:30","deliveryProblem":"ADRES"},null]}"#;
    let start = |body: &str| FaultServer::start(Fault::Answer(json(200, body.as_bytes())));
    let server = start(created);
    let writes = client(&server, 1);
    read_back(&writes.call(&order()).await.unwrap());
    read_back(&writes.call(&CreateLabel::new("KV-1")).await.unwrap());
    let server = start(seen);
    let asks = client(&server, 1);
    read_back(&asks.track_order(&TrackOrder::new("KV-1")).await.unwrap());
    read_back(&asks.call(&CheckAccess::new()).await.unwrap());
}

#[test]
fn a_shops_own_test_builds_an_output() {
    let text = r#"{"tracking":{"status":"delivered"},"raw":"{}"}"#;
    let tracked: TrackedOrder = from_stored(text).unwrap();
    assert_eq!(tracked.tracking.status, TrackingStatus::Delivered);
    let label: Label = from_stored(r#"{"barcodes":["01234567890001"],"raw":"{}"}"#).unwrap();
    assert_eq!(label.atf_id().unwrap().as_str(), "01234567890");
    let created: Answer<CreatedSupplierPaysOrder> =
        from_stored(r#"{"value":{},"message":"-"}"#).unwrap();
    assert_eq!(created.message.unwrap().as_str(), "-");
    let line = r#"{"index":0,"key":"KV-1","state":"done","earlier":false}"#;
    let result: kervan_bulk::BulkResult = from_stored(line).unwrap();
    assert_eq!(result.key, "KV-1");
}
