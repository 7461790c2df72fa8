//! The shop's storage: one SQLite file, locked against a second shop.
//!
//! Every change is durable before its function returns, and fails when the file is locked, read-only,
//! or no longer where it was. Statements are short and run on the caller's thread.

mod attempts;
pub(crate) mod callbacks;
mod installments;
mod orders;
mod parcels;
mod payments;
mod sellers;
mod shares;

use std::fmt;
use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Read as _};
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, ValueRef};
use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};
use serde::Serialize;
use serde::de::DeserializeOwned;

pub(crate) use self::attempts::{NewWrite, State, Write};
pub(crate) use self::installments::Installments;
pub(crate) use self::orders::{Line, Order};
pub(crate) use self::parcels::{Parcel, Status};
pub(crate) use self::payments::{PaymentRow, PaymentState, Verified};
pub(crate) use self::sellers::{Product, Seller};
pub(crate) use self::shares::ShareRow;

/// How long a statement waits for another program that holds the file.
const PATIENCE: Duration = Duration::from_millis(500);

/// The number by which a database of the shop is known.
const APPLICATION: i32 = i32::from_be_bytes(*b"kvsh");

/// The version of the tables. A change of `schema.sql`, or of what a column holds, has the next one.
const LAYOUT: i32 = 1;

/// The database did not do what was asked.
#[derive(Debug)]
pub(crate) struct StoreError(String);

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for StoreError {}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        Self(error.to_string())
    }
}

pub(crate) type Stored<T> = rusqlite::Result<T>;

pub(crate) struct Store {
    connection: Mutex<Connection>,
    /// Held as long as the shop runs: two shops on one file would send one write twice.
    _lock: File,
}

impl Store {
    pub(crate) fn open(path: &Path) -> Result<Self, StoreError> {
        // A full path names a file, also where SQLite would take an empty text or `:memory:` for something else.
        let path = &std::path::absolute(path).map_err(|_| StoreError("it names no file".into()))?;
        check(path)?;
        let mut lock = path.as_os_str().to_owned();
        lock.push(".lock");
        let opened = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(lock);
        let lock = opened.map_err(|error| StoreError(error.to_string()))?;
        fs4::FileExt::try_lock(&lock).map_err(|_| StoreError("another shop uses it".to_owned()))?;
        let connection = Connection::open(path)?;
        connection.busy_timeout(PATIENCE)?;
        // The journal of the default mode: with it, SQLite notices a file that was moved or deleted.
        connection.pragma_update(None, "journal_mode", "DELETE")?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        connection.pragma_update(None, "foreign_keys", true)?;
        let store = Self {
            connection: Mutex::new(connection),
            _lock: lock,
        };
        store.write(|transaction| {
            transaction.pragma_update(None, "application_id", APPLICATION)?;
            transaction.pragma_update(None, "user_version", LAYOUT)?;
            transaction.execute_batch(include_str!("store/schema.sql"))?;
            transaction.execute(
                "INSERT INTO shop SELECT upper(hex(randomblob(2))) WHERE NOT EXISTS (SELECT 1 FROM shop)",
                [],
            )
        })?;
        Ok(store)
    }

    /// Reads.
    pub(crate) fn read<T>(
        &self,
        read: impl FnOnce(&Connection) -> Stored<T>,
    ) -> Result<T, StoreError> {
        let connection = self
            .connection
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        Ok(read(&connection)?)
    }

    /// Changes everything that the function changes, or nothing.
    pub(crate) fn write<T>(
        &self,
        change: impl FnOnce(&Transaction<'_>) -> Stored<T>,
    ) -> Result<T, StoreError> {
        let mut connection = self
            .connection
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let changed = change(&transaction)?;
        transaction.commit()?;
        Ok(changed)
    }
}

/// Reads whose database a file is, and of which version, and writes nothing: neither SQLite nor the lock may
/// touch another program's.
fn check(path: &Path) -> Result<(), StoreError> {
    let wrong = |why: &str| Err(StoreError(why.to_owned()));
    let failed = |error: std::io::Error| StoreError(error.to_string());
    let about = match std::fs::metadata(path) {
        Ok(about) => about,
        // It is created, or its folder is absent, which the lock reports.
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(failed(error)),
    };
    if !about.is_file() {
        return wrong("it is not a file");
    }
    if about.len() == 0 {
        return Ok(());
    }
    let mut header = Vec::new();
    let file = File::open(path).map_err(failed)?;
    file.take(72).read_to_end(&mut header).map_err(failed)?;
    // The header of a database: its first words, and numbers of four bytes.
    let number = |at: usize| {
        let bytes = header
            .get(at..at + 4)
            .and_then(|bytes| bytes.try_into().ok());
        bytes.map_or(0, i32::from_be_bytes)
    };
    if !header.starts_with(b"SQLite format 3\0") {
        return wrong("it is not a database");
    }
    match (number(68), number(60)) {
        (APPLICATION, LAYOUT) => Ok(()),
        (APPLICATION, layout) if layout > LAYOUT => wrong(
            "it was made by a newer version of the shop, which has to open it; \
             SHOP_DATABASE chooses another file",
        ),
        (APPLICATION, _) => wrong(OLDER),
        (0, _) if has_own_tables(path) => wrong(OLDER),
        _ => wrong("it is the database of another program"),
    }
}

const OLDER: &str = "it was made by an older version of the shop, and this one does not read it; \
                     SHOP_DATABASE chooses another file";

/// Returns whether a database has the tables of a shop that did not number its databases yet. It is read as
/// a file that nobody changes, so that SQLite neither locks it nor writes beside it.
fn has_own_tables(path: &Path) -> bool {
    let names = "SELECT count(*) = 3 FROM sqlite_schema
                 WHERE type = 'table' AND name IN ('attempts', 'callbacks', 'installments')";
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
    let path = path.to_string_lossy();
    let path = utf8_percent_encode(&path, NON_ALPHANUMERIC);
    let opened = Connection::open_with_flags(format!("file:{path}?immutable=1"), flags);
    let found = opened.and_then(|database| database.query_row(names, [], |row| row.get(0)));
    found.unwrap_or(false)
}

/// A value that is stored as JSON.
#[derive(Clone, Debug)]
pub(crate) struct Json<T>(pub(crate) T);

impl<T: Serialize> ToSql for Json<T> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        let text = serde_json::to_string(&self.0);
        let text =
            text.map_err(|error| rusqlite::Error::ToSqlConversionFailure(Box::new(error)))?;
        Ok(text.into())
    }
}

impl<T: DeserializeOwned> FromSql for Json<T> {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let read = serde_json::from_str(value.as_str()?);
        read.map(Self)
            .map_err(|error| FromSqlError::Other(Box::new(error)))
    }
}

/// Returns a time as it is stored.
pub(crate) fn millis(time: SystemTime) -> i64 {
    let since = time
        .duration_since(SystemTime::UNIX_EPOCH)
        .unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}

/// Returns a stored time.
pub(crate) fn time(millis: i64) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_millis(u64::try_from(millis).unwrap_or(0))
}

/// Returns a text that nobody can guess.
pub(crate) fn secret(connection: &Connection) -> Stored<String> {
    connection.query_row("SELECT lower(hex(randomblob(16)))", [], |row| row.get(0))
}

/// Returns bytes as small hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits
        .filter_map(|digit| char::from_digit(digit.into(), 16))
        .collect()
}
