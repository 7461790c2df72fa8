//! The place of a reading in its document, its notes, and its failure.

use std::borrow::Cow;
use std::cell::RefCell;
use std::fmt;

use serde::de::{Expected, Unexpected};

use super::notes::Notes;
use super::path::{self, Step};
use kervan_core::drift::Form;
use kervan_core::error::Reason;
use kervan_core::secret::Scrub;

/// The place of a reading, and its notes.
pub(super) struct Track<'a> {
    pub(super) steps: Vec<Step<'a>>,
    pub(super) notes: Notes,
    /// Whether what no type reads is an error.
    pub(super) strict: bool,
    /// Whether the names of fields are read in any letter case.
    pub(super) any_case: bool,
    /// How deep the row of a table is, where one is read.
    pub(super) row: Option<usize>,
    /// The secrets that are hidden in the provider's texts.
    pub(super) scrub: Option<&'a dyn Scrub>,
    /// Members of the outermost object that were read before, and how deep that is.
    pub(super) read_before: (usize, &'a [&'static str]),
}

impl<'a> Track<'a> {
    pub(super) fn path(&self, member: Option<&str>) -> String {
        path::path(&self.steps, member)
    }

    /// Returns the members of the current object that were read before.
    pub(super) fn read_before(&self) -> &'a [&'static str] {
        let (depth, names) = self.read_before;
        if depth == self.steps.len() {
            names
        } else {
            &[]
        }
    }

    pub(super) fn absent(&mut self, field: &str) {
        self.notes.absent(&self.steps, field);
    }

    pub(super) fn unread(&mut self, field: &str, value: &str) {
        self.notes.unread(&self.steps, field, value);
    }

    /// Notes a field whose name is in another letter case.
    pub(super) fn in_other_case(&mut self, field: &str) {
        self.notes.tolerated(&self.steps, field, Form::LetterCase);
    }

    /// Notes the value where the reading is, because no type could read it.
    pub(super) fn unreadable(&mut self, value: &str) {
        self.notes.unread_here(&self.steps, value);
    }

    /// Reads a part of the current value.
    pub(super) fn inside<T>(
        track: &RefCell<Self>,
        step: Step<'a>,
        read: impl FnOnce() -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        track.borrow_mut().steps.push(step);
        let value = read().map_err(|failure| failure.located(track));
        track.borrow_mut().steps.pop();
        value
    }
}

/// The failure of a reading. It holds no value of the document.
#[derive(Debug)]
pub(super) struct Failure {
    /// The member that is missing or doubled, until its struct adds the path.
    field: Option<&'static str>,
    pub(super) path: Option<String>,
    pub(super) reason: Reason,
}

impl Failure {
    pub(super) fn new(reason: Reason) -> Self {
        Self {
            field: None,
            path: None,
            reason,
        }
    }

    pub(super) fn expected(what: impl Into<Cow<'static, str>>) -> Self {
        Self::new(Reason::Unexpected(what.into()))
    }

    pub(super) fn at(path: String, reason: Reason) -> Self {
        Self {
            path: Some(path),
            ..Self::new(reason)
        }
    }

    pub(super) fn about(field: &'static str, reason: Reason) -> Self {
        Self {
            field: Some(field),
            ..Self::new(reason)
        }
    }

    /// Adds the path where the failure arose, once.
    pub(super) fn located(mut self, track: &RefCell<Track<'_>>) -> Self {
        if self.path.is_none() {
            self.path = Some(track.borrow().path(self.field));
        }
        self
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.reason.fmt(f)
    }
}

impl std::error::Error for Failure {}

impl serde::de::Error for Failure {
    /// The text is dropped: it comes from a type's own reader and may quote the value.
    fn custom<T: fmt::Display>(_text: T) -> Self {
        Self::expected("another form")
    }

    fn invalid_type(_found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::expected(expected.to_string())
    }

    fn invalid_value(_found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::expected(expected.to_string())
    }

    fn unknown_variant(_found: &str, _expected: &'static [&'static str]) -> Self {
        Self::expected("one of the known values")
    }

    fn missing_field(field: &'static str) -> Self {
        Self::about(field, Reason::Missing)
    }

    fn duplicate_field(field: &'static str) -> Self {
        Self::about(field, Reason::Twice)
    }
}
