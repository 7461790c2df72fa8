//! The kinds of failure of SQLite, as the ledger names them.

use kervan_ledger::{StoreError, StoreErrorKind};
use rusqlite::{Error, ErrorCode};

/// Returns an error of SQLite as the ledger names it. A shop's own statements in [`SqliteStore::write`] then fail with
/// the same kinds as the ledger's: [`Busy`](StoreErrorKind::Busy) means try again.
///
/// ```
/// use kervan_ledger::StoreErrorKind;
/// use kervan_ledger_sqlite::{SqliteStore, store_error};
///
/// # let folder = tempfile::tempdir()?;
/// let store = SqliteStore::open(folder.path().join("shop.db"))?;
/// let failed = store.write(|transaction| {
///     let update = "UPDATE shares SET arrived = 1 WHERE number = ?1";
///     transaction.execute(update, ["KV-17"]).map_err(store_error)
/// });
/// let error = failed.unwrap_err(); // no such table
/// assert_eq!(error.kind(), StoreErrorKind::Other);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// [`SqliteStore::write`]: crate::SqliteStore::write
pub fn store_error(error: Error) -> StoreError {
    let kind = match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => StoreErrorKind::Full,
        Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => StoreErrorKind::ReadOnly,
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => StoreErrorKind::Busy,
        Some(ErrorCode::CannotOpen | ErrorCode::SystemIoFailure) => StoreErrorKind::Gone,
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => StoreErrorKind::Damaged,
        _ => StoreErrorKind::Other,
    };
    StoreError::new(kind).caused_by(error)
}

pub(crate) type Stored<T> = Result<T, StoreError>;
