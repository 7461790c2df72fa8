//! JSON with exact decimals: no number passes through binary floating point.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::{Serialize, Serializer, ser};
use serde_json::value::RawValue;

use crate::Answer;

/// Returns a value by its name in JSON: a text as it is, anything else as JSON.
pub(crate) fn name(value: &impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(name)) => name,
        Ok(other) => other.to_string(),
        Err(_) => String::new(),
    }
}

/// The members of one object.
pub(crate) struct Members(BTreeMap<String, Box<RawValue>>);

impl Members {
    /// Reads an object. `None` when it is anything else.
    pub(crate) fn parse(body: &[u8]) -> Option<Self> {
        serde_json::from_slice(body).ok().map(Members)
    }

    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// Returns a text, or the digits of a number, or `true` and `false`.
    pub(crate) fn text(&self, name: &str) -> Option<String> {
        let raw = self.raw(name)?;
        match raw.as_bytes().first()? {
            b'"' => serde_json::from_str(raw).ok(),
            b'n' | b'[' | b'{' => None,
            _ => Some(raw.to_owned()),
        }
    }

    /// Returns a number, exactly as written.
    pub(crate) fn number(&self, name: &str) -> Option<Decimal> {
        let raw = self.raw(name)?;
        raw.parse().or_else(|_| Decimal::from_scientific(raw)).ok()
    }

    /// Returns the objects of a list.
    pub(crate) fn objects(&self, name: &str) -> Option<Vec<Members>> {
        let rows: Vec<BTreeMap<String, Box<RawValue>>> =
            serde_json::from_str(self.raw(name)?).ok()?;
        Some(rows.into_iter().map(Members).collect())
    }

    /// Returns the texts of a list; numbers as their digits.
    pub(crate) fn texts(&self, name: &str) -> Option<Vec<String>> {
        let rows: Vec<Box<RawValue>> = serde_json::from_str(self.raw(name)?).ok()?;
        let text = |raw: Box<RawValue>| {
            serde_json::from_str(raw.get()).unwrap_or_else(|_| raw.get().to_owned())
        };
        Some(rows.into_iter().map(text).collect())
    }

    /// Returns whether the member is absent, null, an empty text or an empty list.
    pub(crate) fn is_empty(&self, name: &str) -> bool {
        match self.raw(name) {
            None | Some("null" | "\"\"" | "[]") => true,
            Some(raw) => {
                serde_json::from_str::<String>(raw).is_ok_and(|text| text.trim().is_empty())
            }
        }
    }

    fn raw(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(|raw| raw.get())
    }
}

/// An amount or measure that serialises as a JSON number with exactly its digits.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Exact(pub(crate) Decimal);

impl Serialize for Exact {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let digits = self.0.normalize().to_string();
        RawValue::from_string(digits)
            .map_err(ser::Error::custom)?
            .serialize(serializer)
    }
}

/// Writes an answer.
pub(crate) fn write(status: u16, content_type: &str, value: &impl Serialize) -> Answer {
    match serde_json::to_vec(value) {
        Ok(body) => Answer::new(status, content_type, body),
        Err(error) => Answer::new(
            500,
            "text/plain; charset=utf-8",
            format!("sandbox: {error}"),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_their_digits() {
        let members =
            Members::parse(br#"{"a": 41.30, "b": 3.2e2, "c": 0.1000000000000000055}"#).unwrap();
        assert_eq!(members.number("a").unwrap().to_string(), "41.30");
        assert_eq!(members.number("b").unwrap(), Decimal::from(320));
        assert_eq!(
            members.number("c").unwrap().to_string(),
            "0.1000000000000000055"
        );
        let written = serde_json::to_string(&Exact(Decimal::new(53050, 2))).unwrap();
        assert_eq!(written, "530.5");
    }

    #[test]
    fn empty_is_absent_null_blank_or_without_rows() {
        let members = Members::parse(br#"{"a": null, "b": " ", "c": [], "d": 0}"#).unwrap();
        for name in ["a", "b", "c", "e"] {
            assert!(members.is_empty(name), "{name}");
        }
        assert!(!members.is_empty("d"));
    }
}
