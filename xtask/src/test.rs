//! `test`: the tests of everything, or of each published crate by itself.

use crate::util::{cargo, packages, run as run_command};

/// `cargo test --workspace` joins the features that the crates ask of each other. `alone` runs what
/// that leaves out: each published crate as a program gets it that turns every feature off.
pub(crate) fn run(alone: bool) -> Result<(), String> {
    if !alone {
        return run_command(&mut cargo(["test", "--workspace"]));
    }
    let mut failed = Vec::new();
    for package in packages()?.iter().filter(|package| package.is_published) {
        let mut command = cargo(["test", "--package", &package.name, "--no-default-features"]);
        if run_command(&mut command).is_err() {
            failed.push(package.name.clone());
        }
    }
    if failed.is_empty() {
        Ok(())
    } else {
        Err(format!("without features: {}", failed.join(", ")))
    }
}
