//! A null result, which .NET leaves out, and answers that only look like one.

use ::contract_kit::faults::{Fault, FaultServer};
use ::contract_kit::matrix::Format;
use aras_tracking::query::QueryRows;
use aras_tracking::{Answer, Error, ShipmentClient};

use crate::support::{cancel, delivery, info, label, order, orders, shipment_client, transactions};

/// The operations that answer with a list.
const LISTS: [&str; 5] = [
    "GetOrderWithIntegrationCode",
    "GetOrder",
    "GetCargoInfo",
    "GetCargoTransaction",
    "GetDeliveryInfodocID",
];

const TABLE: &str = r#"<xs:schema id="NewDataSet" xmlns="" xmlns:xs="http://www.w3.org/2001/XMLSchema"/><diffgr:diffgram xmlns:diffgr="urn:schemas-microsoft-com:xml-diffgram-v1"/>"#;

/// Returns a client of a service that answers with these elements in the body of the envelope.
fn client(inside: &str) -> (FaultServer, ShipmentClient) {
    let text = format!(
        r#"<?xml version="1.0" encoding="utf-8"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><s:Body>{inside}</s:Body></s:Envelope>"#
    );
    let server = FaultServer::start(Fault::Answer(Format::Xml.answer(200, text.as_bytes())));
    let client = shipment_client(&server, 1);
    (server, client)
}

fn emptiness<R>(answer: Result<Answer<QueryRows<R>>, Error>) -> Result<bool, Error> {
    answer.map(|answer| answer.is_not_found())
}

/// Returns whether an operation finds nothing in an answer.
async fn finds_nothing(operation: &str, inside: &str) -> Result<bool, Error> {
    let (_server, client) = client(inside);
    match operation {
        "GetOrderWithIntegrationCode" => emptiness(client.call(&order()).await),
        "GetOrder" => emptiness(client.call(&orders()).await),
        "GetCargoInfo" => emptiness(client.call(&info()).await),
        "GetCargoTransaction" => emptiness(client.call(&transactions()).await),
        _ => emptiness(client.call(&delivery()).await),
    }
}

#[tokio::test]
async fn r2_a_null_result_is_an_empty_list() {
    for name in LISTS {
        for inside in [
            format!("<{name}Response xmlns=\"http://tempuri.org/\"/>"),
            format!("<{name}Response xmlns=\"http://tempuri.org/\" />"),
            format!("<{name}Response xmlns=\"http://tempuri.org/\"></{name}Response>"),
            format!("<{name}Response xmlns=\"http://tempuri.org/\"> \r\n\t</{name}Response>"),
            format!("<{name}Response xmlns=\"http://tempuri.org/\" xsi:nil=\"true\"/>"),
            format!(
                "<{name}Response xmlns=\"http://tempuri.org/\"><{name}Result xsi:nil=\"true\"/></{name}Response>"
            ),
            format!(
                "<{name}Response xmlns=\"http://tempuri.org/\">\n<{name}Result/>\n</{name}Response>"
            ),
        ] {
            let found = finds_nothing(name, &inside).await;
            assert!(matches!(found, Ok(true)), "{inside}: {found:?}");
        }
    }
}

#[tokio::test]
async fn r2_another_shape_never_means_that_nothing_was_found() {
    for name in LISTS {
        let response = |inside: &str| {
            format!("<{name}Response xmlns=\"http://tempuri.org/\">{inside}</{name}Response>")
        };
        for inside in [
            // The answer of another operation, of another service, of none.
            "<GetResponse xmlns=\"http://tempuri.org/\"/>".to_owned(),
            format!("<{name}Response/>"),
            format!("<{name}Response xmlns=\"http://example.com/\"/>"),
            format!("<{name}Result xmlns=\"http://tempuri.org/\"/>"),
            String::new(),
            format!("{}{}", response(""), response("")),
            // Something stands in it.
            response("yok"),
            response("<![CDATA[]]>"),
            response("<!-- bakım -->"),
            response("<Result/>"),
            response("<Hata>x</Hata>"),
            response(TABLE),
            format!(
                "<{name}Response xmlns=\"http://tempuri.org/\" xsi:nil=\"true\"><Hata>x</Hata></{name}Response>"
            ),
            response(&format!(
                "<{name}Result xsi:nil=\"true\">yok</{name}Result>"
            )),
            response(&format!(
                "<{name}Result xsi:nil=\"true\"><Hata>x</Hata></{name}Result>"
            )),
            response(&format!("<{name}Result>{TABLE}yok</{name}Result>")),
        ] {
            let found = finds_nothing(name, &inside).await;
            assert!(found.is_err(), "{inside}: {found:?}");
        }
    }
}

#[tokio::test]
async fn a_table_without_rows_is_a_described_empty_answer() {
    let inside = |result: &str| {
        let name = "GetCargoInfo";
        format!(
            "<{name}Response xmlns=\"http://tempuri.org/\"><{name}Result>{result}</{name}Result></{name}Response>"
        )
    };
    let table = finds_nothing("GetCargoInfo", &inside(TABLE)).await;
    assert!(matches!(table, Ok(true)), "{table:?}");
    // Beside a code, or as a blank row, it is not.
    for result in [
        format!("<ResultCode>1</ResultCode>{TABLE}"),
        "<IrsData/>".to_owned(),
    ] {
        let found = finds_nothing("GetCargoInfo", &inside(&result)).await;
        assert!(matches!(found, Ok(false)), "{result}: {found:?}");
    }
}

#[tokio::test]
async fn r2_a_code_beside_a_table_is_read() {
    let result = format!("<ResultCode>-2</ResultCode>{TABLE}");
    let name = "GetCargoInfo";
    let inside = format!(
        "<{name}Response xmlns=\"http://tempuri.org/\"><{name}Result>{result}</{name}Result></{name}Response>"
    );
    let found = finds_nothing(name, &inside).await;
    assert!(matches!(found, Err(Error::Rejected(_))), "{found:?}");
}

#[tokio::test]
async fn r2_a_null_result_of_another_call_is_unreadable() {
    let (_server, cancelling) = client("<CancelDispatchResponse xmlns=\"http://tempuri.org/\"/>");
    let error = cancelling.call(&cancel()).await.unwrap_err();
    assert!(matches!(error, Error::Decode(_)), "{error:?}");
    let (_server, labels) = client("<GetBarcodeResponse xmlns=\"http://tempuri.org/\"/>");
    let error = labels.call(&label()).await.unwrap_err();
    assert!(matches!(error, Error::Decode(_)), "{error:?}");
}
