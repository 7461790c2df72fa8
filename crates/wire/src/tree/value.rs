//! A value of unknown shape, owned: one that an answer held, or one that a program made.

#[cfg(feature = "json")]
use std::borrow::Cow;
use std::fmt;

#[cfg(feature = "json")]
use serde::de::DeserializeOwned;
use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor};
use serde::ser::{SerializeMap, Serializer};
use serde::{Deserialize, Serialize};

#[cfg(feature = "json")]
use super::node::{Kind, Node};
#[cfg(feature = "json")]
use super::notes::Notes;
#[cfg(feature = "json")]
use super::reader::{self, Place};
#[cfg(feature = "json")]
use kervan_core::drift::Drift;
#[cfg(feature = "json")]
use kervan_core::error::Unreadable;
#[cfg(feature = "json")]
use kervan_core::secret::Scrub;

/// A value of unknown shape. It does not print itself.
///
/// [`Document::read`](super::Document::read) fills it from any part of an answer. Numbers keep their
/// digits, and an object keeps the order of its members and its duplicates.
#[derive(Clone, Default, PartialEq)]
#[expect(
    clippy::exhaustive_enums,
    reason = "the kinds of values in JSON and XML"
)]
pub enum Value {
    /// No value, as `null` or an empty element that says so.
    #[default]
    Null,
    /// True or false.
    Flag(bool),
    /// A text, or the digits of a number.
    Text(String),
    /// Values in their order.
    List(Vec<Value>),
    /// Members in their order, with duplicates.
    Object(Vec<(String, Value)>),
}

impl Value {
    /// Fills a type, as [`Document::read`](super::Document::read) does from the same value in JSON. Names
    /// of fields are read in any letter case.
    ///
    /// # Errors
    ///
    /// [`Unreadable`] with the path of the field.
    #[cfg(feature = "json")]
    pub fn read<T: DeserializeOwned>(self) -> Result<(T, Drift), Unreadable> {
        self.fill(None)
    }

    /// Fills a type as [`read`](Value::read) does, with what may not be repeated hidden in every
    /// [`ForeignText`](kervan_core::ForeignText) and in the drift.
    ///
    /// # Errors
    ///
    /// Those of [`read`](Value::read).
    #[cfg(feature = "json")]
    pub fn read_scrubbed<T: DeserializeOwned>(
        self,
        scrub: &dyn Scrub,
    ) -> Result<(T, Drift), Unreadable> {
        let (value, mut drift) = self.fill(Some(scrub))?;
        drift.scrub(|text| scrub.scrub(text));
        Ok((value, drift))
    }

    #[cfg(feature = "json")]
    fn fill<T: DeserializeOwned>(
        self,
        scrub: Option<&dyn Scrub>,
    ) -> Result<(T, Drift), Unreadable> {
        let place = Place {
            envelope: None,
            row: None,
            any_case: true,
            scrub,
            read_before: &[],
        };
        let mut notes = Notes::default();
        let value = reader::read(&self.into_node(), place, &mut notes)?;
        Ok((value, notes.finish()))
    }

    /// Returns the value as JSON text. Numbers are texts in it, because a value keeps their digits only.
    #[cfg(feature = "json")]
    pub fn to_json(&self) -> String {
        // Names of members are texts, so every value has a form in JSON.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Returns the text of a value that is one and is not blank.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) if !text.trim().is_empty() => Some(text),
            _ => None,
        }
    }

    /// Returns the first member of this name, of an object that has one.
    pub fn get(&self, name: &str) -> Option<&Self> {
        match self {
            Self::Object(members) => members.iter().find(|(own, _)| own == name).map(|(_, v)| v),
            _ => None,
        }
    }

    #[cfg(feature = "json")]
    fn into_node(self) -> Node<'static> {
        let value = match self {
            Self::Null => Kind::Null,
            Self::Flag(flag) => Kind::Bool(flag),
            Self::Text(text) => Kind::Text(Cow::Owned(text)),
            Self::List(items) => Kind::List(items.into_iter().map(Self::into_node).collect()),
            Self::Object(members) => {
                let members = members.into_iter();
                let members = members.map(|(name, value)| (Cow::Owned(name), value.into_node()));
                Kind::Object(members.collect())
            }
        };
        Node { raw: None, value }
    }
}

impl fmt::Debug for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(kervan_core::secret::REDACTED)
    }
}

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Flag(flag) => serializer.serialize_bool(*flag),
            Self::Text(text) => serializer.serialize_str(text),
            Self::List(items) => serializer.collect_seq(items),
            Self::Object(members) => {
                let mut map = serializer.serialize_map(Some(members.len()))?;
                for (name, value) in members {
                    map.serialize_entry(name, value)?;
                }
                map.end()
            }
        }
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Any;
        impl<'de> Visitor<'de> for Any {
            type Value = Value;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a value")
            }

            fn visit_unit<E>(self) -> Result<Value, E> {
                Ok(Value::Null)
            }

            fn visit_bool<E>(self, flag: bool) -> Result<Value, E> {
                Ok(Value::Flag(flag))
            }

            fn visit_str<E>(self, text: &str) -> Result<Value, E> {
                Ok(Value::Text(text.to_owned()))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
                let mut list = Vec::new();
                while let Some(item) = items.next_element()? {
                    list.push(item);
                }
                Ok(Value::List(list))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
                let mut object = Vec::new();
                while let Some(member) = members.next_entry()? {
                    object.push(member);
                }
                Ok(Value::Object(object))
            }
        }
        deserializer.deserialize_any(Any)
    }
}

#[cfg(all(test, feature = "json"))]
mod tests {
    use serde::Deserialize;

    use super::*;
    use crate::json;
    use crate::tree::{Optional, ReadableRows};
    use kervan_core::error::Reason;

    #[derive(Debug, Deserialize, PartialEq)]
    struct Answer {
        #[serde(rename = "Kod")]
        code: String,
        #[serde(rename = "Adet")]
        count: Option<u32>,
        #[serde(rename = "Gun")]
        day: Option<Optional<u8>>,
        #[serde(rename = "Satir", default)]
        rows: ReadableRows<Row>,
    }

    #[derive(Debug, Deserialize, PartialEq)]
    struct Row {
        #[serde(rename = "Ad")]
        name: String,
    }

    fn value_of(value: &serde_json::Value) -> Value {
        match value {
            serde_json::Value::Null => Value::Null,
            serde_json::Value::Bool(flag) => Value::Flag(*flag),
            serde_json::Value::Number(number) => Value::Text(number.to_string()),
            serde_json::Value::String(text) => Value::Text(text.clone()),
            serde_json::Value::Array(items) => Value::List(items.iter().map(value_of).collect()),
            serde_json::Value::Object(members) => {
                let members = members.iter();
                Value::Object(
                    members
                        .map(|(name, value)| (name.clone(), value_of(value)))
                        .collect(),
                )
            }
        }
    }

    #[test]
    fn reads_as_the_same_value_in_json() {
        for text in [
            r#"{"Kod":"1","Adet":"7","Satir":[{"Ad":"a"},{"Ad":"b","Yeni":{"x":["ş\t"]}}]}"#,
            r#"{"kod":"1","Adet":"7","KOD":"","Satir":{"Ad":"a"}}"#,
            r#"{"Kod":"1","Gun":"yarın","Satir":[{"Ad":"a"},null,{"Ad":["1"]},"x"],"y":false}"#,
            r#"{"Kod":"1","Satir":[{"Ad":"a"},{"Ad":null}]}"#,
            r#"{"Kod":"1","Adet":"gizli"}"#,
            r#"{"Kod":{"gizli":"1"}}"#,
            r#"{"Kod":"1","KOD":"2"}"#,
            r#"{"Kod":"1","Satir":["x"]}"#,
            r#"{"Adet":"1"}"#,
            r#"["1"]"#,
        ] {
            let value: serde_json::Value = serde_json::from_str(text).unwrap();
            // In the order of the value's own members.
            let text = value.to_string();
            let of_text = json::parse(&text).unwrap().read::<Answer>();
            assert_eq!(value_of(&value).read::<Answer>(), of_text, "{text}");
        }
    }

    #[test]
    fn a_member_that_is_there_twice_is_not_read() {
        let member = || ("Kod".to_owned(), Value::Text("1".to_owned()));
        let error = Value::Object(vec![member(), member()]).read::<Answer>();
        assert_eq!(error, Err(Unreadable::at("Kod", Reason::Twice)));
    }

    #[test]
    fn hides_what_may_not_be_repeated_in_foreign_texts_and_in_the_drift() {
        struct Key;
        impl Scrub for Key {
            fn scrub(&self, text: &str) -> String {
                text.replace("gizli", kervan_core::secret::REDACTED)
            }
        }
        #[derive(Deserialize)]
        struct Answer {
            #[serde(rename = "Kod")]
            code: String,
            #[serde(rename = "Mesaj")]
            message: kervan_core::ForeignText,
        }
        let text = |text: &str| Value::Text(text.to_owned());
        let members = [("Kod", "gizli"), ("Mesaj", "x gizli"), ("Yeni", "gizli")];
        let members = members.map(|(name, value)| (name.to_owned(), text(value)));
        let value = Value::Object(members.to_vec());
        assert_eq!(
            value.to_json(),
            r#"{"Kod":"gizli","Mesaj":"x gizli","Yeni":"gizli"}"#
        );
        let (answer, drift) = value.read_scrubbed::<Answer>(&Key).unwrap();
        assert_eq!(answer.code, "gizli");
        assert_eq!(answer.message.as_str(), "x [redacted]");
        assert_eq!(drift.unread[0].value.as_str(), r#""[redacted]""#);
    }

    #[test]
    fn does_not_print_itself() {
        let text = Value::Text("gizli".to_owned());
        assert!(!format!("{text:?}").contains("gizli"));
    }
}
