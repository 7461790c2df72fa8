//! Reads JSON text into a tree, every number as its digits.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::error::Category;
use serde_json::value::RawValue;

use crate::error::{Reason, Unreadable};
use crate::tree::{MAX_DEPTH, Node, Value};

/// Reads a whole document. Each level is read from the raw text of the one above, so that numbers
/// keep their digits; [`MAX_DEPTH`] bounds the cost.
pub(super) fn document(text: &str) -> Result<Node<'_>, Unreadable> {
    let raw: &RawValue = serde_json::from_str(text).map_err(|e| malformed(&e))?;
    node(raw.get(), MAX_DEPTH)
}

fn node(raw: &str, depth_left: usize) -> Result<Node<'_>, Unreadable> {
    let value = match raw.as_bytes().first() {
        Some(b'n') => Value::Null,
        Some(b't' | b'f') => Value::Bool(raw == "true"),
        Some(b'"') => Value::Text(from_str::<Text<'_>>(raw)?.0),
        Some(b'[' | b'{') if depth_left == 0 => {
            return Err(Unreadable::whole(Reason::TooDeep));
        }
        Some(b'[') => {
            let items: Vec<&RawValue> = from_str(raw)?;
            let items = items
                .into_iter()
                .map(|item| node(item.get(), depth_left - 1));
            Value::List(items.collect::<Result<_, _>>()?)
        }
        Some(b'{') => {
            let Entries(entries) = from_str(raw)?;
            let entries = entries
                .into_iter()
                .map(|(name, item)| Ok((name, node(item.get(), depth_left - 1)?)));
            Value::Object(entries.collect::<Result<_, _>>()?)
        }
        _ => Value::Number,
    };
    Ok(Node { raw, value })
}

fn from_str<'a, T: Deserialize<'a>>(raw: &'a str) -> Result<T, Unreadable> {
    serde_json::from_str(raw).map_err(|error| malformed(&error))
}

/// The error's own text is dropped: it may quote the answer.
fn malformed(error: &serde_json::Error) -> Unreadable {
    Unreadable::whole(match error.classify() {
        Category::Eof => Reason::CutOff,
        Category::Io | Category::Syntax | Category::Data => Reason::Malformed,
    })
}

/// A string that is borrowed where it holds no escapes.
struct Text<'a>(Cow<'a, str>);

impl<'de> Deserialize<'de> for Text<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Take;
        impl<'de> Visitor<'de> for Take {
            type Value = Text<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a string")
            }

            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
                Ok(Text(Cow::Borrowed(text)))
            }

            fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
                Ok(Text(Cow::Owned(text.to_owned())))
            }
        }
        deserializer.deserialize_str(Take)
    }
}

/// The members of an object in their order, doubles included.
struct Entries<'a>(Vec<(Cow<'a, str>, &'a RawValue)>);

impl<'de> Deserialize<'de> for Entries<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Take;
        impl<'de> Visitor<'de> for Take {
            type Value = Entries<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut entries = Vec::new();
                while let Some((Text(name), item)) = map.next_entry()? {
                    entries.push((name, item));
                }
                Ok(Entries(entries))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, _seq: A) -> Result<Self::Value, A::Error> {
                Err(serde::de::Error::custom("an object"))
            }
        }
        deserializer.deserialize_map(Take)
    }
}
