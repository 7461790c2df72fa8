//! Results that are present whatever their code, as labels.

use kervan_core::error::{Reason, Unreadable};
use kervan_core::{Answer, Drift, ForeignText, Personal, ReadError};
use kervan_wire::tree::Value;

use super::status::{self, Status};
use crate::query::asked::Asked;
use crate::query::rows::scrubbed;
use crate::query::{Columns, QueryRow};
use crate::rejection::{Rejection, RejectionKind};
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
        let coded = status.as_ref().and_then(|status| status.message.as_deref());
        let message = coded.or_else(|| status::message(&value));
        Self {
            message: message.map(|text| envelope.message(text)),
            envelope,
            value,
            status,
            drift,
        }
    }

    /// Returns the code.
    pub(super) fn code(&self) -> Option<&str> {
        self.status.as_ref().map(|status| status.code.as_str())
    }

    /// Returns the refusal of the code, with a meaning.
    pub(super) fn refused_as(self, kind: RejectionKind) -> ReadError<Rejection> {
        let status = self.status.as_ref();
        let code = status.map_or("", |status| status.code.as_str());
        let message = status.and_then(|status| status.message.as_deref());
        self.envelope.refusal(code, kind, message)
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

    /// Returns the path of an element of the result.
    pub(super) fn path(&self, element: &str) -> String {
        self.envelope.path(element)
    }

    /// Returns the whole result as JSON text, without the login.
    pub(super) fn whole(&self) -> Personal {
        let json = self.value.clone().without_login().to_json();
        Personal::from(self.envelope.text(&json))
    }

    /// Returns the text of a member.
    pub(super) fn text(&self, member: &str) -> Result<Option<String>, Unreadable> {
        let twice = |_| Unreadable::at(self.path(member), Reason::Twice);
        let text = self.value.one_text(&[member]).map_err(twice)?;
        Ok(text.map(|text| self.envelope.text(text)))
    }

    /// Returns the texts below a path for a printer: only the password is hidden in them.
    pub(super) fn printed(&self, path: &[&str]) -> Result<Vec<Personal>, Unreadable> {
        let texts = self.texts(path).map(|text| {
            let printed = self.envelope.login.scrub_password(text?);
            Ok(Personal::from(printed))
        });
        texts.collect()
    }

    /// Returns the texts below a path. Elements in the place of a text are unreadable.
    pub(super) fn texts(&self, path: &[&str]) -> impl Iterator<Item = Result<&str, Unreadable>> {
        let values = self.value.below(path).into_iter();
        let values = values.filter(|value| !value.is_blank());
        values.map(|value| value.text().ok_or_else(|| self.unexpected(path, "a text")))
    }

    /// Returns the error of a value that is not what is expected below a path.
    pub(super) fn unexpected(&self, path: &[&str], expected: &'static str) -> Unreadable {
        let reason = Reason::Unexpected(expected.into());
        Unreadable::at(self.path(&path.join(".")), reason)
    }

    /// Returns the rows of this name below `list`. The login is hidden in them.
    pub(super) fn rows<R: QueryRow>(
        &self,
        list: &str,
        name: &str,
        asked: &Asked<'_>,
    ) -> Result<Vec<R>, Unreadable> {
        let login = self.envelope.login;
        let path = |column: &str| self.path(&format!("{list}.{name}{column}"));
        let row = |value: &Value| {
            let Value::Object(members) = value.clone().without_login() else {
                let reason = Reason::Unexpected("members".into());
                return Err(Unreadable::at(path(""), reason));
            };
            let scrub = |column: &str, text: &str| scrubbed(login, asked, column, text);
            let mut columns = Columns::new(Some(name), members, &scrub);
            let row = R::read(&mut columns);
            match columns.contradiction() {
                Some(column) => {
                    let path = path(&format!(".{column}"));
                    Err(Unreadable::at(path, Reason::Twice))
                }
                None => Ok(row),
            }
        };
        let values = self.value.below(&[list, name]).into_iter();
        let values = values.filter(|value| !value.is_blank());
        values.map(row).filter_map(Result::transpose).collect()
    }
}
