//! `explain-hash`: runs the example of `param-marketplace` that explains a payment's hash.

use std::process::Command;

use xtask::failure::Failure;
use xtask::process::{beside, build_shared, exit_status_of};

/// Standard input, output and the exit status are the example's.
pub(crate) fn run(arguments: &[String]) -> Result<u8, Failure> {
    build_shared(&["--example", "explain_hash"])?;
    let name = format!("explain_hash{}", std::env::consts::EXE_SUFFIX);
    let program = beside("examples")?.join(name);
    exit_status_of(Command::new(program).args(arguments))
}
