//! One transaction in whichever database the shop runs on, and the rows that it gives.

use std::sync::Arc;

use kervan_ledger::row::Value;
use kervan_ledger::sql::{Dialect, Statement};
use kervan_ledger::{Entry, Inserted, Replaced, StoreError, StoreErrorKind};
use kervan_ledger_postgres::{statements, tokio_postgres};
use kervan_turkiye::Money;
use serde::Serialize;
use serde::de::DeserializeOwned;
use tokio::runtime::Handle;
use tokio::task::block_in_place;

/// The result of a statement, or of several.
pub(crate) type Stored<T> = Result<T, StoreError>;

/// Changes of the shop's own, in a transaction in which the ledger stores something.
pub(crate) type Change = Box<dyn FnOnce(&Transaction<'_>) -> Stored<()> + Send>;

/// A transaction. Its statements are the same in all databases: their places are `$1`, `$2` and so on.
pub(crate) struct Transaction<'a>(Inner<'a>);

/// The drivers.
enum Inner<'a> {
    Sqlite(&'a rusqlite::Transaction<'a>),
    Postgres(&'a tokio_postgres::Transaction<'a>),
}

impl<'a> Transaction<'a> {
    pub(super) fn sqlite(transaction: &'a rusqlite::Transaction<'a>) -> Self {
        Self(Inner::Sqlite(transaction))
    }

    pub(super) fn postgres(transaction: &'a tokio_postgres::Transaction<'a>) -> Self {
        Self(Inner::Postgres(transaction))
    }

    /// Returns the kind of SQL, for the ledger's own statements.
    pub(crate) fn dialect(&self) -> Dialect {
        match self.0 {
            Inner::Sqlite(_) => Dialect::Sqlite,
            Inner::Postgres(_) => Dialect::Postgres,
        }
    }

    /// Returns the end of a question whose rows are changed next, so that no other transaction changes them in
    /// between. In SQLite no other one does.
    pub(crate) fn to_change(&self) -> &'static str {
        match self.0 {
            Inner::Sqlite(_) => "",
            Inner::Postgres(_) => " FOR UPDATE",
        }
    }

    /// Returns whether a program of the shop that has used this database does not live any more. A file has one
    /// program at a time.
    pub(crate) fn is_dead(&self, program: i64) -> Stored<bool> {
        let question = "SELECT CAST(CAST(pg_try_advisory_xact_lock(hashtext('kervan-shop program'),
                        CAST($1 AS INTEGER)) AS INTEGER) AS BIGINT) AS free";
        match self.0 {
            Inner::Sqlite(_) => Ok(true),
            Inner::Postgres(_) => {
                let free = self.row(question, &[program.into()], |row| row.get("free"))?;
                Ok(free.unwrap_or_default())
            }
        }
    }

    /// Changes rows, and returns how many.
    pub(crate) fn execute(&self, text: &str, parameters: &[Value]) -> Stored<usize> {
        match self.0 {
            Inner::Sqlite(driver) => {
                kervan_ledger_sqlite::execute(driver, &for_sqlite(text, parameters))
            }
            Inner::Postgres(driver) => {
                let statement = for_postgres(text, parameters);
                let changed = wait_for(statements::execute(driver, &statement))?;
                Ok(usize::try_from(changed).unwrap_or(usize::MAX))
            }
        }
    }

    /// Reads rows.
    pub(crate) fn query(&self, text: &str, parameters: &[Value]) -> Stored<Vec<Row>> {
        let (names, rows) = match self.0 {
            Inner::Sqlite(driver) => {
                kervan_ledger_sqlite::query(driver, &for_sqlite(text, parameters))?
            }
            Inner::Postgres(driver) => {
                let statement = for_postgres(text, parameters);
                wait_for(statements::named_rows(driver, &statement))?
            }
        };
        let names: Arc<[String]> = names.into();
        let rows = rows.into_iter().map(|values| Row {
            names: names.clone(),
            values,
        });
        Ok(rows.collect())
    }

    /// Reads rows as values of the shop.
    pub(crate) fn rows<T>(
        &self,
        text: &str,
        parameters: &[Value],
        read: impl FnMut(&Row) -> Stored<T>,
    ) -> Stored<Vec<T>> {
        self.query(text, parameters)?.iter().map(read).collect()
    }

    /// Reads the first row, where there is one.
    pub(crate) fn row<T>(
        &self,
        text: &str,
        parameters: &[Value],
        read: impl FnOnce(&Row) -> Stored<T>,
    ) -> Stored<Option<T>> {
        let rows = self.query(text, parameters)?;
        rows.first().map(read).transpose()
    }

    /// Stores a new entry of the ledger.
    pub(crate) fn insert(&self, entry: &Entry) -> Stored<Inserted> {
        match self.0 {
            Inner::Sqlite(driver) => kervan_ledger_sqlite::insert(driver, entry),
            Inner::Postgres(driver) => wait_for(kervan_ledger_postgres::insert(driver, entry)),
        }
    }

    /// Stores a changed entry of the ledger.
    pub(crate) fn replace(&self, next: &Entry) -> Stored<Replaced> {
        match self.0 {
            Inner::Sqlite(driver) => kervan_ledger_sqlite::replace(driver, next),
            Inner::Postgres(driver) => wait_for(kervan_ledger_postgres::replace(driver, next)),
        }
    }
}

/// Waits for the database on the caller's thread, whose other tasks go on elsewhere meanwhile.
pub(super) fn wait_for<T>(answer: impl Future<Output = T>) -> T {
    block_in_place(|| Handle::current().block_on(answer))
}

fn for_postgres(text: &str, parameters: &[Value]) -> Statement {
    Statement {
        text: text.to_owned().into(),
        parameters: parameters.to_vec(),
    }
}

fn for_sqlite(text: &str, parameters: &[Value]) -> Statement {
    Statement {
        text: text.replace('$', "?").into(),
        parameters: parameters.to_vec(),
    }
}

/// A row, with its columns by their names.
pub(crate) struct Row {
    names: Arc<[String]>,
    values: Vec<Value>,
}

impl Row {
    /// Reads a column.
    pub(crate) fn get<T: FromValue>(&self, name: &str) -> Stored<T> {
        let mut names = self.names.iter();
        let at = names.position(|own| own == name);
        let value = at.and_then(|at| T::from_value(self.values.get(at)?));
        value.ok_or_else(|| damaged(name))
    }

    /// Reads a column of JSON that may be empty.
    pub(crate) fn json<T: DeserializeOwned>(&self, name: &str) -> Stored<Option<T>> {
        let text: Option<String> = self.get(name)?;
        let read = text.map(|text| serde_json::from_str(&text)).transpose();
        read.map_err(|error| damaged(name).caused_by(error))
    }

    /// Reads a column of JSON that is never empty.
    pub(crate) fn full_json<T: DeserializeOwned>(&self, name: &str) -> Stored<T> {
        self.json(name)?.ok_or_else(|| damaged(name))
    }

    /// Returns the values from a place on.
    pub(crate) fn values_from(&self, at: usize) -> &[Value] {
        self.values.get(at..).unwrap_or_default()
    }
}

fn damaged(column: &str) -> StoreError {
    StoreError::new(StoreErrorKind::Damaged).caused_by(format!("column `{column}`"))
}

/// Returns a value as it is stored in a column of JSON.
pub(crate) fn json(value: &impl Serialize) -> Stored<Value> {
    let text = serde_json::to_string(value);
    let text = text.map_err(|error| StoreError::new(StoreErrorKind::Other).caused_by(error))?;
    Ok(text.into())
}

/// A type that a column holds.
pub(crate) trait FromValue: Sized {
    fn from_value(value: &Value) -> Option<Self>;
}

impl FromValue for i64 {
    fn from_value(value: &Value) -> Option<Self> {
        match value {
            Value::Integer(number) => Some(*number),
            _ => None,
        }
    }
}

impl FromValue for u32 {
    fn from_value(value: &Value) -> Option<Self> {
        i64::from_value(value)?.try_into().ok()
    }
}

impl FromValue for bool {
    fn from_value(value: &Value) -> Option<Self> {
        Some(i64::from_value(value)? != 0)
    }
}

impl FromValue for Money {
    fn from_value(value: &Value) -> Option<Self> {
        Self::from_kurus(i64::from_value(value)?).ok()
    }
}

impl FromValue for String {
    fn from_value(value: &Value) -> Option<Self> {
        match value {
            Value::Text(text) => Some(text.clone()),
            _ => None,
        }
    }
}

impl<T: FromValue> FromValue for Option<T> {
    fn from_value(value: &Value) -> Option<Self> {
        match value {
            Value::Null => Some(None),
            value => T::from_value(value).map(Some),
        }
    }
}
