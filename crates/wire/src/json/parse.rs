//! Reads JSON text into a tree, every number as its digits.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::error::Category;
use serde_json::value::RawValue;

use crate::tree::{Kind, Later, MAX_DEPTH, Node};
use kervan_core::error::{Reason, Unreadable};

/// Checks the grammar of a whole document and reads its outermost level. The levels below are read
/// from their raw text when a type asks for them, so that numbers keep their digits and what nobody
/// reads costs nothing; [`MAX_DEPTH`] bounds the rest.
pub(super) fn document(text: &str) -> Result<Node<'_>, Unreadable> {
    let raw: &RawValue = serde_json::from_str(text).map_err(|e| malformed(&e))?;
    Ok(node(raw.get(), MAX_DEPTH).opened())
}

fn node(raw: &str, depth_left: usize) -> Node<'_> {
    let value = match raw.as_bytes().first() {
        Some(b'n') => Kind::Null,
        Some(b't' | b'f') => Kind::Bool(raw == "true"),
        Some(b'"' | b'[' | b'{') => Kind::Later(Later {
            reader: value,
            depth_left,
        }),
        _ => Kind::Number,
    };
    Node {
        raw: Some(raw),
        value,
    }
}

/// Reads one level of a value whose grammar was checked.
fn value(raw: &str, depth_left: usize) -> Kind<'_> {
    let read = match (raw.as_bytes().first(), depth_left.checked_sub(1)) {
        (Some(b'[' | b'{'), None) => return Kind::Opaque(Reason::TooDeep),
        (Some(b'['), Some(depth_left)) => from_str(raw, List { depth_left }),
        (Some(b'{'), Some(depth_left)) => from_str(raw, Object { depth_left }),
        _ => from_str(raw, Text),
    };
    // Half of a surrogate pair is good grammar, but no text.
    read.unwrap_or(Kind::Opaque(Reason::Malformed))
}

fn from_str<'a, S: DeserializeSeed<'a>>(raw: &'a str, seed: S) -> serde_json::Result<S::Value> {
    seed.deserialize(&mut serde_json::Deserializer::from_str(raw))
}

/// The error's own text is dropped: it may quote the answer.
fn malformed(error: &serde_json::Error) -> Unreadable {
    Unreadable::whole(match error.classify() {
        Category::Eof => Reason::CutOff,
        Category::Io | Category::Syntax | Category::Data => Reason::Malformed,
    })
}

/// A string that is borrowed where it holds no escapes.
struct Text;

impl<'de> DeserializeSeed<'de> for Text {
    type Value = Kind<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Kind<'de>, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Text {
    type Value = Kind<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Kind<'de>, E> {
        Ok(Kind::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Kind<'de>, E> {
        Ok(Kind::Text(Cow::Owned(text.to_owned())))
    }
}

/// The items of a list.
struct List {
    depth_left: usize,
}

impl<'de> DeserializeSeed<'de> for List {
    type Value = Kind<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Kind<'de>, D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for List {
    type Value = Kind<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Kind<'de>, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element::<&RawValue>()? {
            items.push(node(item.get(), self.depth_left));
        }
        Ok(Kind::List(items))
    }
}

/// The members of an object in their order, doubles included.
struct Object {
    depth_left: usize,
}

impl<'de> DeserializeSeed<'de> for Object {
    type Value = Kind<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Kind<'de>, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Object {
    type Value = Kind<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Kind<'de>, A::Error> {
        let mut entries = Vec::new();
        while let Some((Name(name), item)) = map.next_entry::<_, &RawValue>()? {
            entries.push((name, node(item.get(), self.depth_left)));
        }
        Ok(Kind::Object(entries))
    }
}

/// The name of a member. Half of a surrogate pair in it is replaced: the name of a field that
/// nobody reads must not hide the others.
struct Name<'a>(Cow<'a, str>);

impl<'de> Deserialize<'de> for Name<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Take;
        impl<'de> Visitor<'de> for Take {
            type Value = Name<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a name")
            }

            fn visit_borrowed_bytes<E>(self, name: &'de [u8]) -> Result<Self::Value, E> {
                Ok(Name(String::from_utf8_lossy(name)))
            }

            fn visit_bytes<E>(self, name: &[u8]) -> Result<Self::Value, E> {
                Ok(Name(Cow::Owned(String::from_utf8_lossy(name).into_owned())))
            }
        }
        deserializer.deserialize_bytes(Take)
    }
}
