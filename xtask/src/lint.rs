//! `lint`: clippy over every target of the workspace, with every feature.
//!
//! Fewer features are the job of `features`.

use xtask::args::Args;
use xtask::failure::Done;
use xtask::process::{cargo, run as run_command};
use xtask::workspace::all_features;

pub(crate) fn run(args: Args) -> Done {
    args.finish()?;
    let all = all_features()?;
    let mut command = cargo(["clippy", "--workspace", "--all-targets", "--features", &all]);
    run_command(command.args(["--", "-D", "warnings"]))
}
