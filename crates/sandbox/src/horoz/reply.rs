//! The answers.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::value::{RawValue, to_raw_value};

use super::codes::{self, Broken, Code};
use super::dialect::{Charset, Dialect, LabelForm};
use super::effect::Effect;
use super::places;
use super::settings::Places;
use crate::values::day::day;
use crate::values::json;
use crate::{Answer, Moment};

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
    pub(super) fn write(body: Body, number: &str, effects: Vec<Effect>) -> Self {
        Self {
            body,
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
    #[serde(rename = "responseMessage", skip_serializing_if = "Option::is_none")]
    message: Option<String>,
    #[serde(flatten)]
    members: BTreeMap<&'static str, Box<RawValue>>,
}

#[derive(Serialize)]
struct County<'a> {
    #[serde(rename = "cityName")]
    province: &'a str,
    #[serde(rename = "countyName")]
    district: &'a str,
    #[serde(rename = "countyCode", skip_serializing_if = "Option::is_none")]
    code: Option<&'a str>,
}

#[derive(Serialize)]
struct Piece {
    barcode: String,
    zpl: String,
}

impl Body {
    /// Adds a member. Plain values cannot fail.
    fn with(mut self, name: &'static str, value: &impl Serialize) -> Self {
        self.members
            .extend(to_raw_value(value).ok().map(|raw| (name, raw)));
        self
    }

    /// Adds members.
    pub(super) fn with_all(mut self, members: BTreeMap<&'static str, Box<RawValue>>) -> Self {
        self.members.extend(members);
        self
    }
}

/// Writes an answer, inside a member of this name or at the top level.
pub(super) fn write(
    dialect: &Dialect,
    status: u16,
    envelope: Option<String>,
    body: &Body,
) -> Answer {
    let mut answer = match envelope {
        None => json::write(status, JSON, body),
        Some(name) => json::write(status, JSON, &BTreeMap::from([(name, body)])),
    };
    if dialect.charset == Charset::Windows1254 {
        answer.body = windows_1254(&answer.text());
    }
    answer
}

/// A letter that the charset does not have becomes a question mark.
fn windows_1254(text: &str) -> Vec<u8> {
    let byte = |letter: char| match letter {
        'İ' => 0xdd,
        'ı' => 0xfd,
        'Ş' => 0xde,
        'ş' => 0xfe,
        'Ğ' => 0xd0,
        'ğ' => 0xf0,
        other => u8::try_from(u32::from(other)).unwrap_or(b'?'),
    };
    text.chars().map(byte).collect()
}

pub(super) fn result(dialect: &Dialect, (code, message): Code) -> Body {
    Body {
        code,
        message: dialect.has_message.then(|| message.to_owned()),
        members: BTreeMap::new(),
    }
}

pub(super) fn refused(code: &'static str, message: String) -> Body {
    Body {
        code,
        message: Some(message),
        members: BTreeMap::new(),
    }
}

/// A created order. The page shows no number of Horoz' own, and a client has to keep one.
pub(super) fn created(dialect: &Dialect) -> Body {
    let code = match dialect.charset {
        Charset::Utf8 => codes::CREATED,
        Charset::Windows1254 => codes::CREATED_IN_TURKISH,
    };
    let body = result(dialect, code);
    if dialect.has_new_member {
        return body.with("shipmentId", &77);
    }
    body
}

pub(super) fn cancelled(dialect: &Dialect, now: Moment) -> Body {
    let body = result(dialect, codes::DONE);
    if dialect.has_new_member {
        return body.with("cancelDate", &day(now).to_string());
    }
    body
}

pub(super) fn service_control(dialect: &Dialect) -> Body {
    let body = result(dialect, codes::REACHED);
    if dialect.shows_address {
        return body.with("ipBilgisi", &"127.0.0.1");
    }
    body
}

pub(super) fn counties(dialect: &Dialect, listed: &Places) -> Body {
    let rows: Vec<County<'_>> = places::of(listed)
        .into_iter()
        .map(|(province, district)| County {
            province,
            district,
            code: dialect.has_new_member.then_some("01101"),
        })
        .collect();
    let body = result(dialect, codes::DONE);
    let list = |county: Option<Box<RawValue>>| BTreeMap::from([("county", county)]);
    let raw = match &rows[..] {
        [] => None,
        [lone] if dialect.lone_county => to_raw_value(lone).ok(),
        rows => to_raw_value(rows).ok(),
    };
    body.with("listCounties", &list(raw))
}

/// A lone barcode by itself, several in one row for each piece.
pub(super) fn labels(dialect: &Dialect, barcodes: Vec<String>) -> Body {
    let body = result(dialect, codes::DONE);
    let piece = |barcode: String| Piece {
        zpl: format!("^XA^FO50,50^BCN,100,Y,N,N^FD{barcode}^FS^XZ"),
        barcode,
    };
    match (dialect.label, &barcodes[..]) {
        (LabelForm::Hidden, _) => body,
        (LabelForm::Numbers, rows) => {
            // A number has no zeros at its beginning.
            let number =
                |row: &String| RawValue::from_string(row.trim_start_matches('0').to_owned());
            let numbers: Vec<_> = rows.iter().filter_map(|row| number(row).ok()).collect();
            body.with("barcode", &numbers)
        }
        (LabelForm::ByPieces, [lone]) => body.with("barcode", lone),
        _ => {
            let pieces: Vec<Piece> = barcodes.into_iter().map(piece).collect();
            body.with("pieces", &pieces)
        }
    }
}

/// Returns the page for a caller whose address is not on the list.
pub(super) fn blocked() -> Answer {
    let page = "<!DOCTYPE html><html><head><title>403 Forbidden</title></head><body>Forbidden</body></html>";
    Answer::new(403, "text/html; charset=utf-8", page)
        .refusing("", "the caller's address is not on the list")
}
