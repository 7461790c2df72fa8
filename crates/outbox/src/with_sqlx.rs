//! The outbox in a transaction of sqlx, in SQLite and in PostgreSQL.

use kervan_ledger::row::Value;
use kervan_ledger::sql::{self, Dialect, Statement};
use kervan_ledger::{Entry, StoreError};
use sqlx::postgres::{PgArguments, Postgres};
use sqlx::query::Query;
use sqlx::sqlite::{Sqlite, SqliteArguments};
use sqlx::{AssertSqlSafe, Row as _};

/// Why an entry was not stored.
#[derive(Debug)]
pub enum Failure {
    /// The database, or the connection to it.
    Database(sqlx::Error),
    /// The entry cannot be written as a row.
    Ledger(StoreError),
}

impl From<sqlx::Error> for Failure {
    fn from(error: sqlx::Error) -> Self {
        Self::Database(error)
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::Ledger(error)
    }
}

/// Stores an entry in a transaction on PostgreSQL, and returns whether it is new.
///
/// `false` means that the key is known, or that another write of the object is open. `Ledger::find` and
/// `Dialect::open_of` return that one.
///
/// # Errors
///
/// [`Failure`]. Roll the transaction back.
pub async fn insert_postgres(
    transaction: &mut sqlx::Transaction<'_, Postgres>,
    entry: &Entry,
) -> Result<bool, Failure> {
    let insert = sql::postgres::insert(entry)?;
    let row = postgres(insert).fetch_optional(&mut **transaction).await?;
    Ok(row.is_some())
}

/// Stores an entry in a transaction on SQLite, as [`insert_postgres`] does. Begin the transaction by
/// `BEGIN IMMEDIATE` where two programs may store one key at the same time.
///
/// # Errors
///
/// [`Failure`]. Roll the transaction back.
pub async fn insert_sqlite(
    transaction: &mut sqlx::Transaction<'_, Sqlite>,
    entry: &Entry,
) -> Result<bool, Failure> {
    const SQL: Dialect = Dialect::Sqlite;
    let insert = SQL.insert(entry)?;
    let row = sqlite(insert).fetch_optional(&mut **transaction).await?;
    let Some(row) = row else { return Ok(false) };
    // The history names the number that the row was given.
    let stored = Entry {
        number: row.try_get::<i64, _>("number")?.unsigned_abs(),
        ..entry.clone()
    };
    let remember = SQL.remember(&stored)?;
    sqlite(remember).execute(&mut **transaction).await?;
    Ok(true)
}

/// The ledger's texts hold parameters in place of values, so that they are safe.
fn postgres(statement: Statement) -> Query<'static, Postgres, PgArguments> {
    let query = sqlx::query(AssertSqlSafe(statement.text.into_owned()));
    statement
        .parameters
        .into_iter()
        .fold(query, |query, value| match value {
            // PostgreSQL wants a type for a missing value, too.
            Value::Null => query.bind(None::<Nothing>),
            Value::Integer(number) => query.bind(number),
            Value::Text(text) => query.bind(text),
            Value::Bytes(bytes) => query.bind(bytes),
        })
}

fn sqlite(statement: Statement) -> Query<'static, Sqlite, SqliteArguments> {
    let query = sqlx::query(AssertSqlSafe(statement.text.into_owned()));
    statement
        .parameters
        .into_iter()
        .fold(query, |query, value| match value {
            Value::Null => query.bind(None::<i64>),
            Value::Integer(number) => query.bind(number),
            Value::Text(text) => query.bind(text),
            Value::Bytes(bytes) => query.bind(bytes),
        })
}

/// A missing value, the type of which the server finds from its place.
struct Nothing;

impl sqlx::Type<Postgres> for Nothing {
    fn type_info() -> sqlx::postgres::PgTypeInfo {
        sqlx::postgres::PgTypeInfo::with_oid(sqlx::postgres::types::Oid(705))
    }
}

impl sqlx::Encode<'_, Postgres> for Nothing {
    fn encode_by_ref(
        &self,
        _: &mut sqlx::postgres::PgArgumentBuffer,
    ) -> Result<sqlx::encode::IsNull, sqlx::error::BoxDynError> {
        Ok(sqlx::encode::IsNull::Yes)
    }
}
