//! Labels and their numbers.

use super::answering;
use crate::support::{CODE, PASSWORD, USER, query_client, reference, shipment_client};
use aras_tracking::query::FindParcels;
use aras_tracking::shipments::{FetchDummyLabel, FetchLabel};
use aras_tracking::{Error, QueryMethod};

fn label(images: &str) -> String {
    format!(
        "<Images><base64Binary>{images}</base64Binary></Images><ZebraZpl><string>^XA^FD{USER} SENTINEL&lt;&amp;PASS^XZ</string></ZebraZpl>\
         <BarcodeModelLst><BarcodeModel><ReceiverAccountName>AYŞE SENTINELNAME</ReceiverAccountName>\
         <ReceiverAddress>SENTINELADDRESS</ReceiverAddress><ReceiverPhone>5550000017</ReceiverPhone><TrackingNumber>6513100200317</TrackingNumber>\
         <IntegrationCode>KV-1001</IntegrationCode><SpecialField1>{USER} {CODE}</SpecialField1><Password>SENTINEL2</Password>\
         <CashPrice>1349.9000</CashPrice></BarcodeModel></BarcodeModelLst><ResultCode>0</ResultCode>"
    )
}

#[tokio::test]
async fn a_label_hides_the_login_and_prints_nobody() {
    let server = answering("GetBarcode", &label("QUFB"));
    let label = shipment_client(&server, 1)
        .call(&FetchLabel::new(reference()))
        .await
        .unwrap();
    // It is for a printer, so that only the password is taken out.
    assert_eq!(label.zpl[0].as_str(), format!("^XA^FD{USER} [redacted]^XZ"));
    let stored = serde_json::to_string(&label).unwrap();
    assert!(!stored.contains(PASSWORD) && !stored.contains("SENTINEL2") && !stored.contains(CODE));
    let piece = &label.pieces[0];
    assert_eq!(
        piece.special_field.as_ref().unwrap().as_str(),
        "[redacted] [redacted]"
    );
    assert_eq!(piece.cash().unwrap().kurus(), 134_990);
    let shown = format!("{label:?}");
    for hidden in ["SENTINEL", "AYŞE", "5550000017", "QUFB", "AAA"] {
        assert!(!shown.contains(hidden), "{hidden}: {shown}");
    }
    assert_eq!(label.images[0].as_bytes(), b"AAA");
}

#[tokio::test]
async fn a_file_that_is_not_base64_is_unreadable_and_not_shown() {
    for images in ["SENTINEL_", "QU", "QUFB=", "<x>QUFB</x>"] {
        let server = answering("GetBarcode", &label(images));
        let answer = shipment_client(&server, 1)
            .call(&FetchLabel::new(reference()))
            .await;
        let error = answer.unwrap_err();
        assert!(matches!(error, Error::Decode(_)), "{images}: {error:?}");
        assert!(
            !format!("{error} {:?}", error.report()).contains("SENTINEL"),
            "{error}"
        );
    }
    // XML allows whitespace in it.
    let server = answering("GetBarcode", &label("QU\r\nFB\n"));
    let label = shipment_client(&server, 1)
        .call(&FetchLabel::new(reference()))
        .await
        .unwrap();
    assert_eq!(label.images[0].as_bytes(), b"AAA");
}

#[tokio::test]
async fn a_number_of_a_label_is_confirmed_by_query_type_1() {
    let server = answering("GetBarcode", &label("QUFB"));
    let label = shipment_client(&server, 1)
        .call(&FetchLabel::new(reference()))
        .await
        .unwrap();
    let [early] = label.tracking_numbers()[..] else {
        panic!("{:?}", label.tracking_numbers())
    };
    for (rows, number) in [
        ("null", None),
        (
            r#"{"Cargo":{"MUSTERI_OZEL_KODU":"KV-1001","KARGO_TAKIP_NO":"6513100200318"}}"#,
            None,
        ),
        (
            r#"{"Cargo":{"MUSTERI_OZEL_KODU":"KV-1002","KARGO_TAKIP_NO":"6513100200317"}}"#,
            None,
        ),
        (
            r#"{"Cargo":{"MUSTERI_OZEL_KODU":"KV-1001","KARGO_TAKIP_NO":"6513100200317"}}"#,
            Some("6513100200317"),
        ),
    ] {
        let server = answering("GetQueryJSON", &format!("{{\"QueryResult\":{rows}}}"));
        let client = query_client(&server, 1, QueryMethod::Json);
        let parcels = client.call(&FindParcels::new(reference())).await.unwrap();
        let confirmed = early.confirmed_by(&parcels);
        assert_eq!(
            confirmed
                .as_ref()
                .map(aras_tracking::TrackingNumber::as_str),
            number,
            "{rows}"
        );
    }
    // A placeholder is not a number.
    let zero = "<ZebraZpl><string>^XA^XZ</string></ZebraZpl><BarcodeModelLst><BarcodeModel><TrackingNumber>0</TrackingNumber>\
        <Barcode>2</Barcode></BarcodeModel></BarcodeModelLst><ResultCode>0</ResultCode><TrackingNumber>0</TrackingNumber>";
    let server = answering("GetLabelDummy", zero);
    let label = shipment_client(&server, 1)
        .call(&FetchDummyLabel::new(reference()))
        .await
        .unwrap();
    assert!(label.tracking_numbers().is_empty());
}

#[tokio::test]
async fn a_label_beside_a_piece_of_another_order_is_unreadable() {
    let piece = |of: &str| {
        format!(
            "<BarcodeModelLst><BarcodeModel><IntegrationCode>{of}</IntegrationCode></BarcodeModel></BarcodeModelLst>"
        )
    };
    let zpl = "<ZebraZpl><string>^XA^XZ</string></ZebraZpl>";
    for (of, code, is_read) in [("KV-1001", "0", true), ("KV-1002", "0", false)] {
        let result = format!("{zpl}{}<ResultCode>{code}</ResultCode>", piece(of));
        let server = answering("GetBarcode", &result);
        let client = shipment_client(&server, 1);
        let label = client.call(&FetchLabel::new(reference())).await;
        assert_eq!(label.is_ok(), is_read, "{of}");
    }
    // A refusal has a piece too, and stays one.
    let refused = format!("{}<ResultCode>-1</ResultCode>", piece("KV-1002"));
    let server = answering("GetBarcode", &refused);
    let client = shipment_client(&server, 1);
    let error = client
        .call(&FetchLabel::new(reference()))
        .await
        .unwrap_err();
    assert_eq!(error.rejection().unwrap().code, "-1");
}
