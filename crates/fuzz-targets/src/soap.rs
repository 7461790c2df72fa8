//! Answers of SOAP services: envelope, fault, typed result, and the rows of a table.

use kervan_core::Reply;
use kervan_wire::soap::{self, Call, Contents, Rows};
use serde::Deserialize;

const CALL: Call = Call::new("https://turkpos.com.tr/", "List");

#[derive(Deserialize)]
struct WireAnswer {
    #[serde(rename = "Sonuc")]
    _code: String,
    #[serde(rename = "Sonuc_Str")]
    _message: Option<String>,
    #[serde(rename = "Sayi")]
    _numbers: Vec<i64>,
}

#[derive(Deserialize)]
struct WireRow {
    #[serde(rename = "ID")]
    _id: Option<u32>,
    #[serde(rename = "Ad")]
    _name: Option<String>,
}

/// Reads the bytes.
///
/// # Panics
///
/// When a reader is wrong.
pub fn soap(body: &[u8]) {
    let reply = Reply::new(200, Vec::new(), body.to_vec());
    let Ok(text) = soap::body_text(&reply) else {
        return;
    };
    let mut rows: Rows<WireRow> = Rows::default();
    if let Ok(Contents::Result(document)) = text.read(CALL, |row| rows.push(row)) {
        if let Ok(document) = document.around("Sonuc", Some("ListResult")) {
            let _ = document.read::<WireAnswer>();
        }
        let _ = rows.finish();
    }
}
