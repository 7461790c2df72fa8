//! The JSON service behind the carrier's own site: the one call of it that needs no picture to be read.

use std::iter;

use serde::Serialize;
use serde_json::Value;

use crate::aras::parcel::{Movement, Parcel};
use crate::aras::stage::Stage;
use crate::values::day::istanbul;
use crate::values::json;
use crate::{Answer, Moment, Request};

#[derive(Serialize)]
struct Envelope<'a> {
    #[serde(rename = "Code")]
    code: u16,
    #[serde(rename = "Message")]
    message: &'a str,
    #[serde(rename = "Responses")]
    rows: Vec<Row<'a>>,
    #[serde(rename = "ContactInfo")]
    contact: Option<()>,
}

#[derive(Serialize)]
struct Row<'a> {
    #[serde(rename = "TransactionDate")]
    at: String,
    #[serde(rename = "UnitName")]
    unit: &'a str,
    #[serde(rename = "ShipmentLineTransType")]
    kind: &'a str,
    #[serde(rename = "Description")]
    text: String,
}

/// Returns the tracking number of a request. `None` when it is not JSON.
pub(super) fn number(request: &Request) -> Option<String> {
    let body: Value = serde_json::from_slice(&request.body).ok()?;
    body["TrackingNumber"]
        .as_str()
        .map(|text| text.trim().to_owned())
}

/// Returns the movements, oldest first.
pub(super) fn movements(parcel: Option<&Parcel>) -> Answer {
    let (code, message) = match parcel {
        Some(_) => (200, ""),
        None => (404, "Kayıt bulunamadı"),
    };
    let rows = parcel.map(rows).unwrap_or_default();
    let answer = Envelope {
        code,
        message,
        rows,
        contact: None,
    };
    json::write(200, "application/json; charset=utf-8", &answer)
}

fn rows(parcel: &Parcel) -> Vec<Row<'_>> {
    let first = row(parcel.cut_at, &parcel.origin, Stage::AtOrigin);
    let of = |movement: &'_ Movement| Stage::of_operation(&movement.operation);
    let others = parcel
        .movements
        .iter()
        .map(|movement| row(movement.at, &movement.unit, of(movement)));
    iter::once(first).chain(others).collect()
}

/// A status word, a semicolon, and a sentence.
fn row(at: Moment, unit: &str, stage: Stage) -> Row<'_> {
    Row {
        at: istanbul(at).format("%d.%m.%Y %H:%M:%S").to_string(),
        unit,
        kind: "",
        text: format!(
            "{}; Kargonuz {unit} biriminde işlem gördü.",
            stage.turkish()
        ),
    }
}
