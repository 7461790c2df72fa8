//! A call against every fault of the matrix.

use contract_kit::faults::{FaultServer, refused_url};
use contract_kit::matrix::{self, Format, Row};
use kervan_core::error::Error;
use kervan_core::{Outcome, Rejection};

use crate::Peer;

/// How often a read is tried in these tests.
pub const TRIES: u32 = 3;

/// Checks a call against each fault that is chosen, and against an address that refuses connections: the kind and
/// code of its error, that it may have happened, and how often the server was asked. A write is sent once.
///
/// # Panics
///
/// When the call reports something else.
pub async fn fails_as_expected<T, R, F>(
    format: Format,
    good: &str,
    is_write: bool,
    is_chosen: impl Fn(&Row) -> bool,
    call: impl Fn(Peer) -> F,
) where
    R: Rejection,
    F: Future<Output = Result<T, Error<R>>>,
{
    let rows = matrix::rows(format, good).into_iter();
    for row in rows.filter(is_chosen) {
        let name = row.name;
        let answer = format.answer(200, good.as_bytes());
        let server = FaultServer::start_with(answer, row.fault);
        let Err(error) = call(Peer::from(&server)).await else {
            panic!("{name}: succeeded")
        };
        let report = error.report();
        let found = (report.kind, report.code.as_deref(), report.outcome);
        let expected = (row.kind, row.code, Outcome::Unknown);
        assert_eq!(found, expected, "{name}: {error:?}");
        let repeats = row.passing && !is_write;
        let tries = if repeats { TRIES as usize } else { 1 };
        assert_eq!(server.requests(), tries, "{name}: requests");
    }
    is_refused(call(refused_url().into()).await);
}

/// Checks the error of a call to an address that refuses connections: it was not done.
///
/// # Panics
///
/// When the call reports something else.
pub fn is_refused<T, R: Rejection>(answer: Result<T, Error<R>>) {
    let Err(error) = answer else {
        panic!("refused: succeeded")
    };
    let report = error.report();
    let found = (report.kind, report.code.as_deref(), report.outcome);
    assert_eq!(found, ("transport", Some("connect"), Outcome::NotDone));
}
