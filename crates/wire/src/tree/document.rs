//! A whole document, narrowed to the part that holds the answer.

use std::borrow::Cow;
use std::fmt;

use serde::de::DeserializeOwned;

use super::node::{Kind, Node};
use super::notes::Notes;
#[cfg(any(feature = "json", feature = "soap"))]
use super::path::Step;
use super::reader::{self, Place};
use kervan_core::drift::Drift;
use kervan_core::drift::path::is_short;
use kervan_core::error::{Reason, Unreadable};
use kervan_core::secret::Scrub;

/// A document that has been read once and can be looked at several times. It does not print itself.
pub struct Document<'a> {
    /// The member of the outermost object that holds the answer, if there is one.
    envelope: Option<Cow<'a, str>>,
    /// The row of the envelope, where that is a table.
    row: Option<usize>,
    node: Node<'a>,
    /// The members beside the envelope.
    beside: Drift,
    /// The name of the envelope that was expected and is missing.
    absent: Option<String>,
    /// Whether the names of fields are read in any letter case.
    any_case: bool,
    /// The secrets that are hidden in the provider's texts.
    scrub: Option<&'a dyn Scrub>,
    /// Members that were read before.
    read_before: Vec<&'static str>,
}

impl fmt::Debug for Document<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Document")
            .field("node", &self.node)
            .finish_non_exhaustive()
    }
}

impl<'a> Document<'a> {
    pub(crate) fn new(node: Node<'a>) -> Self {
        Self {
            envelope: None,
            row: None,
            node,
            beside: Drift::default(),
            absent: None,
            any_case: false,
            scrub: None,
            read_before: Vec::new(),
        }
    }

    /// Returns the same, with the names of its fields read in any letter case, as JSON's are.
    #[cfg(feature = "json")]
    pub(crate) fn in_any_case(mut self) -> Self {
        self.any_case = true;
        self
    }

    /// Returns the same, with what may not be repeated hidden in every
    /// [`ForeignText`](kervan_core::ForeignText) and in the drift.
    #[must_use]
    pub fn scrubbed_by(mut self, scrub: &'a dyn Scrub) -> Self {
        self.scrub = Some(scrub);
        self
    }

    /// Returns the same where something may not be repeated.
    #[cfg(any(feature = "json", feature = "soap"))]
    pub(crate) fn maybe_scrubbed_by(mut self, scrub: Option<&'a dyn Scrub>) -> Self {
        self.scrub = scrub;
        self
    }

    /// Returns the same, with members of the object that were read before, or that nobody needs: the type has
    /// no field for them. That one is absent is noted all the same.
    #[must_use]
    pub fn read_before(mut self, names: &[&'static str]) -> Self {
        self.read_before.extend(names);
        self
    }

    /// Returns the same with something noted about the text that it was read from.
    #[cfg(any(feature = "json", feature = "soap"))]
    pub(crate) fn noting(mut self, drift: Drift) -> Self {
        self.beside.extend(drift);
        self
    }

    /// Visits the texts in the document with their paths, as far as they are read at all.
    #[cfg(any(feature = "json", feature = "soap"))]
    pub(crate) fn each_text(&self, visit: &mut impl FnMut(&[Step<'_>], &str)) {
        let envelope = self.envelope.as_deref();
        let envelope = envelope.map(|name| Step::Field(Cow::Owned(name.to_owned())));
        super::node::each_text(&self.node, &mut envelope.into_iter().collect(), visit);
    }

    fn place(&self) -> Place<'_> {
        Place {
            envelope: self.envelope.as_deref(),
            row: self.row,
            any_case: self.any_case,
            scrub: self.scrub,
            read_before: &self.read_before,
        }
    }

    /// Returns a part of an XML document, below the element of this name.
    #[cfg(feature = "soap")]
    pub(crate) fn below(name: &'a str, node: Node<'a>) -> Self {
        Self {
            envelope: Some(Cow::Borrowed(name)),
            ..Self::new(node)
        }
    }

    /// Returns a row of a table.
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
        reader::read(&self.node, self.place(), notes)
    }

    /// Fills a type with the whole document; a field that the type does not read is rejected.
    #[cfg(feature = "json")]
    pub(crate) fn read_strictly<T: DeserializeOwned>(&self) -> Result<T, Unreadable> {
        reader::read_strictly(&self.node)
    }

    /// Returns the value that the document was made of.
    #[cfg(feature = "soap")]
    pub(crate) fn into_value(self) -> Kind<'a> {
        self.node.value
    }

    /// Returns whether the element holds nothing but whitespace: neither elements nor a text, nor a table,
    /// nor attributes with values.
    #[cfg(feature = "soap")]
    pub fn is_blank(&self) -> bool {
        self.node.written().trim().is_empty() && !matches!(self.node.value, Kind::Markup(_))
    }

    /// Returns the name of the outermost element, of an XML document or answer.
    pub fn name(&self) -> Option<&str> {
        self.envelope.as_deref()
    }

    /// Narrows the document to the object that holds `key`: the member `documented`, the outermost
    /// object, or the only member of it that is an object with that key. Members beside it count as
    /// unread. In JSON, names are read in any letter case.
    ///
    /// `documented` is the member where the object should be, `None` for the outermost object. It is
    /// read wherever it is, under a name of at most 64 characters; that it is elsewhere is noted as
    /// drift. Another object with the key may be beside the documented one, if its key has the same
    /// value.
    ///
    /// # Errors
    ///
    /// [`Unreadable`] when no object holds the key, or more than one does.
    pub fn around(self, key: &str, documented: Option<&str>) -> Result<Self, Unreadable> {
        let own = self.node.member(key, self.any_case);
        let is_outermost = own.is_some() && !self.has_documented(key, documented);
        let mut found = if is_outermost {
            self
        } else {
            self.inside(key, documented, own)?
        };
        if found.envelope.as_deref() != documented {
            found.absent = Some(documented.unwrap_or(key).to_owned());
        }
        Ok(found)
    }

    fn has_documented(&self, key: &str, documented: Option<&str>) -> bool {
        let Kind::Object(entries) = &*self.node.open() else {
            return false;
        };
        entries.iter().any(|(name, node)| {
            Some(&**name) == documented && node.member(key, self.any_case).is_some()
        })
    }

    /// Narrows the document to a member. `own` is the value of the key in the outermost object.
    fn inside(
        self,
        key: &str,
        documented: Option<&str>,
        own: Option<&str>,
    ) -> Result<Self, Unreadable> {
        let twice = || Unreadable::at(key, Reason::Twice);
        let (any_case, scrub, read_before) = (self.any_case, self.scrub, self.read_before);
        let mut beside = self.beside;
        let Kind::Object(entries) = self.node.opened().value else {
            return Err(Unreadable::whole(Reason::Unexpected("an object".into())));
        };
        let (mut holders, mut others): (Vec<_>, Vec<_>) = entries
            .into_iter()
            .partition(|(_, node)| node.member(key, any_case).is_some());
        let is_documented = |(name, _): &(Cow<'_, str>, _)| Some(&**name) == documented;
        if let Some(at) = holders.iter().position(is_documented) {
            let chosen = holders.swap_remove(at);
            let value = chosen.1.member(key, any_case);
            let same = |other: Option<&str>| other.is_none_or(|other| is_same(other, value));
            if holders.iter().any(is_documented)
                || !holders
                    .iter()
                    .all(|(_, node)| same(node.member(key, any_case)))
                || !same(own)
            {
                return Err(twice());
            }
            others.append(&mut holders);
            holders.push(chosen);
        }
        let (name, node) = match (holders.pop(), holders.is_empty()) {
            (Some(found), true) if is_short(&found.0) => found,
            (_, false) => return Err(twice()),
            _ => return Err(Unreadable::at(key, Reason::Missing)),
        };
        let mut notes = Notes::default();
        for (name, node) in others {
            notes.unread(&[], &name, node.written());
        }
        beside.extend(notes.finish());
        Ok(Self {
            envelope: Some(name),
            row: None,
            node: node.opened(),
            beside,
            absent: None,
            any_case,
            scrub,
            read_before,
        })
    }

    /// Fills a type with a part of the document, as to look at a code before the rest. Other fields
    /// are not noted.
    ///
    /// # Errors
    ///
    /// [`Unreadable`] with the path of the field.
    pub fn glance<T: DeserializeOwned>(&self) -> Result<T, Unreadable> {
        reader::read(&self.node, self.place(), &mut Notes::off())
    }

    /// Fills a type.
    ///
    /// # Errors
    ///
    /// [`Unreadable`] with the path of the field.
    pub fn read<T: DeserializeOwned>(&self) -> Result<(T, Drift), Unreadable> {
        let mut notes = Notes::default();
        let value = reader::read(&self.node, self.place(), &mut notes)?;
        let mut drift = notes.finish();
        drift.extend(self.beside.clone());
        if let Some(absent) = &self.absent {
            drift.note_absent(|| absent.clone());
        }
        if let Some(scrub) = self.scrub {
            drift.scrub(|text| scrub.scrub(text));
        }
        Ok((value, drift))
    }
}

/// Returns whether two values say the same, blanks and letter case aside. One that says nothing does.
fn is_same(one: &str, other: Option<&str>) -> bool {
    let plain = |raw: &str| raw.trim_matches('"').trim().to_ascii_lowercase();
    let one = plain(one);
    matches!(one.as_str(), "" | "null") || other.is_some_and(|other| plain(other) == one)
}
