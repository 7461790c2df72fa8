//! `ci`: the ordered list of checks that CI runs; the same on any machine.
//!
//! The tests themselves run before this, by the command that the README names; see `.ci/run`. The
//! long proofs are in `nightly`; a short run of most is here or among the tests.

use xtask::args::Args;
use xtask::failure::Done;

use crate::steps::{self, Step};

/// Cheap ones first, so that a slip shows early.
const STEPS: [Step; 17] = [
    &["fmt", "--check"],
    &["tidy"],
    &["reference", "--check"],
    &["costs", "--check-counts"],
    &["contract-test"],
    &["fixtures", "regenerate", "--check"],
    &["sandbox"],
    &["bulk-trial", "--orders", "2000"],
    &["bulk-trial", "--provider", "aras", "--orders", "500"],
    &["examples"],
    &["examples", "--outside"],
    &["lint"],
    &["rustdoc"],
    &["test", "--alone", "--package", "kervan-turkiye"],
    &["deps"],
    &["fuzz", "--check"],
    &["outbox", "--check"],
];

pub(crate) fn run(args: Args) -> Done {
    args.finish()?;
    steps::run(&STEPS)
}
