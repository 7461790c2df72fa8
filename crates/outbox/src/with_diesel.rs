//! The outbox in a transaction of diesel, in SQLite. In PostgreSQL the backend and the dialect differ, and
//! nothing else.

use diesel::prelude::*;
use diesel::query_builder::{BoxedSqlQuery, SqlQuery};
use diesel::sql_types::{BigInt, Binary, Nullable, Text};
use diesel::sqlite::{Sqlite, SqliteConnection};
use kervan_ledger::row::Value;
use kervan_ledger::sql::{Dialect, Statement};
use kervan_ledger::{Entry, StoreError};

const SQL: Dialect = Dialect::Sqlite;

/// Why an entry was not stored.
#[derive(Debug)]
pub enum Failure {
    /// The database, or the connection to it.
    Database(diesel::result::Error),
    /// The entry cannot be written as a row.
    Ledger(StoreError),
}

impl From<diesel::result::Error> for Failure {
    fn from(error: diesel::result::Error) -> Self {
        Self::Database(error)
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::Ledger(error)
    }
}

/// The number that a new entry is given.
#[derive(QueryableByName)]
struct Numbered {
    #[diesel(sql_type = BigInt)]
    number: i64,
}

/// Stores an entry in the transaction of a connection, and returns whether it is new. Use it inside
/// `SqliteConnection::immediate_transaction` where two programs may store one key at the same time.
///
/// `false` means that the key is known, or that another write of the object is open. `Ledger::find` and
/// `Dialect::open_of` return that one.
///
/// # Errors
///
/// [`Failure`]. Roll the transaction back, as diesel does for an error.
pub fn insert(connection: &mut SqliteConnection, entry: &Entry) -> Result<bool, Failure> {
    let row = query(SQL.insert(entry)?).get_result::<Numbered>(connection);
    let Some(row) = row.optional()? else {
        return Ok(false);
    };
    // The history names the number that the row was given.
    let stored = Entry {
        number: row.number.unsigned_abs(),
        ..entry.clone()
    };
    query(SQL.remember(&stored)?).execute(connection)?;
    Ok(true)
}

fn query(statement: Statement) -> BoxedSqlQuery<'static, Sqlite, SqlQuery> {
    let query = diesel::sql_query(statement.text.into_owned()).into_boxed();
    statement
        .parameters
        .into_iter()
        .fold(query, |query, value| match value {
            Value::Null => query.bind::<Nullable<Text>, _>(None::<String>),
            Value::Integer(number) => query.bind::<BigInt, _>(number),
            Value::Text(text) => query.bind::<Text, _>(text),
            Value::Bytes(bytes) => query.bind::<Binary, _>(bytes),
        })
}
