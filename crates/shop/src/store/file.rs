//! The SQLite file: whose it is, of which version, and that no second shop uses it.

use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Read as _};
use std::path::Path;
use std::time::Duration;

use kervan_ledger_sqlite::SqliteStore;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use rusqlite::{Connection, OpenFlags};

use super::{LAYOUT, NEWER, OLDER, OpenError};

/// How long a change waits for another program that holds the file.
const PATIENCE: Duration = Duration::from_millis(500);

/// The number by which a database of the shop is known.
const APPLICATION: u32 = u32::from_be_bytes(*b"kvsh");

/// Opens the shop's file, or creates it. The lock is held as long as it lives: in a file nobody sees whether
/// the program lives that has begun a payment.
pub(super) fn open(path: &Path) -> Result<(SqliteStore, File), OpenError> {
    // A full path names a file, also where SQLite would take an empty text or `:memory:` for something else.
    let path = &std::path::absolute(path).map_err(|_| OpenError("it names no file".into()))?;
    let is_new = check(path)?;
    let mut lock = path.as_os_str().to_owned();
    lock.push(".lock");
    let opened = OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .open(lock);
    let lock = opened.map_err(|error| OpenError::of(&error))?;
    fs4::FileExt::try_lock(&lock).map_err(|_| OpenError("another shop uses it".to_owned()))?;
    if is_new {
        number(path).map_err(|error| OpenError::of(&error))?;
    }
    let store = SqliteStore::open(path).and_then(|store| store.busy_timeout(PATIENCE));
    Ok((store.map_err(|error| OpenError::of(&error))?, lock))
}

/// Numbers a new file, before its changes go to a log beside it: what [`check`] reads is in the file itself.
fn number(path: &Path) -> rusqlite::Result<()> {
    let mut connection = Connection::open(path)?;
    let transaction = connection.transaction()?;
    transaction.pragma_update(None, "application_id", APPLICATION)?;
    transaction.pragma_update(None, "user_version", LAYOUT)?;
    transaction.commit()
}

/// Reads whose database a file is, and of which version, and writes nothing: neither SQLite nor the lock may
/// touch another program's. Returns whether it is new.
fn check(path: &Path) -> Result<bool, OpenError> {
    let wrong = |why: &str| Err(OpenError(why.to_owned()));
    let failed = |error: std::io::Error| OpenError::of(&error);
    let about = match std::fs::metadata(path) {
        Ok(about) => about,
        // It is created, or its folder is absent, which the lock reports.
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(true),
        Err(error) => return Err(failed(error)),
    };
    if !about.is_file() {
        return wrong("it is not a file");
    }
    if about.len() == 0 {
        return Ok(true);
    }
    let mut header = Vec::new();
    let file = File::open(path).map_err(failed)?;
    file.take(72).read_to_end(&mut header).map_err(failed)?;
    // The header of a database: its first words, and numbers of four bytes.
    let number = |at: usize| {
        let bytes = header
            .get(at..at + 4)
            .and_then(|bytes| bytes.try_into().ok());
        bytes.map_or(0, u32::from_be_bytes)
    };
    if !header.starts_with(b"SQLite format 3\0") {
        return wrong("it is not a database");
    }
    match (number(68), number(60)) {
        (APPLICATION, layout) if layout == LAYOUT => Ok(false),
        (APPLICATION, layout) if layout > LAYOUT => wrong(NEWER),
        (APPLICATION, _) => wrong(OLDER),
        (0, _) if has_own_tables(path) => wrong(OLDER),
        _ => wrong("it is the database of another program"),
    }
}

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
