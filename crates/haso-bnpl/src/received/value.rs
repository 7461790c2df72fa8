//! Values of unknown shape: parsing them, and reading the forms in which HASO may send them.

use std::borrow::Cow;
use std::collections::HashMap;

use kervan_core::drift::path::short;
use kervan_core::error::Unreadable;
use kervan_core::{Drift, Form, Reason, Scrub};
use kervan_wire::json;
use kervan_wire::tree::Value;
use serde::Deserialize;
use serde::de::{DeserializeOwned, IgnoredAny};

use super::names::canonical;
use crate::ids::is_same;

/// Matches any object and reads nothing of it, so that all of it is drift.
#[derive(Deserialize)]
pub(crate) struct AnyObject {}

/// Parses JSON text that holds an object. Names of members get their documented spelling.
pub(crate) fn parse_object(text: &str) -> Result<Value, Unreadable> {
    parse::<AnyObject>(text)
}

/// Parses JSON text that a type matches.
fn parse<Shape: DeserializeOwned>(text: &str) -> Result<Value, Unreadable> {
    let text = json::repaired(text);
    let text = plain_numbers(&text);
    let document = json::parse(&text)?;
    document.glance::<Shape>()?;
    document.glance().map(with_canonical_names)
}

/// Gives every member of a value its documented spelling, whatever case it came in.
fn with_canonical_names(value: Value) -> Value {
    match value {
        Value::List(items) => Value::List(items.into_iter().map(with_canonical_names).collect()),
        Value::Object(members) => {
            let member = |(name, value): (String, Value)| {
                (canonical(&name).to_owned(), with_canonical_names(value))
            };
            Value::Object(members.into_iter().map(member).collect())
        }
        other => other,
    }
}

/// Reads and changes values in the forms that HASO sends.
pub(crate) trait ValueExt: Sized {
    /// Parses a text that looks like a JSON object or list. Returns any other value as it is.
    ///
    /// A text inside the parsed value stays a text, so nesting cannot add up.
    fn opened(self) -> Self;

    /// Removes a member from an object and returns it; `Null` for an absent one.
    ///
    /// # Errors
    ///
    /// [`Reason::Twice`] for a duplicate.
    fn take(&mut self, name: &'static str) -> Result<Self, Unreadable>;

    /// Adds a member to an object. Any other value is replaced by an object.
    fn put(&mut self, name: &str, value: Self);

    /// Returns whether a member of that name, at any depth, has a text that is none of these.
    fn has_other(&self, name: &str, own: &[&str]) -> bool;

    /// Returns whether the value is `null`, a blank text, or an empty list or object.
    fn is_nothing(&self) -> bool;

    /// Removes blank and `null` members, so that an empty field is an absent one. A member that has a
    /// duplicate stays.
    fn pruned(self) -> Self;

    /// Notes texts that are read although their form is odd: damaged letters, control characters,
    /// whitespace around numbers and codes.
    fn note_forms(&self, path: &str, drift: &mut Drift);

    /// Fills a type, and notes how the value differs from it. Hides secrets in every
    /// [`ForeignText`](kervan_core::ForeignText) and in the drift.
    ///
    /// # Errors
    ///
    /// [`Unreadable`] with the path of the field.
    fn fill<T: DeserializeOwned>(self, scrub: &dyn Scrub) -> Result<(T, Drift), Unreadable>;
}

impl ValueExt for Value {
    fn opened(self) -> Self {
        let inner = match &self {
            Self::Text(text) if text.trim_start().starts_with(['{', '[']) => {
                parse::<IgnoredAny>(text).ok()
            }
            _ => None,
        };
        keyed(inner.unwrap_or(self))
    }

    fn take(&mut self, name: &'static str) -> Result<Self, Unreadable> {
        let Self::Object(members) = self else {
            return Ok(Self::Null);
        };
        let Some(at) = members.iter().position(|(own, _)| own == name) else {
            return Ok(Self::Null);
        };
        let (_, value) = members.remove(at);
        if members.iter().any(|(own, _)| own == name) {
            return Err(Unreadable::at(name, Reason::Twice));
        }
        Ok(value)
    }

    fn put(&mut self, name: &str, value: Self) {
        match self {
            Self::Object(members) => members.push((name.to_owned(), value)),
            _ => *self = Self::Object(vec![(name.to_owned(), value)]),
        }
    }

    fn has_other(&self, name: &str, own: &[&str]) -> bool {
        match self {
            Self::List(items) => items.iter().any(|item| item.has_other(name, own)),
            Self::Object(members) => members.iter().any(|(member, value)| {
                let is_own = |text: &str| own.iter().any(|own| is_same(text, own));
                let is_same = value.is_nothing() || value.as_text().is_some_and(is_own);
                member == name && !is_same || value.has_other(name, own)
            }),
            _ => false,
        }
    }

    fn is_nothing(&self) -> bool {
        match self {
            Self::Null => true,
            Self::Flag(_) => false,
            Self::Text(text) => kervan_turkiye::text::is_blank(text),
            Self::List(items) => items.is_empty(),
            Self::Object(members) => members.is_empty(),
        }
    }

    fn pruned(self) -> Self {
        match self {
            Self::List(items) => Self::List(items.into_iter().map(Self::pruned).collect()),
            Self::Object(members) => {
                let mut seen = HashMap::new();
                for (name, _) in &members {
                    *seen.entry(name.clone()).or_insert(0) += 1;
                }
                let kept = members.into_iter().filter(|(name, value)| {
                    seen.get(name) != Some(&1)
                        || !matches!(value, Self::Null)
                            && !matches!(value, Self::Text(text) if kervan_turkiye::text::is_blank(text))
                });
                Self::Object(kept.map(|(name, value)| (name, value.pruned())).collect())
            }
            other => other,
        }
    }

    fn note_forms(&self, path: &str, drift: &mut Drift) {
        match self {
            Self::Text(text) => json::forms(text).for_each(|form| drift.tolerate(path, form)),
            Self::List(items) => {
                for (at, item) in items.iter().enumerate() {
                    item.note_forms(&format!("{path}[{at}]"), drift);
                }
            }
            Self::Object(members) => {
                for (name, value) in members {
                    let dot = if path.is_empty() { "" } else { "." };
                    let path = [path, dot, short(name)].concat();
                    if TRIMMED.contains(&name.as_str())
                        && value.as_text().is_some_and(|text| text.trim() != text)
                    {
                        drift.tolerate(&path, Form::Blanks);
                    }
                    value.note_forms(&path, drift);
                }
            }
            Self::Null | Self::Flag(_) => {}
        }
    }

    fn fill<T: DeserializeOwned>(self, scrub: &dyn Scrub) -> Result<(T, Drift), Unreadable> {
        let mut forms = Drift::default();
        self.note_forms("", &mut forms);
        forms.scrub(|text| scrub.scrub(text));
        let (value, mut drift) = self.pruned().read_scrubbed(scrub)?;
        drift.extend(forms);
        Ok((value, drift))
    }
}

/// Turns a list of keys and values, in which some serializers write a dictionary, into the object that
/// it means.
///
/// Members beside the two, and entries without a key, are additions. Their name is their index in the
/// list, as `[0]`.
fn keyed(value: Value) -> Value {
    let Value::List(items) = value else {
        return value;
    };
    let key = |item: &Value| match item.get("Key") {
        Some(Value::Text(key)) if item.get("Value").is_some() => Some(key.clone()),
        _ => None,
    };
    if !items.iter().any(|item| key(item).is_some()) {
        return Value::List(items);
    }
    let mut members = Vec::new();
    for (at, mut item) in items.into_iter().enumerate() {
        let pair = key(&item).and_then(|key| {
            let value = item.take("Value").ok()?;
            item.take("Key").ok()?;
            Some((canonical(&key).to_owned(), value))
        });
        members.extend(pair);
        if !item.is_nothing() {
            members.push((format!("[{at}]"), item));
        }
    }
    Value::Object(members)
}

/// Members that are read without the whitespace around them.
const TRIMMED: [&str; 8] = [
    "Message",
    "TransactionStatus",
    "MerchantOid",
    "TransactionCode",
    "CustomerId",
    "PaymentCode",
    "RefundId",
    "KkbRefNo",
];

/// Removes zeros beyond two decimals from the numbers of a JSON text. The point of a number is its
/// decimal mark. That of a text need not be: `530.500` as a number is 530.50, as a text it may be 530,500.
fn plain_numbers(text: &str) -> Cow<'_, str> {
    let mut plain = String::new();
    let (mut kept, mut at, bytes) = (0, 0, text.as_bytes());
    while at < bytes.len() {
        if bytes[at] == b'"' {
            at += 1;
            while at < bytes.len() && bytes[at] != b'"' {
                at += if bytes[at] == b'\\' { 2 } else { 1 };
            }
            at += 1;
            continue;
        }
        let is_part = |byte: &u8| byte.is_ascii_digit() || b"+-.eE".contains(byte);
        let length = bytes[at..].iter().take_while(|byte| is_part(byte)).count();
        let number = text.get(at..at + length).unwrap_or_default();
        at += length.max(1);
        if let Some((whole, decimals)) = number.split_once('.')
            && decimals.len() > 2
            && decimals.bytes().all(|byte| byte.is_ascii_digit())
        {
            let needed = decimals.trim_end_matches('0').len().max(2);
            let end = at - length + whole.len() + 1 + needed;
            plain.push_str(text.get(kept..end).unwrap_or_default());
            kept = at;
        }
    }
    if kept == 0 {
        return Cow::Borrowed(text);
    }
    plain.push_str(text.get(kept..).unwrap_or_default());
    Cow::Owned(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_and_values_are_an_object() {
        let text = Value::Text(
            r#"[{"Key": "nameSurname", "Value": 1.50}, {"value": null, "key": "x"}]"#.into(),
        );
        let opened = text.opened();
        assert_eq!(opened.get("NameSurname"), Some(&Value::Text("1.50".into())));
        assert_eq!(opened.get("x"), Some(&Value::Null));
        let list = Value::Text(r#"[{"Key": "b"}, {"Value": 1}]"#.into());
        assert!(matches!(list.opened(), Value::List(_)));
    }

    #[test]
    fn r8_an_addition_among_keys_and_values_does_not_hide_them() {
        let text = r#"[{"Key": "a", "Value": "1", "Type": "S"}, {"Adet": "2"}, {"Key": "b"}]"#;
        let opened = Value::Text(text.into()).opened();
        let json = r#"{"a":"1","[0]":{"Type":"S"},"[1]":{"Adet":"2"},"[2]":{"Key":"b"}}"#;
        assert_eq!(opened.to_json(), json);
    }

    #[test]
    fn r5_r7_a_text_in_another_form_is_read_and_noted() {
        let text = "{\"message\": \" RS100 \", \"Data\": \"[{\\\"Ad\\\": \\\"a\tb\\\", \\\"x\\\": \\\"\u{fffd}\\\"}]\"}";
        let mut value = parse_object(text).unwrap();
        let data = value.take("Data").unwrap().opened();
        value.put("Data", data);
        let mut drift = Drift::default();
        value.note_forms("", &mut drift);
        let noted = drift
            .tolerated
            .iter()
            .map(|value| (value.path.as_str(), value.form));
        assert_eq!(
            noted.collect::<Vec<_>>(),
            [
                ("Message", Form::Blanks),
                ("Data[0].Ad", Form::ControlCharacter),
                ("Data[0].x", Form::DamagedLetter)
            ]
        );
    }

    #[test]
    fn numbers_lose_zeros_that_mean_nothing_and_texts_do_not() {
        for (text, plain) in [
            (
                r#"{"a":530.500,"b":"530.500"}"#,
                r#"{"a":530.50,"b":"530.500"}"#,
            ),
            ("[1.000,-0.1000, 1.234,1.2340]", "[1.00,-0.10, 1.234,1.234]"),
            (
                r#"{"\"1.000":"\\","ü":1.000}"#,
                r#"{"\"1.000":"\\","ü":1.00}"#,
            ),
            ("1.0000.5 1.000e5 \"", "1.0000.5 1.000e5 \""),
            ("\"\\", "\"\\"),
            ("7.5", "7.5"),
        ] {
            assert_eq!(plain_numbers(text), plain);
        }
    }

    #[test]
    fn a_member_that_stands_there_twice_is_not_taken() {
        let mut value = parse_object(r#"{"Success": true, "SUCCESS": false}"#).unwrap();
        assert_eq!(value.take("Success").unwrap_err().reason(), &Reason::Twice);
    }
}
