//! The store in an SQLite file.

use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use kervan_core::transport::BoxFuture;
use kervan_ledger::row::{Value, listed};
use kervan_ledger::sql::{Dialect, Statement, VERSION};
use kervan_ledger::{
    Applied, Claim, Entry, Inserted, Key, Listed, Past, Post, PostStore, Replaced, Store,
    StoreError, StoreErrorKind,
};
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, Row, ToSql, Transaction, TransactionBehavior, params_from_iter};

use crate::error::{Stored, store_error};
use crate::file::DatabaseFile;

pub(crate) const SQL: Dialect = Dialect::Sqlite;

/// How long a change waits for another program that changes the file, unless a shop says otherwise.
const PATIENCE: Duration = Duration::from_secs(5);

/// The shop's own changes together with a write.
pub type Along = Box<dyn FnOnce(&Transaction<'_>) -> rusqlite::Result<()> + Send>;

/// A ledger's store in an SQLite file.
#[derive(Debug)]
pub struct SqliteStore {
    connection: Mutex<Connection>,
    file: DatabaseFile,
}

/// Stores an entry in a transaction of the shop's own, with its history. The transaction has to be immediate
/// where two programs may store one key at once.
///
/// # Errors
///
/// [`StoreError`].
pub fn insert(transaction: &Transaction<'_>, entry: &Entry) -> Result<Inserted, StoreError> {
    let number = rows(transaction, &SQL.insert(entry)?, |row| row.get::<_, i64>(0))?.pop();
    if let Some(number) = number {
        let mut stored = entry.clone();
        stored.number = u64::try_from(number)
            .map_err(|error| StoreError::new(StoreErrorKind::Damaged).caused_by(error))?;
        execute(transaction, &SQL.remember(&stored)?)?;
        return Ok(Inserted::New(stored));
    }
    if let Some(known) = find(transaction, &SQL.find(&entry.key))? {
        return Ok(Inserted::Known(known));
    }
    let first = find(transaction, &SQL.open_of(entry))?;
    // One of the two is why nothing was stored.
    first
        .map(Inserted::Taken)
        .ok_or_else(|| StoreError::new(StoreErrorKind::Other))
}

impl SqliteStore {
    /// Opens a file, and makes the tables where it has none. It may be the shop's own database.
    ///
    /// # Errors
    ///
    /// [`StoreError`]; tables of another version are [`StoreErrorKind::Schema`].
    pub fn open(path: impl AsRef<Path>) -> Result<Self, StoreError> {
        let path = path.as_ref();
        let connection = Connection::open(path).map_err(store_error)?;
        connection.busy_timeout(PATIENCE).map_err(store_error)?;
        let set = |name: &str, value: &str| {
            let set = connection.pragma_update(None, name, value);
            set.map_err(store_error)
        };
        set("journal_mode", "WAL")?;
        set("synchronous", "FULL")?;
        set("foreign_keys", "ON")?;
        let file = DatabaseFile::of(path)?;
        let store = Self {
            connection: Mutex::new(connection),
            file,
        };
        store.write(make_tables)?;
        Ok(store)
    }

    /// Sets how long a change waits for another program that holds the file; 5 seconds at first. Then it
    /// fails as [`StoreErrorKind::Busy`].
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub fn busy_timeout(self, patience: Duration) -> Result<Self, StoreError> {
        let connection = self
            .connection
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        connection.busy_timeout(patience).map_err(store_error)?;
        drop(connection);
        Ok(self)
    }

    /// Reads everything of one moment, also from the shop's own tables in the file.
    ///
    /// # Errors
    ///
    /// [`StoreError`]: that of the function, or the file is not where it was.
    pub fn read<T>(
        &self,
        read: impl FnOnce(&Transaction<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.file.check()?;
        let mut connection = self
            .connection
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let transaction = connection.transaction().map_err(store_error)?;
        read(&transaction)
    }

    /// Changes everything that the function changes, or nothing: entries by [`insert`] and [`replace`], and the
    /// shop's own tables in the file. The transaction is immediate, and durable when this returns.
    ///
    /// # Errors
    ///
    /// [`StoreError`]: that of the function, or the file is held, read-only, full, or not where it was.
    pub fn write<T>(
        &self,
        change: impl FnOnce(&Transaction<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let mut connection = self
            .connection
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let transaction = connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(store_error)?;
        // Behind the lock, so that nothing takes its place before the change is made.
        self.file.check()?;
        let changed = change(&transaction)?;
        transaction.commit().map_err(store_error)?;
        Ok(changed)
    }
}

fn make_tables(transaction: &Transaction<'_>) -> Stored<()> {
    let count: i64 = transaction
        .query_row(
            "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'kervan_ledger'",
            [],
            |row| row.get(0),
        )
        .map_err(store_error)?;
    if count == 0 {
        let tables = transaction.execute_batch(&SQL.schema());
        tables.map_err(store_error)?;
        let version = transaction.execute("INSERT INTO kervan_ledger VALUES (?1)", [VERSION]);
        return version.map(|_| ()).map_err(store_error);
    }
    let found: u32 = transaction
        .query_row("SELECT version FROM kervan_ledger", [], |row| row.get(0))
        .map_err(store_error)?;
    if found == VERSION {
        return Ok(());
    }
    let needed = VERSION;
    Err(StoreError::new(StoreErrorKind::Schema { found, needed }))
}

/// A value that SQLite takes.
struct Bound<'v>(&'v Value);

impl ToSql for Bound<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self.0 {
            Value::Null => ValueRef::Null,
            Value::Integer(number) => ValueRef::Integer(*number),
            Value::Text(text) => ValueRef::Text(text.as_bytes()),
            Value::Bytes(bytes) => ValueRef::Blob(bytes),
        }))
    }
}

/// Runs a statement of the shop's own, and returns the names of its columns and its rows. Its places are `?1`,
/// `?2` and so on.
///
/// # Errors
///
/// [`StoreError`]. A number that is not whole is a value that the ledger does not know.
pub fn query(
    connection: &Connection,
    statement: &Statement,
) -> Result<(Vec<String>, Vec<Vec<Value>>), StoreError> {
    let prepared = connection.prepare(&statement.text).map_err(store_error)?;
    let names = prepared.column_names().into_iter().map(str::to_owned);
    let names = names.collect();
    drop(prepared);
    Ok((names, rows(connection, statement, values)?))
}

pub(crate) fn rows<T>(
    connection: &Connection,
    statement: &Statement,
    read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
) -> Stored<Vec<T>> {
    let mut prepared = connection.prepare(&statement.text).map_err(store_error)?;
    let parameters = params_from_iter(statement.parameters.iter().map(Bound));
    let rows = prepared.query_map(parameters, read).map_err(store_error)?;
    rows.collect::<Result<_, _>>().map_err(store_error)
}

/// Runs a statement of the shop's own, and returns how many rows it has changed.
///
/// # Errors
///
/// [`StoreError`].
pub fn execute(connection: &Connection, statement: &Statement) -> Result<usize, StoreError> {
    let mut prepared = connection.prepare(&statement.text).map_err(store_error)?;
    let parameters = params_from_iter(statement.parameters.iter().map(Bound));
    prepared.execute(parameters).map_err(store_error)
}

pub(crate) fn count(rows: usize) -> u64 {
    u64::try_from(rows).unwrap_or(u64::MAX)
}

/// Reads a row as the values that the ledger knows.
pub(crate) fn values(row: &Row<'_>) -> rusqlite::Result<Vec<Value>> {
    let count = row.as_ref().column_count();
    (0..count)
        .map(|index| {
            Ok(match row.get_ref(index)? {
                ValueRef::Null => Value::Null,
                ValueRef::Integer(number) => Value::Integer(number),
                ValueRef::Text(text) => Value::Text(String::from_utf8_lossy(text).into_owned()),
                ValueRef::Blob(bytes) => Value::Bytes(bytes.to_vec()),
                ValueRef::Real(_) => return Err(rusqlite::Error::InvalidQuery),
            })
        })
        .collect()
}

fn entries(connection: &Connection, statement: &Statement) -> Stored<Vec<Entry>> {
    let rows = rows(connection, statement, values)?;
    rows.iter().map(|row| Entry::from_row(row)).collect()
}

fn find(connection: &Connection, statement: &Statement) -> Stored<Option<Entry>> {
    Ok(entries(connection, statement)?.pop())
}

/// Stores a changed entry in a transaction of the shop's own, with its history.
///
/// # Errors
///
/// [`StoreError`].
pub fn replace(transaction: &Transaction<'_>, next: &Entry) -> Result<Replaced, StoreError> {
    if execute(transaction, &SQL.replace(next)?)? == 0 {
        let stored = find(transaction, &SQL.find(&next.key))?;
        let is_next = stored.is_some_and(|stored| {
            stored.version + 1 == next.version && stored.number == next.number
        });
        if !is_next {
            return Ok(Replaced::Overtaken);
        }
        // The other of the two reasons why nothing was stored.
        let first = find(transaction, &SQL.open_of(next))?;
        return first
            .map(|first| Replaced::Taken(Box::new(first)))
            .ok_or_else(|| StoreError::new(StoreErrorKind::Other));
    }
    execute(transaction, &SQL.remember(next)?)?;
    Ok(Replaced::Stored)
}

pub(crate) fn run_along(transaction: &Transaction<'_>, along: Option<Along>) -> Stored<()> {
    along
        .map_or(Ok(()), |along| along(transaction))
        .map_err(store_error)
}

/// The statements run on the caller's thread.
pub(crate) fn ready<'a, T: Send + 'a>(result: Stored<T>) -> BoxFuture<'a, Stored<T>> {
    Box::pin(std::future::ready(result))
}

impl Store for SqliteStore {
    type Along = Along;

    fn insert<'a>(
        &'a self,
        entry: &'a Entry,
        along: Option<Along>,
    ) -> BoxFuture<'a, Stored<Inserted>> {
        ready(self.write(|transaction| {
            let inserted = insert(transaction, entry)?;
            if matches!(inserted, Inserted::New(_)) {
                run_along(transaction, along)?;
            }
            Ok(inserted)
        }))
    }

    fn find<'a>(&'a self, key: &'a Key) -> BoxFuture<'a, Stored<Option<Entry>>> {
        ready(self.read(|connection| find(connection, &SQL.find(key))))
    }

    fn replace<'a>(
        &'a self,
        next: &'a Entry,
        along: Option<Along>,
    ) -> BoxFuture<'a, Stored<Replaced>> {
        ready(self.write(|transaction| {
            let replaced = replace(transaction, next)?;
            if replaced == Replaced::Stored {
                run_along(transaction, along)?;
            }
            Ok(replaced)
        }))
    }

    fn claim<'a>(&'a self, claim: Claim<'a>) -> BoxFuture<'a, Stored<Vec<Entry>>> {
        ready(self.write(|transaction| {
            let (mut due, mut taken) = (SQL.due(claim), Vec::new());
            while let Some(page) = due.next_page(taken.len()) {
                let rows = rows(transaction, &page, values)?;
                let entries = due.readable(&rows, Entry::from_row)?;
                for entry in entries.iter().filter_map(|entry| claim.of(entry)) {
                    replace(transaction, &entry)?;
                    taken.push(entry);
                }
            }
            Ok(taken)
        }))
    }

    fn open(&self, after: u64, at_most: usize) -> BoxFuture<'_, Stored<Vec<Listed<Entry>>>> {
        ready(self.read(|connection| {
            let rows = rows(connection, &SQL.open(after, at_most), values)?;
            rows.iter()
                .map(|row| listed(row, Entry::from_row))
                .collect()
        }))
    }

    fn history<'a>(&'a self, key: &'a Key) -> BoxFuture<'a, Stored<Vec<Past>>> {
        ready(self.read(|connection| {
            let rows = rows(connection, &SQL.history(key), values)?;
            rows.iter().map(|row| Past::from_row(row)).collect()
        }))
    }

    fn forget(&self, ended_before: SystemTime) -> BoxFuture<'_, Stored<u64>> {
        ready(self.write(|transaction| {
            let [history, writes] = SQL.forget(ended_before);
            execute(transaction, &history)?;
            execute(transaction, &writes).map(count)
        }))
    }
}

impl PostStore for SqliteStore {
    type Along = Along;

    fn receive<'a>(&'a self, post: &'a Post) -> BoxFuture<'a, Stored<Post>> {
        ready(self.write(|transaction| {
            let stored = rows(transaction, &SQL.receive(post)?, values)?.pop();
            let stored = stored.ok_or_else(|| StoreError::new(StoreErrorKind::Other))?;
            Post::from_row(&stored)
        }))
    }

    fn apply<'a>(&'a self, post: &'a Post, along: Option<Along>) -> BoxFuture<'a, Stored<Applied>> {
        ready(self.write(|transaction| {
            if execute(transaction, &SQL.apply(post))? == 0 {
                // A post of another store was not applied before.
                if rows(transaction, &SQL.post(post), values)?.is_empty() {
                    return Err(StoreError::new(StoreErrorKind::Other));
                }
                execute(transaction, &SQL.repeat(post))?;
                return Ok(Applied::Before);
            }
            run_along(transaction, along)?;
            Ok(Applied::Now)
        }))
    }

    fn reject<'a>(&'a self, post: &'a Post) -> BoxFuture<'a, Stored<()>> {
        ready(self.write(|transaction| {
            execute(transaction, &SQL.reject(post)?)?;
            Ok(())
        }))
    }

    fn waiting(&self, after: u64, at_most: usize) -> BoxFuture<'_, Stored<Vec<Listed<Post>>>> {
        ready(self.read(|connection| {
            let rows = rows(connection, &SQL.waiting(after, at_most), values)?;
            rows.iter().map(|row| listed(row, Post::from_row)).collect()
        }))
    }

    fn forget(&self, before: SystemTime) -> BoxFuture<'_, Stored<u64>> {
        ready(self.write(|transaction| execute(transaction, &SQL.forget_bodies(before)).map(count)))
    }
}
