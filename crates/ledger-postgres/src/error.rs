//! The kinds of failure of PostgreSQL, as the ledger names them.

use std::error::Error as _;
use std::io;

use kervan_ledger::{StoreError, StoreErrorKind};
use tokio_postgres::Error;

pub(crate) type Stored<T> = Result<T, StoreError>;

/// Names a failure of one of the ledger's own statements.
pub(crate) fn store_error(error: Error) -> StoreError {
    let kind = match code(&error) {
        // The tables were there when the store was opened.
        "42P01" | "3F000" => StoreErrorKind::Gone,
        "42501" => StoreErrorKind::ReadOnly,
        _ => kind(&error),
    };
    StoreError::new(kind).caused_by(error)
}

/// Names a failure of a statement of the shop's.
pub(crate) fn shop_error(error: Error) -> StoreError {
    StoreError::new(kind(&error)).caused_by(error)
}

/// Names a failure to connect.
pub(crate) fn connect_error(error: Error) -> StoreError {
    let kind = match (code(&error), kind(&error)) {
        // Without a code there was no answer that could be read. A wrong password and a missing database have one.
        ("", _) | (_, StoreErrorKind::Other) => StoreErrorKind::Gone,
        (_, kind) => kind,
    };
    StoreError::new(kind).caused_by(error)
}

fn kind(error: &Error) -> StoreErrorKind {
    match code(error) {
        "" if is_lost(error) => StoreErrorKind::Gone,
        "53100" => StoreErrorKind::Full,
        "25006" => StoreErrorKind::ReadOnly,
        // Too many connections; a lock, a statement or a transaction that took too long; one of two
        // transactions that waited for each other.
        "53300" | "55P03" | "57014" | "25P03" | "40001" | "40P01" => StoreErrorKind::Busy,
        // The server is shut down, starts, or cannot reach its disk.
        "57P01" | "57P02" | "57P03" | "57P05" | "58030" => StoreErrorKind::Gone,
        "XX001" | "XX002" => StoreErrorKind::Damaged,
        code if code.starts_with("08") => StoreErrorKind::Gone,
        _ => StoreErrorKind::Other,
    }
}

/// Returns whether the connection has ended.
pub(crate) fn is_lost(error: &Error) -> bool {
    let is_io = error
        .source()
        .is_some_and(<dyn std::error::Error>::is::<io::Error>);
    error.is_closed() || is_io || code(error).starts_with("57P")
}

/// Returns whether a change failed because another one was made at the same time: made again, it sees that one.
pub(crate) fn is_race(error: &StoreError) -> bool {
    let cause = error
        .source()
        .and_then(|cause| cause.downcast_ref::<Error>());
    cause.is_some_and(|cause| matches!(code(cause), "23505" | "40001" | "40P01"))
}

fn code(error: &Error) -> &str {
    error.code().map_or("", |code| code.code())
}
