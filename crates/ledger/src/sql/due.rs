//! The statements that find what is due, page by page.

use super::{Dialect, Statement, limit};
use crate::row::{self, COLUMNS, Value, WATCH_COLUMNS};
use crate::store::{Claim, StoreError, StoreErrorKind};

/// Finds what is due, those that have waited longest first.
///
/// A row that cannot be read, as one that a later version has written, stays as it is and does not stop the
/// others. It takes the place of another one on its page, so that there may be a next page:
///
/// ```
/// # use kervan_ledger::{Claim, Entry, StoreError};
/// # use kervan_ledger::row::Value;
/// # use kervan_ledger::sql::{Dialect, Statement};
/// # fn run(statement: &Statement) -> Vec<Vec<Value>> { Vec::new() }
/// # fn replace(entry: &Entry) {}
/// fn take(claim: Claim<'_>) -> Result<Vec<Entry>, StoreError> {
///     let mut taken = Vec::new();
///     let mut due = Dialect::Sqlite.due(claim);
///     while let Some(statement) = due.next_page(taken.len()) {
///         let rows = run(&statement);
///         for entry in due.readable(&rows, Entry::from_row)? {
///             if let Some(held) = claim.of(&entry) {
///                 replace(&held);
///                 taken.push(held);
///             }
///         }
///     }
///     Ok(taken)
/// }
/// ```
#[derive(Debug)]
pub struct Due<'a> {
    dialect: Dialect,
    claim: Claim<'a>,
    text: &'static str,
    columns: &'static [&'static str],
    /// The time and the number of the last row of the last page.
    after: [Value; 2],
    /// How many rows the page may have.
    asked: usize,
    is_over: bool,
}

/// In PostgreSQL the rows are locked, and those that another claim has locked are skipped; in SQLite the
/// transaction itself is immediate.
macro_rules! due {
    ($columns:ident, $table:literal, $dialect:expr) => {
        match $dialect {
            Dialect::Sqlite => due!(@ $columns, $table, "SELECT value FROM json_each($3)", ""),
            Dialect::Postgres => due!(
                @ $columns,
                $table,
                "SELECT jsonb_array_elements_text(CAST($3 AS jsonb))",
                " FOR UPDATE SKIP LOCKED"
            ),
        }
    };
    (@ $columns:ident, $table:literal, $kinds:literal, $locked:literal) => {
        concat!(
            "SELECT ",
            $columns!(),
            " FROM ",
            $table,
            " WHERE due <= $1 AND (due, number) > ($4, $5) AND kind IN (",
            $kinds,
            ") ORDER BY due, number LIMIT $2",
            $locked
        )
    };
}

impl<'a> Due<'a> {
    pub(super) fn writes(dialect: Dialect, claim: Claim<'a>) -> Self {
        let text = due!(columns, "kervan_writes", dialect);
        Self::new(dialect, claim, text, &COLUMNS)
    }

    pub(super) fn watches(dialect: Dialect, claim: Claim<'a>) -> Self {
        let text = due!(watch_columns, "kervan_watches", dialect);
        Self::new(dialect, claim, text, &WATCH_COLUMNS)
    }

    fn new(
        dialect: Dialect,
        claim: Claim<'a>,
        text: &'static str,
        columns: &'static [&'static str],
    ) -> Self {
        Self {
            dialect,
            claim,
            text,
            columns,
            after: [Value::Integer(i64::MIN), Value::Integer(0)],
            asked: 0,
            is_over: false,
        }
    }

    /// Returns the statement of the next page, for the rows that are still wanted after so many were taken. `None`
    /// where enough were taken, or nothing else is due.
    pub fn next_page(&mut self, taken: usize) -> Option<Statement> {
        self.asked = self.claim.at_most.saturating_sub(taken);
        if self.is_over || self.asked == 0 {
            return None;
        }
        let kinds = serde_json::Value::from(self.claim.kinds.to_vec()).to_string();
        let [due, number] = self.after.clone();
        let values = vec![
            row::time(self.claim.now),
            limit(self.asked),
            Value::Text(kinds),
            due,
            number,
        ];
        Some(self.dialect.statement(self.text, values))
    }

    /// Reads the rows of a page, by `Entry::from_row` or `Watch::from_row`, and passes over those that cannot be
    /// read.
    ///
    /// # Errors
    ///
    /// [`StoreErrorKind::Damaged`] where a row has no time or no number, so that nothing comes after it.
    pub fn readable<T>(
        &mut self,
        rows: &[Vec<Value>],
        read: fn(&[Value]) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        self.is_over = rows.len() < self.asked;
        if let Some(last) = rows.last() {
            self.after = [self.position(last, "due")?, self.position(last, "number")?];
        }
        Ok(rows.iter().filter_map(|row| read(row).ok()).collect())
    }

    fn position(&self, row: &[Value], name: &str) -> Result<Value, StoreError> {
        let place = self.columns.iter().position(|column| *column == name);
        match place.and_then(|place| row.get(place)) {
            Some(Value::Integer(number)) => Ok(Value::Integer(*number)),
            _ => Err(StoreError::new(StoreErrorKind::Damaged)),
        }
    }
}
