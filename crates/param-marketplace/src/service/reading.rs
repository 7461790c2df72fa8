//! An answer, whose code is judged before its values are read.

use std::borrow::Cow;
use std::fmt;

use kervan_core::error::Unreadable;
use kervan_core::{Answer, ForeignText, Personal, ReadError, Reason, Reply};
use kervan_wire::charset::DAMAGED;
use kervan_wire::soap::{self, Contents, Fault, Row, Rows};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::endpoint::Endpoint;
use crate::ids::is_key;
#[cfg(feature = "payments")]
use crate::payments::ids::ReceiptId;
use crate::rejection::Rejection;
use crate::settings::Settings;
use crate::wire::{TablePlace, WireStatus};

/// An answer before its result's code is judged. Each method that reads a value judges the code first, and
/// returns a refusal or a fault as an error. It does not print the answer.
#[derive(Clone, Copy)]
pub struct Reading<'a> {
    pub(crate) settings: &'a Settings,
    pub(crate) endpoint: Endpoint,
    pub(crate) reply: &'a Reply,
}

/// The result of reading an answer.
pub(crate) type Read<T> = Result<Answer<T>, ReadError<Rejection>>;

/// The answer of a call with only a code and a message.
#[derive(Deserialize)]
struct WireNothing {}

/// The element of a table whose rows were passed on while they were read.
#[derive(Deserialize)]
struct WireTable {
    #[serde(rename = "DT_Bilgi", alias = "DT")]
    _table: Option<TablePlace>,
}

impl<'a> Reading<'a> {
    /// Reads a successful answer without a table. Its type has neither code nor message.
    pub(crate) fn value<T: DeserializeOwned>(self) -> Read<T> {
        self.read(&[], |_| Ok(()))
    }

    /// Reads a successful answer without other values.
    #[cfg(feature = "payments")]
    pub(crate) fn nothing<T: Default>(self) -> Read<T> {
        let answer = self.value::<WireNothing>()?;
        Ok(answer.map(|WireNothing {}| T::default()))
    }

    /// Reads the rows of a successful answer without other values.
    ///
    /// `compare` compares each row with the question, because an answer over a shared connection may be that
    /// to another question. It is [`not_named`] for a question that names nothing that rows repeat.
    pub(crate) fn rows<R: DeserializeOwned>(
        self,
        compare: impl Fn(&R) -> Result<(), Unreadable>,
    ) -> Read<Vec<R>> {
        let answer = self.table::<WireNothing, R>()?;
        answer.value.1.iter().try_for_each(compare)?;
        Ok(answer.map(|(WireNothing {}, rows)| rows))
    }

    /// Reads a successful answer and the rows of its table.
    pub(crate) fn table<T: DeserializeOwned, R: DeserializeOwned>(self) -> Read<(T, Vec<R>)> {
        let mut rows = Rows::default();
        let answer = self.read::<T>(&[self.endpoint.table], |row| rows.push(row))?;
        let (rows, in_rows) = rows.finish();
        let mut answer = answer.map(|value| (value, rows));
        answer.drift.extend(in_rows);
        Ok(answer)
    }

    /// Reads a successful answer with a table whose rows the call reads itself.
    pub(crate) fn table_of<T: DeserializeOwned, R>(
        self,
        read: impl Fn(Row<'_, '_>) -> Result<R, Unreadable>,
    ) -> Read<(T, Vec<R>)> {
        let mut rows = Vec::new();
        let answer = self.read::<T>(&[self.endpoint.table], |row| {
            rows.push(read(row)?);
            Ok(())
        })?;
        Ok(answer.map(|value| (value, rows)))
    }

    /// Reads a successful answer that may not hold a table.
    #[cfg(feature = "payments")]
    pub(crate) fn without_table<T: DeserializeOwned>(self) -> Read<T> {
        self.read(&[], |row| {
            let what = Cow::Borrowed("one value, not a table");
            Err(Unreadable::at(row.table(), Reason::Unexpected(what)))
        })
    }

    /// Reads a successful answer; each row of its tables goes to `rows`.
    ///
    /// Success is a number above zero. The HTTP status is ignored: the code alone decides.
    fn read<T: DeserializeOwned>(
        self,
        tables: &[&'static str],
        rows: impl FnMut(Row<'_, '_>) -> Result<(), Unreadable>,
    ) -> Read<T> {
        let text = self.contents()?;
        let document = match text.read(self.endpoint.call(), rows)? {
            Contents::Result(document) => document,
            Contents::Fault(fault) => return Err(self.fault(fault)),
        };
        let answer = document.around(self.endpoint.status[0], Some(self.endpoint.result))?;
        let status: WireStatus = answer.glance()?;
        let answer = answer
            .read_before(self.endpoint.status)
            .read_before(self.endpoint.ignored)
            .read_before(tables);
        let message = self.message(status.message.as_deref());
        if is_success(&status.code) {
            if !tables.is_empty() {
                answer.glance::<WireTable>()?;
            }
            let (value, drift) = answer.read::<T>()?;
            return Ok(Answer::new(value, drift).message(message));
        }
        // A refusal lacks most of what a success has; only what nobody reads is worth a note.
        let drift = answer.read::<T>().map(|(_, drift)| drift);
        let mut drift = drift.unwrap_or_default();
        drift.absent.clear();
        let rejection = Rejection::new(self.endpoint, self.settings, &status.code, message, drift);
        Err(ReadError::Rejected(
            rejection.with_bank_code(self.settings, status.bank_code.as_deref()),
        ))
    }

    fn contents(self) -> Result<soap::Body<'a>, Unreadable> {
        Ok(soap::body_text(self.reply)?.scrubbed_by(self.settings))
    }

    /// Reads an answer whose result holds only text; `None` when it holds elements or a fault.
    pub(crate) fn bare<T: DeserializeOwned>(self) -> Result<Option<T>, Unreadable> {
        let text = self.contents()?;
        Ok(match text.read(self.endpoint.call(), |_| Ok(()))? {
            Contents::Result(document) => document.read::<T>().ok().map(|(value, _)| value),
            Contents::Fault(_) => None,
        })
    }

    /// Reads an answer whose result holds only text without a code, or a fault.
    #[cfg(feature = "payments")]
    pub(crate) fn text<T: DeserializeOwned>(self) -> Read<T> {
        let text = self.contents()?;
        match text.read(self.endpoint.call(), |_| Ok(()))? {
            Contents::Result(document) => {
                let (value, drift) = document.read()?;
                Ok(Answer::new(value, drift))
            }
            Contents::Fault(fault) => Err(self.fault(fault)),
        }
    }

    /// Returns a fault as a refusal.
    pub(crate) fn fault(self, fault: Fault) -> ReadError<Rejection> {
        let message = self.message(fault.reason.as_ref().map(Personal::as_str));
        ReadError::Rejected(Rejection::fault(
            self.endpoint.operation,
            self.settings,
            fault,
            message,
        ))
    }

    /// Returns a text of the provider without login and keys.
    pub(crate) fn message(self, text: Option<&str>) -> Option<ForeignText> {
        text.map(|text| ForeignText::new(text, self.settings))
    }

    /// Returns the path of an element of the result.
    pub(crate) fn path(self, element: &str) -> String {
        self.endpoint.path(element)
    }

    /// Returns a key that the next call needs.
    ///
    /// # Errors
    ///
    /// [`Unreadable`] at the element, for a success without it.
    pub(crate) fn required_key<'t>(
        self,
        element: &'static str,
        text: Option<&'t str>,
    ) -> Result<&'t str, Unreadable> {
        let is_whole = |text: &&str| is_key(text) && !text.contains(DAMAGED);
        let key = text.map(str::trim).filter(is_whole);
        key.ok_or_else(|| Unreadable::at(self.path(element), Reason::Missing))
    }

    /// Returns the receipt of money that has moved.
    ///
    /// # Errors
    ///
    /// [`Unreadable`] at the element, for a success without it.
    #[cfg(feature = "payments")]
    pub(crate) fn receipt(
        self,
        element: &'static str,
        text: Option<&str>,
    ) -> Result<ReceiptId, Unreadable> {
        let receipt = text.and_then(ReceiptId::of_money);
        receipt.ok_or_else(|| {
            let what = Cow::Borrowed("the number of a receipt");
            Unreadable::at(self.path(element), Reason::Unexpected(what))
        })
    }

    /// Compares an element that repeats the request with the value that was sent. An empty one repeats
    /// nothing.
    ///
    /// # Errors
    ///
    /// [`Unreadable`] at the element: the answer is that of another call.
    pub(crate) fn check_echo(
        self,
        element: &'static str,
        said: Option<&str>,
        is_same: impl Fn(&str) -> bool,
    ) -> Result<(), Unreadable> {
        let said = said.map(str::trim).filter(|said| is_key(said));
        if said.is_none_or(is_same) {
            return Ok(());
        }
        let what = Cow::Borrowed("what was sent");
        Err(Unreadable::at(self.path(element), Reason::Unexpected(what)))
    }
}

impl fmt::Debug for Reading<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reading")
            .field("endpoint", &self.endpoint)
            .finish_non_exhaustive()
    }
}

/// Accepts each row: the question names nothing that rows repeat.
#[expect(
    clippy::unnecessary_wraps,
    reason = "the type of a comparison that may fail"
)]
pub(crate) fn not_named<R>(_row: &R) -> Result<(), Unreadable> {
    Ok(())
}

/// Returns whether a code means success: a number above zero.
pub(crate) fn is_success(code: &str) -> bool {
    code.trim().parse::<i32>().is_ok_and(|code| code > 0)
}
