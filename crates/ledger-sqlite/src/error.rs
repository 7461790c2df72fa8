//! The kinds of failure of SQLite, as the ledger names them.

use kervan_ledger::{StoreError, StoreErrorKind};
use rusqlite::{Error, ErrorCode};

pub(crate) fn store_error(error: Error) -> StoreError {
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
