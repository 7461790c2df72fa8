//! A value of unknown form. Numbers are kept as their digits.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;

use kervan_core::error::Unreadable;
use kervan_core::tree::Made;
use kervan_core::{Drift, Form, Reason, json};
use serde::de::{Deserialize, DeserializeOwned, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, Serializer};

use super::names::canonical;

/// A value. Names of members are in their documented spelling, whatever case they came in.
#[derive(Clone, Default, PartialEq)]
pub(crate) enum Value {
    #[default]
    Null,
    Flag(bool),
    /// A text, or the digits of a number.
    Text(String),
    List(Vec<Value>),
    /// Members in the order received, doubles included.
    Object(Vec<(String, Value)>),
}

/// Reads nothing, from an object only.
#[derive(serde::Deserialize)]
struct AnyObject {}

impl Value {
    /// Reads JSON text that holds an object.
    pub(crate) fn parse_object(text: &str) -> Result<Self, Unreadable> {
        let text = json::repaired(text);
        let text = plain_numbers(&text);
        let document = json::parse(&text)?;
        document.glance::<AnyObject>()?;
        document.glance()
    }

    /// The value that a text holds as JSON, where it looks like an object or a list; else itself.
    /// Text in a text is looked into once for each call, so no depth adds up.
    pub(crate) fn opened(self) -> Self {
        let inner = match &self {
            Self::Text(text) if text.trim_start().starts_with(['{', '[']) => {
                let text = json::repaired(text);
                let text = plain_numbers(&text);
                let document = json::parse(&text);
                document.and_then(|document| document.glance()).ok()
            }
            _ => None,
        };
        inner.unwrap_or(self).keyed()
    }

    /// A list of keys and values, as some serialisers write a dictionary, as the object it means.
    /// Members beside the two, and entries that have no key, are additions: they keep their place in
    /// the list as their name.
    fn keyed(self) -> Self {
        let Self::List(items) = self else {
            return self;
        };
        let key = |item: &Self| match item.get("Key") {
            Some(Self::Text(key)) if item.get("Value").is_some() => Some(key.clone()),
            _ => None,
        };
        if !items.iter().any(|item| key(item).is_some()) {
            return Self::List(items);
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
        Self::Object(members)
    }

    /// Takes a member out of an object; `Null` for an absent one.
    ///
    /// # Errors
    ///
    /// [`Reason::Twice`] for a duplicate.
    pub(crate) fn take(&mut self, name: &'static str) -> Result<Self, Unreadable> {
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

    /// A member of an object.
    pub(crate) fn get(&self, name: &str) -> Option<&Self> {
        match self {
            Self::Object(members) => members.iter().find(|(own, _)| own == name).map(|(_, v)| v),
            _ => None,
        }
    }

    /// Puts a member into an object; of anything else it makes an object.
    pub(crate) fn put(&mut self, name: &str, value: Self) {
        match self {
            Self::Object(members) => members.push((name.to_owned(), value)),
            _ => *self = Self::Object(vec![(name.to_owned(), value)]),
        }
    }

    /// A text that is not blank.
    pub(crate) fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) if !kervan_core::text::is_blank(text) => Some(text),
            _ => None,
        }
    }

    /// Whether a member of that name, at any depth, has another text.
    pub(crate) fn has_other(&self, name: &str, own: &str) -> bool {
        match self {
            Self::List(items) => items.iter().any(|item| item.has_other(name, own)),
            Self::Object(members) => members.iter().any(|(member, value)| {
                let is_same =
                    value.is_nothing() || value.as_text().map(str::trim) == Some(own.trim());
                member == name && !is_same || value.has_other(name, own)
            }),
            _ => false,
        }
    }

    /// Whether it is empty: `null`, a blank text, an empty list or object.
    pub(crate) fn is_nothing(&self) -> bool {
        match self {
            Self::Null => true,
            Self::Flag(_) => false,
            Self::Text(text) => kervan_core::text::is_blank(text),
            Self::List(items) => items.is_empty(),
            Self::Object(members) => members.is_empty(),
        }
    }

    /// The same without members that hold nothing, so that an empty field is an absent one. One that
    /// has a duplicate stays, even when it is empty.
    pub(crate) fn pruned(self) -> Self {
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
                            && !matches!(value, Self::Text(text) if kervan_core::text::is_blank(text))
                });
                Self::Object(kept.map(|(name, value)| (name, value.pruned())).collect())
            }
            other => other,
        }
    }

    /// The value as JSON text. Numbers are texts in it.
    pub(crate) fn to_json(&self) -> Result<String, Unreadable> {
        let malformed = || Unreadable::whole(Reason::Malformed);
        let bytes = json::encode(self).map_err(|_| malformed())?;
        String::from_utf8(bytes).map_err(|_| malformed())
    }

    /// The same for the core's reader.
    fn made(self) -> Made {
        match self {
            Self::Null => Made::Nothing,
            Self::Flag(flag) => Made::Flag(flag),
            Self::Text(text) => Made::Text(text),
            Self::List(items) => Made::List(items.into_iter().map(Self::made).collect()),
            Self::Object(members) => {
                let members = members.into_iter();
                Made::Object(members.map(|(name, value)| (name, value.made())).collect())
            }
        }
    }

    /// Fills a type, and notes what differs from it.
    pub(crate) fn read<T: DeserializeOwned>(self) -> Result<(T, Drift), Unreadable> {
        let mut tolerated = Drift::default();
        self.note_forms("", &mut tolerated);
        let (value, mut drift) = self.pruned().made().read()?;
        drift.extend(tolerated);
        Ok((value, drift))
    }

    /// Notes the texts in a value that are read although their form is another one: damaged letters,
    /// control characters, whitespace around numbers and codes.
    pub(crate) fn note_forms(&self, path: &str, drift: &mut Drift) {
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
                    let path = [path, dot, name].concat();
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

/// JSON text whose numbers have no zeros beyond two decimals. A number's point is its decimal sign,
/// a text's may be another: `530.500` as a number is 530.50, as a text it could be either.
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

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Value, A::Error> {
                let mut items = Vec::new();
                while let Some(item) = seq.next_element()? {
                    items.push(item);
                }
                Ok(Value::List(items))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
                let mut members = Vec::new();
                while let Some((name, value)) = map.next_entry::<String, Value>()? {
                    members.push((canonical(&name).to_owned(), value));
                }
                Ok(Value::Object(members))
            }
        }
        deserializer.deserialize_any(Any)
    }
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
        assert_eq!(opened.to_json().unwrap(), json);
    }

    #[test]
    fn r5_r7_a_text_in_another_form_is_read_and_noted() {
        let text = "{\"message\": \" RS100 \", \"Data\": \"[{\\\"Ad\\\": \\\"a\tb\\\", \\\"x\\\": \\\"\u{fffd}\\\"}]\"}";
        let mut value = Value::parse_object(text).unwrap();
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
        let mut value = Value::parse_object(r#"{"Success": true, "SUCCESS": false}"#).unwrap();
        assert_eq!(value.take("Success").unwrap_err().reason(), &Reason::Twice);
    }
}
