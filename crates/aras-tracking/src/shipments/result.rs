//! Results that are present whatever their code, as labels.

use kervan_core::error::{Reason, Unreadable};
use kervan_core::{Answer, Drift, ForeignText, Personal, ReadError};
use kervan_wire::tree::Value;

use super::status::{self, Status};
use crate::rejection::Rejection;
use crate::service::Envelope;
use crate::value::ValueExt as _;

/// A result that is present whatever its code. It does not print itself.
pub(super) struct CallResult<'a> {
    envelope: Envelope<'a>,
    value: Value,
    status: Option<Status>,
    /// The message, also where no code is beside it.
    message: Option<ForeignText>,
    drift: Drift,
}

impl<'a> CallResult<'a> {
    pub(super) fn new(
        envelope: Envelope<'a>,
        value: Value,
        status: Option<Status>,
        drift: Drift,
    ) -> Self {
        Self {
            message: status::message(&value).map(|text| envelope.message(text)),
            envelope,
            value,
            status,
            drift,
        }
    }

    /// Returns the code beside a result that is present, unless it is 0.
    pub(super) fn unknown_code(&self) -> Option<String> {
        let status = self.unknown_status()?;
        Some(self.envelope.text(&status.code))
    }

    fn unknown_status(&self) -> Option<&Status> {
        self.status.as_ref().filter(|status| status.code != "0")
    }

    /// Returns a value that was read from the result. An unknown code is noted as drift.
    pub(super) fn answer<T>(mut self, read: T) -> Answer<T> {
        if let Some(code) = self.unknown_code() {
            self.drift.note_unread(|| "ResultCode".to_owned(), &code);
        }
        self.envelope.answer(read, self.drift).message(self.message)
    }

    /// Returns the error of a result without the expected element: the refusal of its code or of its message.
    /// Without both, `element` is missing.
    pub(super) fn without(self, element: &str) -> ReadError<Rejection> {
        if let Some(status) = self.unknown_status() {
            let message = status.message.as_deref();
            return self
                .envelope
                .refusal(&status.code, status::kind(&status.code), message);
        }
        // The code is a number, so it is there whether it was set or not.
        match self.message {
            Some(message) => self.envelope.sentence(message),
            None => Unreadable::at(self.envelope.path(element), Reason::Missing).into(),
        }
    }

    /// Returns the texts below a path as they are.
    pub(super) fn texts(&self, path: &[&str]) -> Vec<Personal> {
        let texts = self.value.below(path).into_iter().filter_map(Value::text);
        texts.map(Personal::from).collect()
    }

    /// Returns the texts below a path for a printer: only the password is hidden in them.
    pub(super) fn printed(&self, path: &[&str]) -> Vec<Personal> {
        let texts = self.value.below(path).into_iter().filter_map(Value::text);
        let texts = texts.map(|text| self.envelope.login.scrub_password(text));
        texts.map(Personal::from).collect()
    }

    /// Returns the parts of this name below `list`.
    pub(super) fn parts<'p>(
        &'p self,
        list: &str,
        name: &'static str,
    ) -> impl Iterator<Item = Part<'p>> {
        let values = self.value.below(&[list, name]).into_iter();
        values.map(move |value| Part {
            name,
            value,
            envelope: self.envelope,
        })
    }
}

/// A part of a result.
pub(super) struct Part<'a> {
    name: &'static str,
    value: &'a Value,
    envelope: Envelope<'a>,
}

impl Part<'_> {
    /// Returns the text of a member.
    pub(super) fn text(&self, member: &str) -> Result<Option<String>, Unreadable> {
        let twice = |_| {
            let path = format!("{}.{member}", self.name);
            Unreadable::at(self.envelope.path(&path), Reason::Twice)
        };
        let text = self.value.one_text(&[member]).map_err(twice)?;
        Ok(text.map(|text| self.envelope.text(text)))
    }
}
