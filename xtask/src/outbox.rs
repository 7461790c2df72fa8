//! `outbox`: the ledger's outbox in transactions of sqlx and diesel, outside of the workspace.

use std::fs;

use xtask::args::Args;
use xtask::failure::Done;
use xtask::process::{cargo, run as run_command};
use xtask::workspace::root;

pub(crate) fn run(mut args: Args) -> Done {
    let is_check = args.switch("--check");
    args.finish()?;
    // The versions of the workspace, where these libraries allow them.
    let locks = ["Cargo.lock", "crates/outbox/Cargo.lock"].map(|lock| root().join(lock));
    fs::copy(&locks[0], &locks[1]).map_err(|error| format!("{}: {error}", locks[1].display()))?;
    let mut command = cargo(if is_check {
        &["check", "--tests"][..]
    } else {
        &["test"]
    });
    // In one folder with everything else.
    command.args([
        "--manifest-path",
        "crates/outbox/Cargo.toml",
        "--target-dir",
    ]);
    run_command(command.arg("target"))
}
