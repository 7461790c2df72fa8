//! A JSON value whose members keep their order and whose numbers keep their digits.

use std::fmt;

use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::value::{RawValue, to_raw_value};

/// A JSON value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Tree {
    Object(Vec<(String, Tree)>),
    List(Vec<Tree>),
    Text(String),
    /// A number, a flag or null, as written.
    Plain(String),
}

impl Tree {
    pub(super) fn null() -> Self {
        Tree::Plain("null".to_owned())
    }

    pub(super) fn text(text: &str) -> Self {
        Tree::Text(text.to_owned())
    }

    /// Reads a value. Plain structs and maps with text keys cannot fail; anything else is null.
    pub(super) fn of(value: &impl Serialize) -> Self {
        to_raw_value(value).map_or_else(|_| Tree::null(), |raw| Tree::read(&raw))
    }

    pub(super) fn read(raw: &RawValue) -> Self {
        let text = raw.get();
        let read = match text.as_bytes().first() {
            Some(b'{') => serde_json::from_str::<Members>(text).map(|members| {
                let members = members.0.into_iter();
                Tree::Object(
                    members
                        .map(|(name, raw)| (name, Tree::read(&raw)))
                        .collect(),
                )
            }),
            Some(b'[') => serde_json::from_str::<Vec<Box<RawValue>>>(text)
                .map(|rows| Tree::List(rows.iter().map(|raw| Tree::read(raw)).collect())),
            Some(b'"') => serde_json::from_str(text).map(Tree::Text),
            _ => Ok(Tree::Plain(text.to_owned())),
        };
        read.unwrap_or_else(|_| Tree::null())
    }

    /// Returns the value as JSON.
    pub(super) fn write(&self) -> String {
        match self {
            Tree::Object(members) => {
                let member =
                    |(name, value): &(String, Tree)| format!("{}:{}", quoted(name), value.write());
                let members: Vec<String> = members.iter().map(member).collect();
                format!("{{{}}}", members.join(","))
            }
            Tree::List(rows) => {
                let rows: Vec<String> = rows.iter().map(Tree::write).collect();
                format!("[{}]", rows.join(","))
            }
            Tree::Text(text) => quoted(text),
            Tree::Plain(text) => text.clone(),
        }
    }

    /// Returns the value as a field of a form holds it: nothing for null, and objects as JSON.
    pub(super) fn field(&self) -> String {
        match self {
            Tree::Text(text) => text.clone(),
            Tree::Plain(text) if text == "null" => String::new(),
            other => other.write(),
        }
    }

    /// Returns whether it is null.
    pub(super) fn is_null(&self) -> bool {
        *self == Tree::null()
    }
}

fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap_or_default()
}

/// The members of an object in their order.
struct Members(Vec<(String, Box<RawValue>)>);

impl<'de> Deserialize<'de> for Members {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Ordered)
    }
}

struct Ordered;

impl<'de> Visitor<'de> for Ordered {
    type Value = Members;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members, A::Error> {
        let mut members = Vec::new();
        while let Some(member) = map.next_entry()? {
            members.push(member);
        }
        Ok(Members(members))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writing_undoes_reading() {
        let text = r#"{"b":[1.50,{"a":"ı \"x\""},null],"a":true}"#;
        let raw = RawValue::from_string(text.to_owned()).unwrap();
        assert_eq!(Tree::read(&raw).write(), text);
        assert_eq!(Tree::of(&"ı").field(), "ı");
        assert_eq!(Tree::null().field(), "");
        assert!(Tree::of(&None::<()>).is_null());
    }
}
