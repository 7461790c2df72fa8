//! One call, answered by one line of a script.

use std::fmt::Debug;

use kervan_core::Answer;
use kervan_testing::{Line, MovableHost, Script};

use crate::host;

/// Makes one call of a client over a script that has one line for it, and returns its result.
///
/// # Panics
///
/// When the call does not use the line, or another call is made.
#[track_caller]
pub fn ask<T>(
    operation: &str,
    line: impl Into<Line>,
    call: impl AsyncFnOnce(Script, MovableHost) -> T,
) -> T {
    let script = Script::of([(operation, line)]);
    let host = host();
    let result = host.run(call(script.clone(), host.clone()));
    script.assert_used();
    result
}

/// Returns an answer all of which was read.
///
/// # Panics
///
/// When the call failed, or the answer had members that nothing reads.
#[track_caller]
pub fn read_whole<T, E: Debug>(operation: &str, read: Result<Answer<T>, E>) -> Answer<T> {
    let read = read.unwrap_or_else(|error| panic!("{operation}: {error:?}"));
    assert!(
        read.drift.unread.is_empty(),
        "{operation}: {:?}",
        read.drift
    );
    read
}
