//! `package`: packs each published crate and builds it from its package, as a program gets it.

use xtask::args::Args;
use xtask::failure::Done;
use xtask::process::{cargo, run as run_command};
use xtask::scratch::Scratch;
use xtask::workspace::packages;

/// One command packs all of them, so that each is built with the packages of the others, which no registry
/// has yet.
pub(crate) fn run(args: Args) -> Done {
    args.finish()?;
    let packages = packages()?;
    // A folder of its own for each run: cargo keeps what it unpacked from a registry of this path, and would
    // build the packages of the run before.
    let scratch = Scratch::new()?;
    let mut command = cargo(["package", "--allow-dirty", "--target-dir"]);
    command.arg(scratch.path());
    for package in packages.iter().filter(|package| package.is_published) {
        command.args(["--package", &package.name]);
    }
    run_command(&mut command)
}
