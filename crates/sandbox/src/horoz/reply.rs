//! The answers.

use serde::Serialize;
use serde_json::value::RawValue;
use std::collections::BTreeMap;

use super::codes::{self, Broken, Code};
use super::effect::Effect;
use super::places;
use crate::Answer;
use crate::values::json;

const JSON: &str = "application/json;charset=UTF-8";

/// The result of an operation.
pub(super) type Reply = Result<Accepted, Refusal>;

pub(super) struct Accepted {
    pub(super) body: Body,
    pub(super) effects: Vec<Effect>,
    /// The order's number, for writes.
    pub(super) key: Option<String>,
}

impl Accepted {
    /// Returns the answer of a read.
    pub(super) fn page(body: Body) -> Self {
        Self {
            body,
            effects: Vec::new(),
            key: None,
        }
    }

    /// Returns the answer of a write.
    pub(super) fn write(code: Code, number: &str, effects: Vec<Effect>) -> Self {
        Self {
            body: result(code),
            effects,
            key: Some(number.to_owned()),
        }
    }
}

pub(super) enum Refusal {
    /// A code and its text, and the broken rule.
    Code(&'static str, String, String),
    /// The body is not an object of JSON.
    Unreadable,
}

impl From<Broken> for Refusal {
    fn from((code, message, rule): Broken) -> Self {
        Refusal::Code(code, message.to_owned(), rule.to_owned())
    }
}

/// A result code with the members beside it.
#[derive(Serialize)]
pub(super) struct Body {
    #[serde(rename = "responseCode")]
    code: &'static str,
    #[serde(rename = "responseMessage")]
    message: String,
    #[serde(rename = "ipBilgisi", skip_serializing_if = "Option::is_none")]
    address: Option<&'static str>,
    #[serde(rename = "listCounties", skip_serializing_if = "Option::is_none")]
    counties: Option<Counties>,
    #[serde(rename = "barcode", skip_serializing_if = "Option::is_none")]
    barcode: Option<String>,
    #[serde(rename = "pieces", skip_serializing_if = "Vec::is_empty")]
    pieces: Vec<Piece>,
    #[serde(flatten)]
    tracked: BTreeMap<&'static str, Box<RawValue>>,
}

#[derive(Serialize)]
struct Counties {
    #[serde(rename = "county")]
    rows: Vec<County>,
}

#[derive(Serialize)]
struct County {
    #[serde(rename = "cityName")]
    province: &'static str,
    #[serde(rename = "countyName")]
    district: &'static str,
}

#[derive(Serialize)]
struct Piece {
    barcode: String,
    zpl: String,
}

impl Body {
    /// Writes the answer, inside a member of this name or at the top level.
    pub(super) fn write(&self, envelope: Option<&'static str>) -> Answer {
        match envelope {
            None => json::write(200, JSON, self),
            Some(name) => json::write(200, JSON, &BTreeMap::from([(name, self)])),
        }
    }

    /// Adds the parts of a tracking answer.
    pub(super) fn tracked(mut self, parts: BTreeMap<&'static str, Box<RawValue>>) -> Self {
        self.tracked = parts;
        self
    }
}

pub(super) fn result((code, message): Code) -> Body {
    refused(code, message.to_owned())
}

pub(super) fn refused(code: &'static str, message: String) -> Body {
    Body {
        code,
        message,
        address: None,
        counties: None,
        barcode: None,
        pieces: Vec::new(),
        tracked: BTreeMap::new(),
    }
}

pub(super) fn service_control() -> Body {
    Body {
        address: Some("127.0.0.1"),
        ..result(codes::REACHED)
    }
}

pub(super) fn counties() -> Body {
    let county = |(province, district)| County { province, district };
    Body {
        counties: Some(Counties {
            rows: places::all().map(county).collect(),
        }),
        ..result(codes::DONE)
    }
}

/// A lone barcode by itself, several in one row for each piece.
pub(super) fn labels(mut barcodes: Vec<String>) -> Body {
    let piece = |barcode: String| Piece {
        zpl: format!("^XA^FO50,50^BCN,100,Y,N,N^FD{barcode}^FS^XZ"),
        barcode,
    };
    let barcode = if barcodes.len() == 1 {
        barcodes.pop()
    } else {
        None
    };
    Body {
        barcode,
        pieces: barcodes.into_iter().map(piece).collect(),
        ..result(codes::DONE)
    }
}

/// Returns the page for a caller whose address is not on the list.
pub(super) fn blocked() -> Answer {
    let page = "<!DOCTYPE html><html><head><title>403 Forbidden</title></head><body>Forbidden</body></html>";
    Answer::new(403, "text/html; charset=utf-8", page)
        .refusing("", "the caller's address is not on the list")
}
