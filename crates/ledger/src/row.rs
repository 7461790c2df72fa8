//! Entries as rows of a table, for any store and any driver.

use std::error::Error as StdError;
use std::time::{Duration, SystemTime};

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::contents::Contents;
use crate::entry::{Entry, KeptRequest};
use crate::inbox::{Post, PostState};
use crate::key::{Account, Key};
use crate::limits::LastUse;
use crate::state::State;
use crate::store::{Listed, Past, StoreError, StoreErrorKind, Unreadable};
use crate::watch::{Watch, WatchState};

/// A value of a column.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "every driver has to bind each")]
pub enum Value {
    /// No value.
    Null,
    /// A number, or a time in milliseconds since 1970. 64 bits in both databases.
    Integer(i64),
    /// A text.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Integer(number)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&String> for Value {
    fn from(text: &String) -> Self {
        text.as_str().into()
    }
}

impl From<Vec<u8>> for Value {
    fn from(bytes: Vec<u8>) -> Self {
        Self::Bytes(bytes)
    }
}

impl<T: Into<Self>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

/// The columns of a write, in the order of [`Entry::to_row`].
pub const COLUMNS: [&str; 20] = [
    "number",
    "provider",
    "merchant",
    "kind",
    "own",
    "object",
    "contents",
    "revision",
    "version",
    "state",
    "tries",
    "asks",
    "attempt",
    "request",
    "holder",
    "due",
    "why",
    "created_at",
    "since",
    "changed_at",
];

/// The columns of a line of history, in the order of [`Past::to_row`].
pub const PAST_COLUMNS: [&str; 6] = ["version", "revision", "state", "tries", "why", "changed_at"];

impl Entry {
    /// Returns the entry as the values of [`COLUMNS`].
    ///
    /// # Errors
    ///
    /// [`StoreErrorKind::Other`] where it cannot be written as JSON.
    pub fn to_row(&self) -> Result<Vec<Value>, StoreError> {
        Ok(vec![
            integer(self.number),
            text(&self.key.account.provider),
            text(&self.key.account.merchant),
            text(&self.key.kind),
            text(&self.key.own),
            text(&self.object),
            text(self.contents.as_str()),
            integer(self.revision),
            integer(self.version),
            text(self.state.name()),
            integer(self.tries),
            integer(self.asks),
            json(self.attempt.as_ref())?,
            match &self.request {
                Some(kept) => Value::Bytes(kept.expose().to_vec()),
                None => Value::Null,
            },
            self.holder.as_deref().map_or(Value::Null, text),
            self.due.map_or(Value::Null, time),
            json(self.why.as_ref())?,
            time(self.created_at),
            time(self.since),
            time(self.changed_at),
        ])
    }

    /// Reads an entry from the values of [`COLUMNS`].
    ///
    /// # Errors
    ///
    /// [`StoreErrorKind::Damaged`].
    pub fn from_row(row: &[Value]) -> Result<Self, StoreError> {
        let mut row = Row::new(row, &COLUMNS);
        Ok(Self {
            number: row.number()?,
            key: Key {
                account: Account {
                    provider: row.text()?,
                    merchant: row.text()?,
                },
                kind: row.text()?,
                own: row.text()?,
            },
            object: row.text()?,
            contents: Contents::stored(row.text()?),
            revision: row.number()?,
            version: row.number()?,
            state: row.named(State::named)?,
            tries: row.number()?,
            asks: row.number()?,
            attempt: row.json()?,
            request: row.bytes()?.map(KeptRequest::new),
            holder: row.maybe_text()?,
            due: row.maybe_time()?,
            why: row.json()?,
            created_at: row.time()?,
            since: row.time()?,
            changed_at: row.time()?,
        })
    }
}

/// The columns of a post, in the order of [`Post::to_row`].
pub const POST_COLUMNS: [&str; 14] = [
    "number",
    "provider",
    "merchant",
    "kind",
    "reference",
    "digest",
    "content_type",
    "body",
    "state",
    "times",
    "subject",
    "why",
    "arrived_at",
    "changed_at",
];

impl Post {
    /// Returns the post as the values of [`POST_COLUMNS`].
    ///
    /// # Errors
    ///
    /// [`StoreErrorKind::Other`] where it cannot be written as JSON.
    pub fn to_row(&self) -> Result<Vec<Value>, StoreError> {
        let maybe = |value: &Option<String>| value.as_deref().map_or(Value::Null, text);
        Ok(vec![
            integer(self.number),
            text(&self.account.provider),
            text(&self.account.merchant),
            text(&self.kind),
            maybe(&self.reference),
            text(self.digest.as_str()),
            maybe(&self.content_type),
            self.body.clone().map_or(Value::Null, Value::Bytes),
            text(self.state.name()),
            integer(self.times),
            maybe(&self.subject),
            json(self.why.as_ref())?,
            time(self.arrived_at),
            time(self.changed_at),
        ])
    }

    /// Reads a post from the values of [`POST_COLUMNS`].
    ///
    /// # Errors
    ///
    /// [`StoreErrorKind::Damaged`].
    pub fn from_row(row: &[Value]) -> Result<Self, StoreError> {
        let mut row = Row::new(row, &POST_COLUMNS);
        Ok(Self {
            number: row.number()?,
            account: Account {
                provider: row.text()?,
                merchant: row.text()?,
            },
            kind: row.text()?,
            reference: row.maybe_text()?,
            digest: Contents::stored(row.text()?),
            content_type: row.maybe_text()?,
            body: row.bytes()?,
            state: row.named(PostState::named)?,
            times: row.number()?,
            subject: row.maybe_text()?,
            why: row.json()?,
            arrived_at: row.time()?,
            changed_at: row.time()?,
        })
    }
}

impl Past {
    /// Returns the line as the values of [`PAST_COLUMNS`].
    ///
    /// # Errors
    ///
    /// [`StoreErrorKind::Other`] where it cannot be written as JSON.
    pub fn to_row(&self) -> Result<Vec<Value>, StoreError> {
        Ok(vec![
            integer(self.version),
            integer(self.revision),
            text(self.state.name()),
            integer(self.tries),
            json(self.why.as_ref())?,
            time(self.at),
        ])
    }

    /// Reads a line from the values of [`PAST_COLUMNS`].
    ///
    /// # Errors
    ///
    /// [`StoreErrorKind::Damaged`].
    pub fn from_row(row: &[Value]) -> Result<Self, StoreError> {
        let mut row = Row::new(row, &PAST_COLUMNS);
        Ok(Self {
            version: row.number()?,
            revision: row.number()?,
            state: row.named(State::named)?,
            tries: row.number()?,
            why: row.json()?,
            at: row.time()?,
        })
    }
}

/// The columns of an expectation, in the order of [`Watch::to_row`].
pub const WATCH_COLUMNS: [&str; 14] = [
    "number",
    "provider",
    "merchant",
    "kind",
    "subject",
    "version",
    "state",
    "asks",
    "seen",
    "holder",
    "due",
    "until",
    "created_at",
    "changed_at",
];

impl Watch {
    /// Returns the expectation as the values of [`WATCH_COLUMNS`].
    pub fn to_row(&self) -> Vec<Value> {
        let maybe = |value: &Option<String>| value.as_deref().map_or(Value::Null, text);
        vec![
            integer(self.number),
            text(&self.account.provider),
            text(&self.account.merchant),
            text(&self.kind),
            text(&self.subject),
            integer(self.version),
            text(self.state.name()),
            integer(self.asks),
            maybe(&self.seen),
            maybe(&self.holder),
            self.due.map_or(Value::Null, time),
            time(self.until),
            time(self.created_at),
            time(self.changed_at),
        ]
    }

    /// Reads an expectation from the values of [`WATCH_COLUMNS`].
    ///
    /// # Errors
    ///
    /// [`StoreErrorKind::Damaged`].
    pub fn from_row(row: &[Value]) -> Result<Self, StoreError> {
        let mut row = Row::new(row, &WATCH_COLUMNS);
        Ok(Self {
            number: row.number()?,
            account: Account {
                provider: row.text()?,
                merchant: row.text()?,
            },
            kind: row.text()?,
            subject: row.text()?,
            version: row.number()?,
            state: row.named(WatchState::named)?,
            asks: row.number()?,
            seen: row.maybe_text()?,
            holder: row.maybe_text()?,
            due: row.maybe_time()?,
            until: row.time()?,
            created_at: row.time()?,
            changed_at: row.time()?,
        })
    }
}

impl LastUse {
    /// Reads the last use of a subject from its columns `used_at` and `times`.
    ///
    /// # Errors
    ///
    /// [`StoreErrorKind::Damaged`].
    pub fn from_row(row: &[Value]) -> Result<Self, StoreError> {
        let mut row = Row::new(row, &["used_at", "times"]);
        Ok(Self {
            at: row.time()?,
            times: row.number()?,
        })
    }
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

fn integer(number: impl Into<u64>) -> Value {
    // Neither a count nor a number of rows comes near the end.
    Value::Integer(i64::try_from(number.into()).unwrap_or(i64::MAX))
}

/// Returns a time as milliseconds since 1970, rounded up: a lease or a pause does not end early by it.
pub(crate) fn time(time: SystemTime) -> Value {
    let since_1970 = time
        .duration_since(SystemTime::UNIX_EPOCH)
        .unwrap_or_default();
    let milliseconds = since_1970.as_nanos().div_ceil(1_000_000);
    Value::Integer(i64::try_from(milliseconds).unwrap_or(i64::MAX))
}

pub(crate) fn json<T: Serialize>(value: Option<&T>) -> Result<Value, StoreError> {
    let Some(value) = value else {
        return Ok(Value::Null);
    };
    let written = serde_json::to_string(value);
    let written =
        written.map_err(|error| StoreError::new(StoreErrorKind::Other).caused_by(error))?;
    Ok(Value::Text(written))
}

/// Reads a row of a list, which begins with its number.
///
/// # Errors
///
/// [`StoreErrorKind::Damaged`] where it has no number, so that no page comes after it.
pub fn listed<T>(
    row: &[Value],
    read: fn(&[Value]) -> Result<T, StoreError>,
) -> Result<Listed<T>, StoreError> {
    let number = Row::new(row, &["number"]).number()?;
    Ok(read(row).map_err(|error| Unreadable {
        number,
        why: StdError::source(&error).map_or_else(|| error.to_string(), ToString::to_string),
    }))
}

/// Reads the values of a row in their order.
struct Row<'r> {
    values: std::slice::Iter<'r, Value>,
    names: std::slice::Iter<'static, &'static str>,
}

impl<'r> Row<'r> {
    fn new(values: &'r [Value], names: &'static [&'static str]) -> Self {
        Self {
            values: values.iter(),
            names: names.iter(),
        }
    }

    fn next(&mut self) -> (&'static str, Option<&'r Value>) {
        (
            self.names.next().copied().unwrap_or("?"),
            self.values.next(),
        )
    }

    fn number<N: TryFrom<i64>>(&mut self) -> Result<N, StoreError> {
        let (name, value) = self.next();
        match value {
            Some(Value::Integer(number)) => N::try_from(*number).map_err(|_| damaged(name)),
            _ => Err(damaged(name)),
        }
    }

    fn maybe_text(&mut self) -> Result<Option<String>, StoreError> {
        let (name, value) = self.next();
        match value {
            Some(Value::Text(text)) => Ok(Some(text.clone())),
            Some(Value::Null) => Ok(None),
            _ => Err(damaged(name)),
        }
    }

    fn text(&mut self) -> Result<String, StoreError> {
        let name = self.names.as_slice().first().copied().unwrap_or("?");
        self.maybe_text()?.ok_or_else(|| damaged(name))
    }

    fn bytes(&mut self) -> Result<Option<Vec<u8>>, StoreError> {
        let (name, value) = self.next();
        match value {
            Some(Value::Bytes(bytes)) => Ok(Some(bytes.clone())),
            Some(Value::Null) => Ok(None),
            _ => Err(damaged(name)),
        }
    }

    fn maybe_time(&mut self) -> Result<Option<SystemTime>, StoreError> {
        let (name, value) = self.next();
        match value {
            Some(Value::Integer(milliseconds)) => {
                let since_1970 = u64::try_from(*milliseconds).map_err(|_| damaged(name))?;
                let time = SystemTime::UNIX_EPOCH.checked_add(Duration::from_millis(since_1970));
                time.map(Some).ok_or_else(|| damaged(name))
            }
            Some(Value::Null) => Ok(None),
            _ => Err(damaged(name)),
        }
    }

    fn time(&mut self) -> Result<SystemTime, StoreError> {
        let name = self.names.as_slice().first().copied().unwrap_or("?");
        self.maybe_time()?.ok_or_else(|| damaged(name))
    }

    fn named<T>(&mut self, of: fn(&str) -> Option<T>) -> Result<T, StoreError> {
        let name = self.names.as_slice().first().copied().unwrap_or("?");
        of(&self.text()?).ok_or_else(|| damaged(name))
    }

    fn json<T: DeserializeOwned>(&mut self) -> Result<Option<T>, StoreError> {
        let name = self.names.as_slice().first().copied().unwrap_or("?");
        let text = self.maybe_text()?;
        let read = text.map(|text| serde_json::from_str(&text));
        read.transpose().map_err(|_| damaged(name))
    }
}

fn damaged(column: &'static str) -> StoreError {
    StoreError::new(StoreErrorKind::Damaged).caused_by(format!("column `{column}`"))
}
