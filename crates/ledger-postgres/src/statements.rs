//! Runs the ledger's statements on a connection or in a transaction of the shop's own.
//!
//! ```no_run
//! # use kervan_ledger::sql::Dialect;
//! # use kervan_ledger::{Entry, Key, StoreError};
//! # use kervan_ledger_postgres::{statements, tokio_postgres};
//! /// Finds a write on the shop's own connection.
//! async fn find(client: &tokio_postgres::Client, key: &Key) -> Result<Option<Entry>, StoreError> {
//!     let rows = statements::rows(client, &Dialect::Postgres.find(key)).await?;
//!     rows.first().map(|row| Entry::from_row(row)).transpose()
//! }
//! ```

use std::error::Error as StdError;

use kervan_ledger::row::Value;
use kervan_ledger::sql::Statement;
use kervan_ledger::{StoreError, StoreErrorKind};
use tokio_postgres::types::private::BytesMut;
use tokio_postgres::types::{FromSql, IsNull, ToSql, Type, to_sql_checked};
use tokio_postgres::{GenericClient, Row};

use crate::error::{Stored, store_error};

/// A parameter of a statement, for a driver call of the shop's own.
#[derive(Clone, Copy, Debug)]
pub struct Parameter<'v>(&'v Value);

impl<'v> Parameter<'v> {
    /// Binds a value.
    pub fn new(value: &'v Value) -> Self {
        Self(value)
    }

    /// Returns its type. The server finds that of a missing value by itself.
    pub fn of_type(self) -> Type {
        match self.0 {
            Value::Null => Type::UNKNOWN,
            Value::Integer(_) => Type::INT8,
            Value::Text(_) => Type::TEXT,
            Value::Bytes(_) => Type::BYTEA,
        }
    }
}

impl ToSql for Parameter<'_> {
    fn to_sql(
        &self,
        kind: &Type,
        out: &mut BytesMut,
    ) -> Result<IsNull, Box<dyn StdError + Sync + Send>> {
        match self.0 {
            Value::Null => Ok(IsNull::Yes),
            Value::Integer(number) => number.to_sql(kind, out),
            Value::Text(text) => text.to_sql(kind, out),
            Value::Bytes(bytes) => bytes.to_sql(kind, out),
        }
    }

    fn accepts(kind: &Type) -> bool {
        [Type::INT8, Type::TEXT, Type::BYTEA, Type::UNKNOWN].contains(kind)
    }

    to_sql_checked!();
}

/// A value of a column, as the ledger reads it.
struct Cell(Value);

impl<'r> FromSql<'r> for Cell {
    fn from_sql(kind: &Type, raw: &'r [u8]) -> Result<Self, Box<dyn StdError + Sync + Send>> {
        Ok(Self(match *kind {
            Type::INT8 => Value::Integer(i64::from_sql(kind, raw)?),
            Type::BYTEA => Value::Bytes(raw.to_vec()),
            _ => Value::Text(String::from_sql(kind, raw)?),
        }))
    }

    fn from_sql_null(_: &Type) -> Result<Self, Box<dyn StdError + Sync + Send>> {
        Ok(Self(Value::Null))
    }

    fn accepts(kind: &Type) -> bool {
        [Type::INT8, Type::BYTEA, Type::TEXT, Type::VARCHAR].contains(kind)
    }
}

/// Runs a statement and returns its rows, for `from_row` of what they hold.
///
/// # Errors
///
/// [`StoreError`]; a column of another type is [`StoreErrorKind::Damaged`].
pub async fn rows(
    client: &(impl GenericClient + Sync),
    statement: &Statement,
) -> Result<Vec<Vec<Value>>, StoreError> {
    let rows = query(client, statement).await?;
    rows.iter().map(values).collect()
}

/// Runs a statement of the shop's own, and returns the names of its columns and its rows. Without a row there are
/// no names.
///
/// # Errors
///
/// As those of [`rows`].
pub async fn named_rows(
    client: &(impl GenericClient + Sync),
    statement: &Statement,
) -> Result<(Vec<String>, Vec<Vec<Value>>), StoreError> {
    let rows = query(client, statement).await?;
    let columns = rows.first().map(Row::columns).unwrap_or_default();
    let names = columns.iter().map(|column| column.name().to_owned());
    let values = rows.iter().map(values).collect::<Stored<_>>()?;
    Ok((names.collect(), values))
}

async fn query(client: &(impl GenericClient + Sync), statement: &Statement) -> Stored<Vec<Row>> {
    let parameters: Vec<_> = statement.parameters.iter().map(Parameter::new).collect();
    let typed = typed(&parameters);
    let rows = client.query_typed(&statement.text, &typed).await;
    rows.map_err(store_error)
}

/// Runs a statement and returns how many rows it has changed.
///
/// # Errors
///
/// [`StoreError`].
pub async fn execute(
    client: &(impl GenericClient + Sync),
    statement: &Statement,
) -> Result<u64, StoreError> {
    let parameters: Vec<_> = statement.parameters.iter().map(Parameter::new).collect();
    let typed = typed(&parameters);
    let executed = client.execute_typed(&statement.text, &typed).await;
    executed.map_err(store_error)
}

fn typed<'p>(parameters: &'p [Parameter<'_>]) -> Vec<(&'p (dyn ToSql + Sync), Type)> {
    let typed = parameters.iter();
    typed
        .map(|parameter| (parameter as _, parameter.of_type()))
        .collect()
}

/// Reads a row as the values that the ledger knows.
pub(crate) fn values(row: &Row) -> Stored<Vec<Value>> {
    let columns = 0..row.len();
    columns
        .map(|column| match row.try_get(column) {
            Ok(Cell(value)) => Ok(value),
            Err(error) => Err(StoreError::new(StoreErrorKind::Damaged).caused_by(error)),
        })
        .collect()
}
