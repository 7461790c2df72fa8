//! Values as they travel, in a form or in JSON.

use std::borrow::Cow;

use kervan_core::EncodeError;
use kervan_turkiye::line::sent;
use kervan_wire::json;
use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::settings::quirks::ListForm;

/// A value as it travels.
#[derive(Clone, Default)]
pub(crate) enum WireValue<'a> {
    /// Optional, and absent.
    #[default]
    Nothing,
    /// A text to the letter.
    Text(Cow<'a, str>),
    Number(i64),
    Flag(bool),
    Texts(Vec<Cow<'a, str>>),
    /// Digits: numbers in JSON. Anything but a number stays a text.
    Numbers(Vec<Cow<'a, str>>),
    Objects(Vec<Vec<(&'static str, WireValue<'a>)>>),
}

impl<'a> WireValue<'a> {
    /// Creates a text of one line, as it is sent: a blank for a line end, letters composed. All texts
    /// that people may have typed are written by this function.
    pub(crate) fn line(text: &'a str) -> Self {
        Self::Text(sent(text))
    }

    /// Creates a list of texts of one line; an empty list is not sent.
    pub(crate) fn texts(texts: impl Iterator<Item = &'a str>) -> Self {
        let texts: Vec<_> = texts.map(sent).collect();
        if texts.is_empty() {
            Self::Nothing
        } else {
            Self::Texts(texts)
        }
    }

    /// Creates a list of numbers, as their digits; an empty one is not sent.
    pub(crate) fn numbers(texts: impl Iterator<Item = &'a str>) -> Self {
        match Self::texts(texts) {
            Self::Texts(texts) => Self::Numbers(texts),
            other => other,
        }
    }

    pub(crate) fn is_nothing(&self) -> bool {
        matches!(self, Self::Nothing)
    }

    /// Returns the text that a signature takes. A list counts as empty.
    pub(crate) fn to_sign(&self) -> Cow<'_, str> {
        match self {
            Self::Text(text) => Cow::Borrowed(text),
            Self::Number(number) => Cow::Owned(number.to_string()),
            Self::Flag(flag) => Cow::Owned(flag.to_string()),
            _ => Cow::Borrowed(""),
        }
    }
}

impl Serialize for WireValue<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Nothing => serializer.serialize_unit(),
            Self::Text(text) => serializer.serialize_str(text),
            Self::Number(number) => serializer.serialize_i64(*number),
            Self::Flag(flag) => serializer.serialize_bool(*flag),
            Self::Texts(texts) => serializer.collect_seq(texts),
            Self::Numbers(texts) => serializer.collect_seq(texts.iter().map(|text| {
                let number = text.parse().map(WireValue::Number);
                number.unwrap_or_else(|_| WireValue::Text(Cow::Borrowed(text)))
            })),
            Self::Objects(items) => serializer.collect_seq(items.iter().map(|item| Members(item))),
        }
    }
}

/// An object's members in their order.
pub(crate) struct Members<'m, 'a, N>(pub(crate) &'m [(N, WireValue<'a>)]);

impl<N: AsRef<str>> Serialize for Members<'_, '_, N> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (name, value) in self.0.iter().filter(|(_, value)| !value.is_nothing()) {
            map.serialize_entry(name.as_ref(), value)?;
        }
        map.end()
    }
}

/// Adds the pairs of a form's field.
pub(crate) fn flatten(
    name: &str,
    value: &WireValue<'_>,
    lists: ListForm,
    pairs: &mut Vec<(String, String)>,
) -> Result<(), EncodeError> {
    let mut push = |name: String, text: String| pairs.push((name, text));
    match (value, lists) {
        (WireValue::Nothing, _) => {}
        (WireValue::Text(text), _) => push(name.to_owned(), text.clone().into_owned()),
        (WireValue::Number(number), _) => push(name.to_owned(), number.to_string()),
        (WireValue::Flag(flag), _) => push(name.to_owned(), flag.to_string()),
        (WireValue::Texts(texts) | WireValue::Numbers(texts), ListForm::Indexed) => {
            for (index, text) in texts.iter().enumerate() {
                push(format!("{name}[{index}]"), text.clone().into_owned());
            }
        }
        (WireValue::Texts(texts) | WireValue::Numbers(texts), ListForm::Repeated) => {
            for text in texts {
                push(name.to_owned(), text.clone().into_owned());
            }
        }
        (WireValue::Objects(items), ListForm::Indexed) => {
            for (index, item) in items.iter().enumerate() {
                for (member, value) in item {
                    flatten(&format!("{name}[{index}].{member}"), value, lists, pairs)?;
                }
            }
        }
        (WireValue::Texts(_) | WireValue::Numbers(_), ListForm::Json)
        | (WireValue::Objects(_), _) => {
            push(name.to_owned(), json_text(value)?);
        }
    }
    Ok(())
}

/// Writes a value as JSON text.
pub(crate) fn json_text(value: &impl Serialize) -> Result<String, EncodeError> {
    String::from_utf8(json::encode(value)?).map_err(|_| EncodeError::Value("body"))
}
