//! Changes with their line of history in one statement, which SQLite does not have: the server is asked once, and the
//! change needs no transaction.

use super::{Dialect, Statement};
use crate::entry::Entry;
use crate::store::StoreError;

/// The change with what the history has of it, and the number of the row that was changed.
macro_rules! with_history {
    ($change:ident, $returning:literal) => {
        concat!(
            "WITH made AS (",
            $change!(),
            $returning,
            ", version, revision, state, tries, why, changed_at), \
             past AS (INSERT INTO kervan_history \
             (write_number, version, revision, state, tries, why, changed_at) SELECT * FROM made) \
             SELECT number FROM made"
        )
    };
}

/// Stores a new entry, as [`Dialect::insert`] does, and its history.
///
/// # Errors
///
/// Those of [`Entry::to_row`].
pub fn insert(entry: &Entry) -> Result<Statement, StoreError> {
    let mut statement = Dialect::Postgres.insert(entry)?;
    statement.text = with_history!(insert, "").into();
    Ok(statement)
}

/// Stores a changed entry, as [`Dialect::replace`] does, and its history. It gives the row that it has changed.
///
/// # Errors
///
/// Those of [`Entry::to_row`].
pub fn replace(next: &Entry) -> Result<Statement, StoreError> {
    let mut statement = Dialect::Postgres.replace(next)?;
    statement.text = with_history!(replace, " RETURNING number").into();
    Ok(statement)
}
