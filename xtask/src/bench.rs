//! Runs the benchmarks. They print tables and assert nothing: a machine may be busy.

use xtask::args::Args;
use xtask::failure::Done;
use xtask::process::{cargo, run as run_command};

/// Package, the features it needs, and the benchmark's name.
const BENCHMARKS: [(&str, &str, &str); 9] = [
    ("horoz-shipping", "reqwest", "overhead"),
    ("horoz-shipping", "reqwest", "bulk"),
    ("param-marketplace", "reqwest", "call"),
    ("kervan-wire", "soap", "tables"),
    ("aras-tracking", "query,reqwest", "batch"),
    ("aras-tracking", "shipments", "labels"),
    ("kervan-sandbox", "server", "worlds"),
    ("kervan-reconciliation", "", "day"),
    ("ledger-proofs", "", "throughput"),
];

/// Runs `bench`. The arguments are given to the benchmarks.
pub(crate) fn run(args: Args) -> Done {
    let arguments = args.into_rest();
    for (package, features, name) in BENCHMARKS {
        let mut command = cargo(["bench", "--quiet", "--package", package, "--bench", name]);
        command
            .args(["--no-default-features", "--features", features, "--"])
            .args(&arguments);
        run_command(&mut command)?;
    }
    Ok(())
}
