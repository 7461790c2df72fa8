//! Answers: the envelope, and the result of an operation.

use serde::Serialize;
use serde_json::value::{RawValue, to_raw_value};

use super::effect::Effect;
use super::refusal::Refusal;
use crate::values::json;
use crate::{Answer, Refused};

const JSON: &str = "application/json; charset=utf-8";

/// The result of an operation.
pub(super) type Reply = Result<Accepted, Refusal>;

/// A success.
pub(super) struct Accepted {
    pub(super) data: Option<Box<RawValue>>,
    pub(super) effects: Vec<Effect>,
    /// The key of the object, for writes.
    pub(super) key: Option<String>,
    /// Where the browser goes instead of an answer in JSON.
    pub(super) location: Option<String>,
    /// A refusal that comes beside `Success` true.
    pub(super) refused: Option<Refused>,
}

impl Accepted {
    /// Returns the answer of a read.
    pub(super) fn read(data: &impl Serialize) -> Self {
        Self {
            data: raw(data),
            effects: Vec::new(),
            key: None,
            location: None,
            refused: None,
        }
    }

    /// Returns the answer of a write.
    pub(super) fn write(key: &str, effects: Vec<Effect>, data: &impl Serialize) -> Self {
        Self {
            data: raw(data),
            effects,
            key: Some(key.to_owned()),
            location: None,
            refused: None,
        }
    }
}

/// The absent `Data`.
pub(super) const NOTHING: Option<()> = None;

fn raw(data: &impl Serialize) -> Option<Box<RawValue>> {
    // Plain structs and maps with text keys cannot fail.
    to_raw_value(data).ok()
}

#[derive(Serialize)]
struct Envelope {
    #[serde(rename = "Success")]
    is_success: bool,
    #[serde(rename = "Errors")]
    errors: Option<Vec<String>>,
    #[serde(rename = "Data")]
    data: Option<Box<RawValue>>,
}

/// Writes the envelope, or sends the browser on.
pub(super) fn write(reply: Reply) -> Answer {
    match reply {
        Ok(Accepted {
            location: Some(location),
            ..
        }) => Answer {
            status: 302,
            headers: vec![("Location".to_owned(), location)],
            body: Vec::new(),
            refused: None,
        },
        Ok(Accepted { data, refused, .. }) => {
            let mut answer = envelope(true, None, data);
            answer.refused = refused;
            answer
        }
        Err(refusal) => {
            let answer = envelope(false, Some(vec![refusal.text.into_owned()]), None);
            answer.refusing(refusal.code, refusal.rule)
        }
    }
}

fn envelope(is_success: bool, errors: Option<Vec<String>>, data: Option<Box<RawValue>>) -> Answer {
    let envelope = Envelope {
        is_success,
        errors,
        data,
    };
    json::write(200, JSON, &envelope)
}
