//! `mutants`: changes the calling path in small ways, one at a time, and expects a test to fail.
//!
//! The crates' own tests come first, because they take seconds. Changes that pass them are tried again
//! with the stories, which put all four clients over the change.

use std::fs;
use std::path::Path;

use xtask::args::Args;
use xtask::failure::{Done, Failure};
use xtask::process::{cargo, exit_status_of, in_ci, skip, succeeds};
use xtask::workspace::root;

/// The crates whose own tests are asked first.
const CRATES: [&str; 3] = ["kervan-core", "kervan-reqwest", "kervan-settling"];

/// The files that decide whether, how often and with which outcome a call is made.
const FILES: [&str; 17] = [
    "core/src/class",
    "core/src/client",
    "core/src/config",
    "core/src/error",
    "core/src/error/transport",
    "core/src/error/unsent",
    "core/src/host",
    "core/src/next_step",
    "core/src/operation",
    "core/src/outcome",
    "core/src/retry",
    "reqwest/src/builder",
    "reqwest/src/host",
    "reqwest/src/transport",
    "settling/src/attempt",
    "settling/src/settle",
    "settling/src/settler",
];

/// How many seconds a test run may take at least, because some changed tests wait for what never comes.
/// The stories of all writes take most of a minute, several minutes beside other work.
const OF_CRATES: &str = "60";
const OF_STORIES: &str = "900";

/// Where the lists of what was caught and missed are.
const OUTPUT: &str = "target/mutants";

pub(crate) fn run(mut args: Args) -> Done {
    let own_tests = args.switch("--own-tests");
    let jobs = args.number::<u32>("--jobs")?.unwrap_or(2);
    args.finish()?;
    if !succeeds(&mut cargo(["mutants", "--version"])) {
        let missing = "cargo-mutants is not installed; `cargo install --locked cargo-mutants`";
        if in_ci() {
            return Err(missing.into());
        }
        skip(missing);
        return Ok(());
    }
    let lists = root().join(OUTPUT).join("mutants.out");
    let _ = fs::remove_dir_all(&lists);
    let jobs = jobs.to_string();
    let tests = ["--", "--lib", "--test", "it"];
    let mut last = mutants(&jobs, OF_CRATES, &tests)?;
    println!("the crates' own tests: {}", counts(&lists)?);
    if last == MISSED && !own_tests {
        let stories = [
            "--iterate",
            "--test-package",
            "stories",
            "--",
            "--test",
            "it",
        ];
        last = mutants(&jobs, OF_STORIES, &stories)?;
        println!("and the stories: {}", counts(&lists)?);
    }
    match last {
        0 => Ok(()),
        MISSED | TIMED_OUT => Err(Failure::broken(format!(
            "not all changes were noticed; {OUTPUT}/mutants.out lists them"
        ))),
        status => Err(Failure::CouldNotRun(format!(
            "cargo mutants: exit status {status}"
        ))),
    }
}

const MISSED: u8 = 2;
const TIMED_OUT: u8 = 3;

fn mutants(jobs: &str, seconds: &str, arguments: &[&str]) -> Result<u8, Failure> {
    let mut command = cargo(["mutants", "--output", OUTPUT]);
    command.args(["--jobs", jobs, "--minimum-test-timeout", seconds]);
    for package in CRATES {
        command.args(["--package", package]);
    }
    for file in FILES {
        command.args(["--file", &format!("crates/{file}.rs")]);
    }
    exit_status_of(command.args(arguments))
}

/// Returns how many were noticed and how many were not, from the lists.
fn counts(lists: &Path) -> Result<String, Failure> {
    let count = |name: &str| -> Result<usize, Failure> {
        let path = lists.join(name);
        if !path.exists() {
            return Ok(0);
        }
        let text = fs::read_to_string(&path);
        let text = text.map_err(|error| format!("{}: {error}", path.display()))?;
        Ok(text.lines().count())
    };
    let caught = count("caught.txt")? + count("previously_caught.txt")?;
    Ok(format!(
        "{caught} noticed, {} not noticed, {} hang, {} do not compile",
        count("missed.txt")?,
        count("timeout.txt")?,
        count("unviable.txt")?,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_exists() {
        for file in FILES {
            let path = root().join(format!("crates/{file}.rs"));
            assert!(path.is_file(), "{}", path.display());
        }
    }
}
