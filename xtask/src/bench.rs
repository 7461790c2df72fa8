//! Runs the benchmarks. They print tables and assert nothing: a machine may be busy.

use std::process::{Command, ExitCode};

/// Runs `bench`. Whatever follows is given to the benchmarks.
pub(crate) fn run(args: &[String]) -> ExitCode {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let status = Command::new(cargo)
        .args([
            "bench",
            "--quiet",
            "--package",
            "horoz-shipping",
            "--bench",
            "overhead",
            "--",
        ])
        .args(args)
        .status();
    match status {
        Ok(status) if status.success() => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("bench: cargo cannot be started: {error}");
            ExitCode::from(2)
        }
    }
}
