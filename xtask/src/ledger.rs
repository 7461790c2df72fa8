//! `ledger`: kills programs in the middle of writes, and counts how often each has happened.

use xtask::failure::Failure;
use xtask::process::{cargo, exit_status_of};

/// Output and exit status are the program's.
pub(crate) fn run(arguments: &[String]) -> Result<u8, Failure> {
    let mut command = cargo([
        "run",
        "--quiet",
        "--release",
        "--package",
        "ledger-proofs",
        "--",
    ]);
    exit_status_of(command.args(arguments))
}
