//! Runs the benchmarks. They print tables and assert nothing: a machine may be busy.

use std::process::{Command, ExitCode};

/// Package, the features it needs, and the benchmark's name.
const BENCHMARKS: &[(&str, &str, &str)] = &[
    ("horoz-shipping", "reqwest", "overhead"),
    ("horoz-shipping", "reqwest,ledger", "bulk"),
    ("param-marketplace", "reqwest", "call"),
    ("kervan-core", "soap", "tables"),
    ("aras-tracking", "query,reqwest", "batch"),
];

/// Runs `bench`. Whatever follows is given to the benchmarks.
pub(crate) fn run(args: &[String]) -> ExitCode {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    for (package, features, name) in BENCHMARKS.iter().copied() {
        println!("{package}: {name}");
        let status = Command::new(&cargo)
            .args(["bench", "--quiet", "--package", package, "--bench", name])
            .args(["--no-default-features", "--features", features, "--"])
            .args(args)
            .status();
        match status {
            Ok(status) if status.success() => {}
            Ok(_) => return ExitCode::FAILURE,
            Err(error) => {
                eprintln!("bench: cargo cannot be started: {error}");
                return ExitCode::from(2);
            }
        }
    }
    ExitCode::SUCCESS
}
