//! `fmt`: rustfmt over every crate.

use xtask::args::Args;
use xtask::failure::Done;
use xtask::process::{cargo, run as run_command};

pub(crate) fn run(mut args: Args) -> Done {
    let check = args.switch("--check");
    args.finish()?;
    let mut command = cargo(["fmt", "--all"]);
    if check {
        command.arg("--check");
    }
    run_command(&mut command)
}
