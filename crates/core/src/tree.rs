//! A document as a tree of values, and serde types filled from it.
//!
//! JSON and XML are read into the same tree, so both are read leniently in form and strictly in
//! meaning, with the path of what is wrong and a note of what differs from its documentation.

mod document;
mod drift;
mod reader;

use std::borrow::Cow;

pub use self::document::Document;
pub use self::drift::{Drift, Unread};
use self::reader::read;

/// The deepest nesting that is read. Answers of providers nest five levels or so.
pub const MAX_DEPTH: usize = 32;

/// One value, with the text it was read from.
#[derive(Debug)]
pub(crate) struct Node<'a> {
    pub(crate) raw: &'a str,
    pub(crate) value: Value<'a>,
}

impl Node<'_> {
    /// Whether this is an object with such a member.
    pub(crate) fn has(&self, key: &str) -> bool {
        matches!(&self.value, Value::Object(entries) if entries.iter().any(|(name, _)| name == key))
    }
}

#[cfg(feature = "soap")]
impl<'a> Node<'a> {
    /// Makes a list of this and one more.
    pub(crate) fn append(&mut self, more: Node<'a>) {
        if let Value::List(items) = &mut self.value {
            items.push(more);
        } else {
            let first = std::mem::replace(
                self,
                Node {
                    raw: "",
                    value: Value::Null,
                },
            );
            *self = Node {
                raw: first.raw,
                value: Value::List(vec![first, more]),
            };
        }
    }
}

#[derive(Debug)]
#[cfg_attr(
    not(feature = "json"),
    expect(dead_code, reason = "XML knows texts only")
)]
pub(crate) enum Value<'a> {
    Null,
    Bool(bool),
    Number,
    Text(Cow<'a, str>),
    List(Vec<Node<'a>>),
    Object(Vec<(Cow<'a, str>, Node<'a>)>),
}
