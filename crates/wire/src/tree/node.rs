//! One value of a document, and what is below it.

use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;

#[cfg(feature = "json")]
use serde::ser::{Serialize, SerializeMap, Serializer};

#[cfg(any(feature = "json", feature = "soap"))]
use super::path::Step;
use kervan_core::error::Reason;

/// The deepest nesting that is read. Answers of providers nest five levels or so.
pub const MAX_DEPTH: usize = 32;

/// One value, with the text it was read from.
pub(crate) struct Node<'a> {
    /// The text; `None` of a value that was made.
    pub(crate) raw: Option<&'a str>,
    pub(crate) value: Kind<'a>,
}

impl fmt::Debug for Node<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Node({} bytes)", self.written().len())
    }
}

impl<'a> Node<'a> {
    /// Returns the text that the value was read from; empty of a value that was made.
    pub(crate) fn written(&self) -> &'a str {
        self.raw.unwrap_or_default()
    }

    /// Returns the same text, or the JSON that a made value would be.
    pub(crate) fn shown(&self) -> Cow<'a, str> {
        match self.raw {
            Some(raw) => Cow::Borrowed(raw),
            #[cfg(feature = "json")]
            None => Cow::Owned(to_json(self)),
            #[cfg(not(feature = "json"))]
            None => Cow::Borrowed(""),
        }
    }

    /// Returns the value itself, which is read now if it was not before.
    pub(crate) fn open(&self) -> Opened<'_, 'a> {
        match &self.value {
            Kind::Later(later) => Opened::Now(later.read(self.written())),
            value => Opened::Before(value),
        }
    }

    /// Returns the same node with its value read.
    pub(crate) fn opened(self) -> Self {
        match self.value {
            Kind::Later(later) => Self {
                value: later.read(self.written()),
                raw: self.raw,
            },
            _ => self,
        }
    }

    /// Returns the text of the member of this name, as it was written; `None` when this is not an object
    /// with such a member.
    pub(crate) fn member(&self, key: &str, any_case: bool) -> Option<&'a str> {
        let is_key = |name: &str| name == key || any_case && name.eq_ignore_ascii_case(key);
        match &*self.open() {
            Kind::Object(entries) => entries
                .iter()
                .find(|(name, _)| is_key(name))
                .map(|(_, node)| node.written()),
            _ => None,
        }
    }
}

/// Visits the texts in a value with their paths, as far as they are read at all.
#[cfg(any(feature = "json", feature = "soap"))]
pub(super) fn each_text(
    node: &Node<'_>,
    steps: &mut Vec<Step<'_>>,
    visit: &mut impl FnMut(&[Step<'_>], &str),
) {
    match &*node.open() {
        Kind::Text(text) => visit(steps, text),
        Kind::List(items) => {
            for (index, item) in items.iter().enumerate() {
                steps.push(Step::Item(index));
                each_text(item, steps, visit);
                steps.pop();
            }
        }
        Kind::Object(entries) => {
            for (name, node) in entries {
                steps.push(Step::Field(Cow::Owned(name.clone().into_owned())));
                each_text(node, steps, visit);
                steps.pop();
            }
        }
        _ => {}
    }
}

/// A value of the tree, or one that was read from its text just now.
pub(crate) enum Opened<'n, 'a> {
    Before(&'n Kind<'a>),
    Now(Kind<'a>),
}

impl<'a> Deref for Opened<'_, 'a> {
    type Target = Kind<'a>;

    fn deref(&self) -> &Kind<'a> {
        match self {
            Self::Before(value) => value,
            Self::Now(value) => value,
        }
    }
}

#[cfg(feature = "soap")]
impl<'a> Node<'a> {
    /// Makes a list of this and one more.
    pub(crate) fn append(&mut self, more: Node<'a>) {
        if let Kind::List(items) = &mut self.value {
            items.push(more);
        } else {
            let first = std::mem::replace(
                self,
                Node {
                    raw: Some(""),
                    value: Kind::Null,
                },
            );
            *self = Node {
                raw: first.raw,
                value: Kind::List(vec![first, more]),
            };
        }
    }
}

#[cfg_attr(
    not(feature = "json"),
    expect(dead_code, reason = "XML knows texts only")
)]
pub(crate) enum Kind<'a> {
    Null,
    Bool(bool),
    Number,
    Text(Cow<'a, str>),
    List(Vec<Node<'a>>),
    Object(Vec<(Cow<'a, str>, Node<'a>)>),
    /// Not parsed yet. A value that no type reads is never parsed: it costs nothing and cannot be wrong.
    Later(Later),
    /// An element without a text that says something in attributes, or a column that holds elements.
    /// As a text it is empty; it is not an empty list or an empty object.
    #[cfg(feature = "soap")]
    Markup(&'a str),
    /// Has no form here, which matters only to a type that reads it.
    Opaque(Reason),
}

/// How to read a value from its text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Later {
    pub(crate) reader: for<'t> fn(&'t str, usize) -> Kind<'t>,
    /// How many levels may be nested in the value.
    pub(crate) depth_left: usize,
}

impl Later {
    fn read(self, raw: &str) -> Kind<'_> {
        (self.reader)(raw, self.depth_left)
    }
}

/// Writes a made value as JSON, for a drift.
#[cfg(feature = "json")]
fn to_json(node: &Node<'_>) -> String {
    serde_json::to_string(node).unwrap_or_default()
}

#[cfg(feature = "json")]
impl Serialize for Node<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.value {
            Kind::Bool(flag) => serializer.serialize_bool(*flag),
            Kind::Text(text) => serializer.serialize_str(text),
            Kind::List(items) => serializer.collect_seq(items),
            Kind::Object(members) => {
                let mut map = serializer.serialize_map(Some(members.len()))?;
                for (name, value) in members {
                    map.serialize_entry(name, value)?;
                }
                map.end()
            }
            // A made value is one of the others.
            _ => serializer.serialize_unit(),
        }
    }
}
