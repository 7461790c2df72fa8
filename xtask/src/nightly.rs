//! `nightly`: the proofs that take too long for every change. Most have a short run in `ci` or among
//! the tests.

use xtask::args::Args;
use xtask::failure::Done;

use crate::steps::{self, Step};

/// A new long proof is one line here.
const STEPS: [Step; 18] = [
    &["features"],
    &["test", "--alone"],
    &["package"],
    &["lockfile"],
    &["outbox"],
    &["stories", "--stories", "100000"],
    &["stories", "--patches"],
    &["ledger", "storm", "--writes", "20000"],
    &["ledger", "storm", "--writes", "20000", "--on", "postgres"],
    &["ledger", "matrix"],
    &["ledger", "matrix", "--step", "10", "--on", "postgres"],
    &["ledger", "load"],
    &["ledger", "load", "--on", "postgres"],
    &["mutants"],
    &["test", "--long"],
    &["bulk-trial", "--orders", "20000"],
    &["bulk-trial", "--provider", "aras", "--orders", "20000"],
    &["fuzz", "--seconds", "300", "--sanitizer"],
];

pub(crate) fn run(mut args: Args) -> Done {
    let only_list = args.switch("--list");
    args.finish()?;
    if only_list {
        steps::list(&STEPS);
        return Ok(());
    }
    steps::run(&STEPS)
}
