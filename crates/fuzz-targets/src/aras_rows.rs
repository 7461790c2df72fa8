//! Answers of Aras's services: rows of whatever shape, dates of whatever form.

use aras_tracking::query::{FindParcels, ListInvoices, ListMovements, Movement, Period};
use aras_tracking::shipments::{CancelDispatch, FetchLabel, FindOrder};
use aras_tracking::{
    CustomerCode, CustomerReference, Login, Password, QueryClient, QueryEnvironment, QueryMethod,
    ShipmentClient, ShipmentEnvironment, UserName,
};
use kervan_core::{Operation, Reply};
use kervan_testing::MovableHost;
use kervan_tracking::Timeline;

use crate::nowhere::Nowhere;

/// Returns the body as it is, and as the result of an answer.
fn replies(body: &[u8], operation: &str) -> [Reply; 2] {
    let text = String::from_utf8_lossy(body)
        .replace('&', "&amp;")
        .replace('<', "&lt;");
    let answer = format!(
        "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body>\
         <{operation}Response xmlns=\"http://tempuri.org/\"><{operation}Result>{text}</{operation}Result>\
         </{operation}Response></s:Body></s:Envelope>"
    );
    let reply = |bytes: Vec<u8>| Reply::new(200, Vec::new(), bytes);
    [reply(body.to_vec()), reply(answer.into_bytes())]
}

/// Reads the bytes.
///
/// # Panics
///
/// When a reader is wrong.
pub fn aras_rows(body: &[u8]) {
    let host = MovableHost::at(std::time::SystemTime::UNIX_EPOCH);
    let Ok(reference) = CustomerReference::new("1") else {
        return;
    };
    let login = Login::new(
        UserName::new("user-1"),
        Password::new("password-1"),
        CustomerCode::new("code-1"),
    );
    for (method, operation) in [
        (QueryMethod::Json, "GetQueryJSON"),
        (QueryMethod::Xml, "GetQueryXML"),
        (QueryMethod::DataSet, "GetQueryDS"),
    ] {
        let Ok(builder) = QueryClient::builder(&QueryEnvironment::Test, login.clone()) else {
            return;
        };
        let client = builder.method(method).build_over(Nowhere, host.clone());
        let settings = client.settings();
        for reply in replies(body, operation) {
            if let Ok(answer) = FindParcels::new(reference.clone()).decode(settings, &reply) {
                for parcel in &answer.rows {
                    let _ = parcel.tracking();
                }
            }
            if let Ok(answer) = ListMovements::new(reference.clone()).decode(settings, &reply) {
                let _: Timeline = answer.rows.iter().map(Movement::event).collect();
            }
            let day = chrono::NaiveDate::default();
            let _ = ListInvoices::new(Period::new(day, day)).decode(settings, &reply);
        }
    }
    let Ok(builder) = ShipmentClient::builder(&ShipmentEnvironment::Test, login) else {
        return;
    };
    let client = builder.build_over(Nowhere, host.clone());
    for reply in replies(body, "GetBarcode") {
        let _ = FetchLabel::new(reference.clone()).decode(client.settings(), &reply);
    }
    for reply in replies(body, "GetOrderWithIntegrationCode") {
        let _ = FindOrder::new(reference.clone()).decode(client.settings(), &reply);
    }
    for reply in replies(body, "CancelDispatch") {
        let _ = CancelDispatch::new(reference.clone()).decode(client.settings(), &reply);
    }
}
