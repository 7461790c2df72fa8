//! The shop's storage: its own tables and those of the ledger, in one database.
//!
//! Every change is durable before its function returns, and fails when the database is held, read-only, full,
//! or no longer where it was. Statements are short and run on the caller's thread.

mod database;
mod file;
mod installments;
mod orders;
mod parcels;
mod payments;
pub(crate) mod posts;
mod sellers;
mod server;
mod shares;
mod transaction;
pub(crate) mod watches;
mod writes;

use std::error::Error;
use std::fmt;
use std::fs::File;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use kervan_ledger::sql::Dialect;
use kervan_ledger::{ContentsKey, StoreError, StoreErrorKind};
use kervan_ledger_postgres::tokio_postgres::Client;

pub(crate) use self::database::Database;
pub(crate) use self::installments::Installments;
pub(crate) use self::orders::{Line, Order};
pub(crate) use self::parcels::{Parcel, Status};
pub(crate) use self::payments::{PaymentRow, PaymentState, Verified};
pub(crate) use self::sellers::{Product, Seller};
pub(crate) use self::server::is_address;
pub(crate) use self::shares::ShareRow;
pub(crate) use self::transaction::{Change, Row, Stored, Transaction, json};
pub(crate) use self::writes::{NewWrite, Write};

/// The database cannot be used.
#[derive(Debug)]
pub(crate) struct OpenError(String);

impl OpenError {
    /// Takes the innermost cause of an error, which says most, and the version of tables of another shop.
    fn of_store(error: &StoreError) -> Self {
        match error.kind() {
            StoreErrorKind::Schema { found, needed } if found > needed => Self(NEWER.to_owned()),
            StoreErrorKind::Schema { .. } => Self(OLDER.to_owned()),
            _ => Self::of(error),
        }
    }

    fn of(error: &(dyn Error + 'static)) -> Self {
        Self(innermost(error))
    }
}

impl fmt::Display for OpenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Returns the text of an error's innermost cause. A number of SQLite's says less than the error that it is in.
pub(crate) fn innermost(error: &(dyn Error + 'static)) -> String {
    let mut cause = error;
    while let Some(next) = cause
        .source()
        .filter(|next| !next.is::<rusqlite::ffi::Error>())
    {
        cause = next;
    }
    cause.to_string()
}

/// The version of the tables. A change of `schema.sql`, or of what a column holds, has the next one.
const LAYOUT: u32 = 3;

const NEWER: &str = "it was made by a newer version of the shop, which has to open it; \
                     SHOP_DATABASE chooses another one";

const OLDER: &str = "it was made by an older version of the shop, and this one does not read it; \
                     SHOP_DATABASE chooses another one";

pub(crate) struct Store {
    database: Arc<Database>,
    /// The number of this program, by which others see whose a payment is that begins.
    program: i64,
    _lock: Lock,
}

/// Keeps a second shop out of a file, and shows to those on a server that this one lives.
enum Lock {
    File(#[expect(dead_code, reason = "held for its lock")] File),
    Session(#[expect(dead_code, reason = "held for its lock")] Client),
}

impl Store {
    /// Opens a database: an SQLite file, or the address of a PostgreSQL server.
    pub(crate) async fn open(database: &str, random: u64) -> Result<Self, OpenError> {
        // Four bytes, as the locks of PostgreSQL have it.
        let program = i64::try_from(random >> 33).unwrap_or_default();
        let (database, lock) = if is_address(database) {
            let (database, lock) = server::open(database, program).await?;
            (Database::Postgres(database), Lock::Session(lock))
        } else {
            let (database, lock) = file::open(Path::new(database))?;
            (Database::Sqlite(database), Lock::File(lock))
        };
        let store = Self {
            database: Arc::new(database),
            program,
            _lock: lock,
        };
        let made = store.write(make_tables);
        made.map_err(|error| OpenError::of_store(&error))?;
        Ok(store)
    }

    /// Returns the database, for the ledger and its inbox.
    pub(crate) fn database(&self) -> Arc<Database> {
        Arc::clone(&self.database)
    }

    /// Returns the number of this program.
    pub(crate) fn program(&self) -> i64 {
        self.program
    }

    /// Reads everything of one moment.
    pub(crate) fn read<T>(&self, read: impl FnOnce(&Transaction<'_>) -> Stored<T>) -> Stored<T> {
        self.database.read(read)
    }

    /// Changes everything that the function changes, or nothing.
    pub(crate) fn write<T>(&self, change: impl FnOnce(&Transaction<'_>) -> Stored<T>) -> Stored<T> {
        self.database.write(change)
    }

    /// Returns the key of the hashes of requests. It is in the database, because whoever reads the database
    /// finds the requests there too; a shop that keeps none takes the key from its secrets.
    pub(crate) fn contents_key(&self) -> Stored<ContentsKey> {
        let secret = self.read(|store| {
            store.row("SELECT secret FROM shop", &[], |row| {
                row.get::<String>("secret")
            })
        })?;
        let mut key = [0; 32];
        let secret = secret.unwrap_or_default();
        for (byte, digits) in key.iter_mut().zip(secret.as_bytes().chunks(2)) {
            let digits = std::str::from_utf8(digits).ok();
            let read = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
            *byte = read.ok_or_else(|| StoreError::new(StoreErrorKind::Damaged))?;
        }
        Ok(ContentsKey::new(key))
    }
}

/// Makes the tables where there are none.
fn make_tables(store: &Transaction<'_>) -> Stored<()> {
    let number = match store.dialect() {
        Dialect::Sqlite => "INTEGER PRIMARY KEY",
        Dialect::Postgres => "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY",
    };
    let schema = include_str!("store/schema.sql").replace("{number}", number);
    let lines = schema.lines().filter(|line| !line.starts_with("--"));
    let schema = lines.collect::<Vec<_>>().join("\n");
    let mut tables = schema.split(";\n").filter(|table| !table.trim().is_empty());
    // Nothing is made beside the tables of another version.
    if let Some(of_shop) = tables.next() {
        store.execute(of_shop, &[])?;
    }
    let found = store.row("SELECT layout FROM shop", &[], |row| {
        row.get::<u32>("layout")
    })?;
    if let Some(found) = found.filter(|found| *found != LAYOUT) {
        let needed = LAYOUT;
        return Err(StoreError::new(StoreErrorKind::Schema { found, needed }));
    }
    for table in tables {
        store.execute(table, &[])?;
    }
    if found.is_none() {
        let prefix = secret(store)?[..4].to_uppercase();
        let key = [secret(store)?, secret(store)?].concat();
        store.execute(
            "INSERT INTO shop (layout, prefix, secret) VALUES ($1, $2, $3)",
            &[i64::from(LAYOUT).into(), prefix.into(), key.into()],
        )?;
    }
    Ok(())
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

/// Returns a text that nobody can guess: 32 hexadecimal digits.
pub(crate) fn secret(store: &Transaction<'_>) -> Stored<String> {
    let question = match store.dialect() {
        Dialect::Sqlite => "SELECT lower(hex(randomblob(16))) AS secret",
        Dialect::Postgres => "SELECT replace(CAST(gen_random_uuid() AS TEXT), '-', '') AS secret",
    };
    let secret = store.row(question, &[], |row| row.get("secret"))?;
    secret.ok_or_else(|| StoreError::new(StoreErrorKind::Other))
}

/// Returns bytes as small hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits
        .filter_map(|digit| char::from_digit(digit.into(), 16))
        .collect()
}
