//! `stories`: tells drawn stories over the clients and the simulated providers, optimised.

mod patched;

use xtask::args::Args;
use xtask::failure::Failure;
use xtask::process::{cargo, exit_status_of};

/// Output and exit status are the program's.
pub(crate) fn run(arguments: &[String]) -> Result<u8, Failure> {
    let mut args = Args::new("stories", arguments);
    if args.switch("--patches") {
        return patched::run(args).map(|()| 0);
    }
    let mut command = cargo(["run", "--quiet", "--release", "--package", "stories", "--"]);
    exit_status_of(command.args(arguments))
}
