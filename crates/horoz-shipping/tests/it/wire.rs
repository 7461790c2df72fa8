//! The exact bytes of requests, written by hand.

use horoz_shipping::{
    AtfIdForm, CancelLabel, CancelShippingOrder, CheckAccess, CreateSupplierPaysOrder,
    ListCounties, Operation, Party, Quirks,
};
use serde_json::Value;

use crate::support::{KEY, builder, client, consumer, days, line, order, supplier};

const BASE: &str = "https://horoz.example/domestic/v1";

#[test]
fn writes_an_order_byte_for_byte() {
    let client = builder(BASE).build().unwrap();
    let request = order().encode(&client.context()).unwrap();
    assert_eq!(
        request.url.as_str(),
        "https://horoz.example/domestic/v1/createPaysSupplierShipping"
    );
    let expected = concat!(
        r#"{"requestNumber":"KV-1001","customerRefNo":"KV-1001","senderCode":801452,"#,
        r#""senderTitle":"","senderCity":"","senderCounty":"","senderAdress":"","#,
        r#""senderPhoneNumber":"","senderEmail":"","recipientCode":0,"#,
        r#""recipientTitle":"AYŞE ÖRNEK","recipientCity":"İZMİR","recipientCounty":"KARŞIYAKA","#,
        r#""recipientAdress":"DENEME MAH. 1","recipientPhoneNumber":"05550000001","#,
        r#""recipientEmail":"ayse.ornek@example.com","taxOffice":"","taxNumber":"","#,
        r#""shipmentCount":2,"totalDesi":320,"shippingType":"PaysSupplier","#,
        r#""requestDate":"2026-11-20","requestedDeliveryDate":"2026-11-23","shippingDetail":["#,
        r#"{"productCode":"YT-160","productName":"YATAK","quantity":2,"weightInKg":320,"#,
        r#""desi":320,"productCategory":"YATAK"}]}"#,
    );
    assert_eq!(String::from_utf8(request.body).unwrap(), expected);
}

#[test]
fn the_headers_are_those_of_the_provider_page() {
    let client = builder(BASE).build().unwrap();
    let shown = |request: kervan_core::HttpRequest| -> Vec<(&str, String)> {
        let headers = request.headers.into_iter();
        headers
            .map(|(name, value)| (name, value.expose().to_owned()))
            .collect()
    };
    let agent = format!("horoz-shipping/{}", env!("CARGO_PKG_VERSION"));
    let post = shown(client.dry_run(&order()).unwrap());
    let json = "application/json".to_owned();
    let key = ("processKey", "[redacted]".to_owned());
    assert_eq!(
        post,
        [
            ("Content-Type", json),
            key.clone(),
            ("User-Agent", agent.clone())
        ]
    );
    for get in [
        client.dry_run(&ListCounties::new()),
        client.dry_run(&CheckAccess::new()),
    ] {
        let get = get.unwrap();
        assert!(get.body.is_empty());
        assert_eq!(shown(get), [key.clone(), ("User-Agent", agent.clone())]);
    }
}

#[test]
fn a_return_cannot_carry_a_deliverys_codes() {
    let client = builder(BASE).build().unwrap();
    let back = CreateSupplierPaysOrder::return_to_supplier("R-1", supplier(), consumer(), days())
        .line(line())
        .supplier_details(Party::new("Depo").city("Ankara").county("Mamak"));
    let body: Value =
        serde_json::from_slice(&back.encode(&client.context()).unwrap().body).unwrap();
    assert_eq!(body["senderCode"], 0);
    assert_eq!(body["recipientCode"], 801_452);
    assert_eq!(body["shippingType"], "PaysSupplierReturn");
    assert_eq!(body["senderTitle"], "AYŞE ÖRNEK");
    assert_eq!(body["recipientTitle"], "DEPO");
}

#[test]
fn a_cancellation_is_written_as_the_settings_say() {
    let body = |quirks: Quirks| {
        let settings = builder(BASE).quirks(quirks).build().unwrap();
        let cancel = CancelLabel::new("01234567890".into(), "KV-1".into());
        let body = cancel.encode(&settings.context()).unwrap().body;
        String::from_utf8(body).unwrap()
    };
    let default = body(Quirks::default());
    assert_eq!(default, r#"{"atfId":"01234567890","requestNumber":"KV-1"}"#);
    let other = body(
        Quirks::default()
            .order_number_key("siparisNo")
            .atf_id(AtfIdForm::Number),
    );
    assert_eq!(other, r#"{"atfId":1234567890,"siparisNo":"KV-1"}"#);
    let quirks = Quirks::default().order_number_key(" ");
    let client = builder(BASE).quirks(quirks).build().unwrap();
    let problems = client.check(&CancelShippingOrder::new("KV-1"));
    assert_eq!(
        problems.iter().next().unwrap().code(),
        "horoz.order_number_key"
    );
}

#[test]
fn measures_keep_every_digit() {
    let client = builder(BASE).build().unwrap();
    let mut thirds = order();
    thirds.lines[0].desi = "999999999999.125".parse().unwrap();
    let body = String::from_utf8(thirds.encode(&client.context()).unwrap().body).unwrap();
    assert!(body.contains(r#""totalDesi":999999999999.125,"#), "{body}");
}

#[test]
fn a_request_survives_being_stored() {
    let stored = serde_json::to_string(&order()).unwrap();
    assert_eq!(
        serde_json::from_str::<CreateSupplierPaysOrder>(&stored).unwrap(),
        order()
    );
    let with_more = stored.replacen('{', r#"{"surprise": 1, "#, 1);
    assert!(serde_json::from_str::<CreateSupplierPaysOrder>(&with_more).is_err());
}

#[tokio::test]
async fn a_dry_run_sends_nothing() {
    use contract_kit::faults::{Fault, FaultServer};
    let server = FaultServer::start(Fault::CloseBeforeAnswer);
    let request = client(&server, 1).dry_run(&order()).unwrap();
    assert_eq!((server.connections(), server.requests()), (0, 0));
    assert!(!format!("{request:?} {:?}", request.headers).contains(KEY));
}
