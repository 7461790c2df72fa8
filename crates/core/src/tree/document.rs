//! A whole document, narrowed to the part that holds the answer.

use std::borrow::Cow;

use serde::de::DeserializeOwned;

use super::{Drift, Node, Unread, Value, read};
use crate::error::{Reason, Unreadable};

/// A document that has been read once and can be looked at several times.
#[derive(Debug)]
pub struct Document<'a> {
    /// The member of the outermost object that holds the answer, if there is one.
    envelope: Option<Cow<'a, str>>,
    /// The row of the envelope, where that is a table.
    row: Option<usize>,
    node: Node<'a>,
    beside: Vec<Unread>,
    /// What should have been the envelope.
    absent: Option<String>,
}

impl<'a> Document<'a> {
    pub(crate) fn new(node: Node<'a>) -> Self {
        Self {
            envelope: None,
            row: None,
            node,
            beside: Vec::new(),
            absent: None,
        }
    }

    /// A part of an XML document, below the element of this name.
    #[cfg(feature = "soap")]
    pub(crate) fn below(name: &'a str, node: Node<'a>) -> Self {
        Self {
            envelope: Some(Cow::Borrowed(name)),
            ..Self::new(node)
        }
    }

    /// A row of a table.
    #[cfg(feature = "soap")]
    pub(crate) fn row(table: &'a str, row: usize, node: Node<'a>) -> Self {
        Self {
            row: Some(row),
            ..Self::below(table, node)
        }
    }

    /// The value that the document was made of.
    #[cfg(feature = "soap")]
    pub(crate) fn into_value(self) -> Value<'a> {
        self.node.value
    }

    /// Narrows the document to the object that holds `key`: the outermost one, or the only member
    /// of it that is an object with that key. What stands beside it counts as unread.
    ///
    /// `documented` is the member where the object should stand, `None` for the outermost object.
    /// It is read wherever it stands; that it stands elsewhere is noted as drift.
    ///
    /// # Errors
    ///
    /// [`Unreadable`] when no object holds the key, or more than one does.
    pub fn around(self, key: &str, documented: Option<&str>) -> Result<Self, Unreadable> {
        let mut found = if self.node.has(key) {
            self
        } else {
            self.inside(key)?
        };
        if found.envelope.as_deref() != documented {
            found.absent = Some(documented.unwrap_or(key).to_owned());
        }
        Ok(found)
    }

    fn inside(self, key: &str) -> Result<Self, Unreadable> {
        let Value::Object(entries) = self.node.value else {
            return Err(Unreadable::whole(Reason::Unexpected("an object".into())));
        };
        let (mut holders, others): (Vec<_>, Vec<_>) =
            entries.into_iter().partition(|(_, member)| member.has(key));
        let reason = if holders.is_empty() {
            Reason::Missing
        } else {
            Reason::Twice
        };
        match (holders.pop(), holders.is_empty()) {
            (Some((name, node)), true) => Ok(Self {
                envelope: Some(name),
                row: None,
                node,
                beside: others
                    .iter()
                    .map(|(name, node)| Unread::new(name.to_string(), node.raw))
                    .collect(),
                absent: None,
            }),
            _ => Err(Unreadable::at(key, reason)),
        }
    }

    /// Fills a type.
    ///
    /// # Errors
    ///
    /// [`Unreadable`] with the path of the field.
    pub fn read<T: DeserializeOwned>(&self) -> Result<(T, Drift), Unreadable> {
        let (value, mut drift) = read(&self.node, self.envelope.as_deref(), self.row)?;
        drift.unread.extend(self.beside.iter().cloned());
        drift.absent.extend(self.absent.iter().cloned());
        Ok((value, drift))
    }
}
