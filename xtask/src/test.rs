//! `test`: the tests of everything, of each published crate by itself, or optimised at full length.

use xtask::args::Args;
use xtask::failure::{Done, Failure};
use xtask::process::{cargo, run as run_command};
use xtask::workspace::packages;

/// `cargo test --workspace` joins the features that the crates ask of each other. `--alone` runs what
/// that leaves out: each published crate as a program gets it that turns every feature off. `--long`
/// runs the optimised code, whose tests read bodies of the greatest length.
pub(crate) fn run(mut args: Args) -> Done {
    let alone = args.switch("--alone");
    let only = args.value("--package")?;
    let long = args.switch("--long");
    args.finish()?;
    if long {
        return run_command(&mut cargo(["test", "--workspace", "--release"]));
    }
    if !alone {
        return run_command(&mut cargo(["test", "--workspace"]));
    }
    let mut failed = Vec::new();
    let is_chosen = |name: &str| only.as_deref().is_none_or(|only| only == name);
    let packages = packages()?;
    let published = packages.iter().filter(|package| package.is_published);
    for package in published.filter(|package| is_chosen(&package.name)) {
        let mut command = cargo(["test", "--package", &package.name, "--no-default-features"]);
        failed.extend(run_command(&mut command).err());
    }
    Failure::join(&failed)
}
