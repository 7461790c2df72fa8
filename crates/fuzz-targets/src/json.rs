//! Answers in JSON: envelope, typed result, drift.

use kervan_core::Reply;
use kervan_turkiye::decimal::Fixed;
use kervan_wire::json;
use serde::Deserialize;

#[derive(Deserialize)]
struct WireAnswer {
    #[serde(rename = "responseCode")]
    _code: String,
    #[serde(rename = "responseMessage")]
    _message: Option<String>,
    #[serde(rename = "desi")]
    _measure: Option<Fixed<3>>,
    #[serde(rename = "county", default)]
    _rows: Vec<WireRow>,
}

#[derive(Deserialize)]
struct WireRow {
    #[serde(rename = "cityName")]
    _city: String,
    #[serde(rename = "count")]
    _count: Option<u64>,
    #[serde(rename = "flag")]
    _flag: Option<bool>,
}

/// Reads the bytes.
///
/// # Panics
///
/// When a reader is wrong.
pub fn json(body: &[u8]) {
    let reply = Reply::new(200, Vec::new(), body.to_vec());
    let Ok(text) = json::body_text(&reply) else {
        return;
    };
    let Ok(document) = json::parse(&text) else {
        return;
    };
    if let Ok(document) = document.around("responseCode", Some("response")) {
        let _ = document.read::<WireAnswer>();
    }
}
