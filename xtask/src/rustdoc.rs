//! `rustdoc`: the documentation of every crate, without a warning.

use xtask::args::Args;
use xtask::failure::Done;
use xtask::process::{cargo, run as run_command};
use xtask::workspace::all_features;

pub(crate) fn run(args: Args) -> Done {
    args.finish()?;
    let all = all_features()?;
    let mut command = cargo(["doc", "--workspace", "--no-deps", "--features", &all]);
    run_command(command.env("RUSTDOCFLAGS", "-D warnings"))
}
