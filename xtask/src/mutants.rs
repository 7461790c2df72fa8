//! `mutants`: changes core's calling path in small ways, one at a time, and expects a test to fail.
//!
//! Core's own tests come first, because they take seconds. What they let pass is tried again with the
//! stories, which put all four clients over the change.

use std::fs;
use std::path::Path;

use xtask::args::Args;
use xtask::failure::{Done, Failure};
use xtask::process::{cargo, exit_status_of, in_ci, skip, succeeds};
use xtask::workspace::root;

/// The files that decide whether, how often and with which outcome a call is made.
const FILES: [&str; 10] = [
    "attempt",
    "class",
    "client",
    "next_step",
    "operation",
    "outcome",
    "retry",
    "settle",
    "settling",
    "error/unsent",
];

/// How many seconds a test run may take at least, because some changed tests wait for what never comes.
/// The stories of all writes take most of a minute, several minutes beside other work.
const OF_CORE: &str = "60";
const OF_STORIES: &str = "900";

/// Where the lists of what was caught and missed are.
const OUTPUT: &str = "target/mutants";

pub(crate) fn run(mut args: Args) -> Done {
    let only_core = args.switch("--only-core");
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
    // The tests of places and documents do not touch these files, and take most of the time.
    let tests = [
        "--",
        "--lib",
        "--test",
        "it",
        "--",
        "--skip=places",
        "--skip=tree",
    ];
    let mut last = mutants(&jobs, OF_CORE, &tests)?;
    println!("core's own tests: {}", counts(&lists)?);
    if last == MISSED && !only_core {
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
    let mut command = cargo(["mutants", "--package", "kervan-core", "--output", OUTPUT]);
    command.args(["--jobs", jobs, "--minimum-test-timeout", seconds]);
    for file in FILES {
        command.args(["--file", &format!("crates/core/src/{file}.rs")]);
    }
    exit_status_of(command.args(arguments))
}

/// How many were noticed and how many were not, from the lists.
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
            let path = root().join(format!("crates/core/src/{file}.rs"));
            assert!(path.is_file(), "{}", path.display());
        }
    }
}
