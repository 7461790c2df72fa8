//! A whole document, narrowed to the part that holds the answer.

use std::borrow::Cow;

use serde::de::DeserializeOwned;

use super::notes::Notes;
use super::path::is_short;
use super::{Drift, Node, Value, reader};
use crate::error::{Reason, Unreadable};

/// A document that has been read once and can be looked at several times.
#[derive(Debug)]
pub struct Document<'a> {
    /// The member of the outermost object that holds the answer, if there is one.
    envelope: Option<Cow<'a, str>>,
    /// The row of the envelope, where that is a table.
    row: Option<usize>,
    node: Node<'a>,
    /// What stands beside the envelope.
    beside: Drift,
    /// What should have been the envelope.
    absent: Option<String>,
}

impl<'a> Document<'a> {
    pub(crate) fn new(node: Node<'a>) -> Self {
        Self {
            envelope: None,
            row: None,
            node,
            beside: Drift::default(),
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

    /// Fills a type as [`read`](Document::read) does, and adds to what was noted before.
    #[cfg(feature = "soap")]
    pub(crate) fn read_noting<T: DeserializeOwned>(
        &self,
        notes: &mut Notes,
    ) -> Result<T, Unreadable> {
        reader::read(&self.node, self.envelope.as_deref(), self.row, notes)
    }

    /// Fills a type with all that stands in the document; what the type does not read is refused.
    #[cfg(feature = "json")]
    pub(crate) fn read_strictly<T: DeserializeOwned>(&self) -> Result<T, Unreadable> {
        reader::read_strictly(&self.node)
    }

    /// The value that the document was made of.
    #[cfg(feature = "soap")]
    pub(crate) fn into_value(self) -> Value<'a> {
        self.node.value
    }

    /// Whether the element holds nothing but whitespace: neither elements nor a text, nor a table.
    #[cfg(feature = "soap")]
    pub fn is_blank(&self) -> bool {
        self.node.raw.trim().is_empty()
    }

    /// The name of the outermost element, of an XML document or answer.
    pub fn name(&self) -> Option<&str> {
        self.envelope.as_deref()
    }

    /// Narrows the document to the object that holds `key`: the outermost one, or the only member
    /// of it that is an object with that key. What stands beside it counts as unread.
    ///
    /// `documented` is the member where the object should stand, `None` for the outermost object.
    /// It is read wherever it stands, under a name of at most 64 characters; that it stands
    /// elsewhere is noted as drift.
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
        let Value::Object(entries) = self.node.opened().value else {
            return Err(Unreadable::whole(Reason::Unexpected("an object".into())));
        };
        let (mut holders, others): (Vec<_>, Vec<_>) =
            entries.into_iter().partition(|(_, member)| member.has(key));
        let reason = if holders.len() > 1 {
            Reason::Twice
        } else {
            Reason::Missing
        };
        match (holders.pop(), holders.is_empty()) {
            (Some((name, node)), true) if is_short(&name) => {
                let mut beside = Notes::default();
                for (name, node) in others {
                    beside.unread(&[], &name, node.raw);
                }
                Ok(Self {
                    envelope: Some(name),
                    row: None,
                    node: node.opened(),
                    beside: beside.finish(),
                    absent: None,
                })
            }
            _ => Err(Unreadable::at(key, reason)),
        }
    }

    /// Fills a type with a part of the document, as to look at a code before the rest. What else
    /// stands in it is not noted.
    ///
    /// # Errors
    ///
    /// [`Unreadable`] with the path of the field.
    pub fn glance<T: DeserializeOwned>(&self) -> Result<T, Unreadable> {
        reader::read(
            &self.node,
            self.envelope.as_deref(),
            self.row,
            &mut Notes::off(),
        )
    }

    /// Fills a type.
    ///
    /// # Errors
    ///
    /// [`Unreadable`] with the path of the field.
    pub fn read<T: DeserializeOwned>(&self) -> Result<(T, Drift), Unreadable> {
        let mut notes = Notes::default();
        let value = reader::read(&self.node, self.envelope.as_deref(), self.row, &mut notes)?;
        let mut drift = notes.finish();
        drift.extend(self.beside.clone());
        if let Some(absent) = &self.absent {
            drift.note_absent(|| absent.clone());
        }
        Ok((value, drift))
    }
}
