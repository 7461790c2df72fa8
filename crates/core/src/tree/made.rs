//! A value that a program made itself, read into a type without a text in between.

use std::borrow::Cow;

use serde::de::DeserializeOwned;

use super::node::{Node, Value};
use super::notes::Notes;
use super::reader::{self, Place};
use crate::drift::Drift;
use crate::error::Unreadable;

/// A value that a program made itself, for example of the fields of a form. It is read as the same value
/// in JSON would be, with the same paths and the same drift. It does not print itself.
#[derive(Clone, PartialEq)]
#[expect(clippy::exhaustive_enums, reason = "the kinds of values in JSON")]
pub enum Made {
    /// No value, as `null`.
    Nothing,
    /// Yes or no.
    Flag(bool),
    /// A text, or the digits of a number.
    Text(String),
    /// Values in their order.
    List(Vec<Made>),
    /// Members in their order, with duplicates.
    Object(Vec<(String, Made)>),
}

impl Made {
    /// Fills a type. Names of fields are read in any letter case.
    ///
    /// # Errors
    ///
    /// [`Unreadable`] with the path of the field.
    pub fn read<T: DeserializeOwned>(self) -> Result<(T, Drift), Unreadable> {
        let place = Place {
            envelope: None,
            row: None,
            any_case: true,
        };
        let mut notes = Notes::default();
        let value = reader::read(&self.into_node(), place, &mut notes)?;
        Ok((value, notes.finish()))
    }

    fn into_node(self) -> Node<'static> {
        let value = match self {
            Self::Nothing => Value::Null,
            Self::Flag(flag) => Value::Bool(flag),
            Self::Text(text) => Value::Text(Cow::Owned(text)),
            Self::List(items) => Value::List(items.into_iter().map(Self::into_node).collect()),
            Self::Object(members) => {
                let members = members.into_iter();
                let members = members.map(|(name, value)| (Cow::Owned(name), value.into_node()));
                Value::Object(members.collect())
            }
        };
        Node { raw: None, value }
    }
}

impl std::fmt::Debug for Made {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(crate::secret::REDACTED)
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;
    use crate::error::Reason;
    use crate::json;
    use crate::tree::{Optional, ReadableRows};

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

    fn made(value: &serde_json::Value) -> Made {
        match value {
            serde_json::Value::Null => Made::Nothing,
            serde_json::Value::Bool(flag) => Made::Flag(*flag),
            serde_json::Value::Number(number) => Made::Text(number.to_string()),
            serde_json::Value::String(text) => Made::Text(text.clone()),
            serde_json::Value::Array(items) => Made::List(items.iter().map(made).collect()),
            serde_json::Value::Object(members) => {
                let members = members.iter();
                Made::Object(
                    members
                        .map(|(name, value)| (name.clone(), made(value)))
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
            assert_eq!(made(&value).read::<Answer>(), of_text, "{text}");
        }
    }

    #[test]
    fn a_member_that_is_there_twice_is_not_read() {
        let member = || ("Kod".to_owned(), Made::Text("1".to_owned()));
        let error = Made::Object(vec![member(), member()]).read::<Answer>();
        assert_eq!(error, Err(Unreadable::at("Kod", Reason::Twice)));
    }

    #[test]
    fn does_not_print_itself() {
        let text = Made::Text("gizli".to_owned());
        assert!(!format!("{text:?}").contains("gizli"));
    }
}
