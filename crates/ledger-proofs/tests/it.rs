//! Short runs of both trials, and a trial that has to fail.

#![expect(clippy::expect_used, reason = "tests stop at the first surprise")]

use std::process::{Command, Output};

fn run(arguments: &[&str]) -> Output {
    let program = env!("CARGO_BIN_EXE_ledger-proofs");
    let output = Command::new(program).args(arguments).output();
    output.expect("the program of this package")
}

/// Runs a trial on PostgreSQL. `None` where there is none, which the program says.
fn passes_on_postgres(arguments: &[&str]) -> Option<String> {
    let mut all = arguments.to_vec();
    all.extend(["--on", "postgres"]);
    let output = run(&all);
    let is_missing = String::from_utf8_lossy(&output.stderr).starts_with("SKIPPED");
    (!is_missing).then(|| passed(&output))
}

fn passes(arguments: &[&str]) -> String {
    passed(&run(arguments))
}

fn passed(output: &Output) -> String {
    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{printed}{errors}");
    assert!(
        printed.ends_with("each write has happened once, and none is open\n"),
        "{printed}"
    );
    printed
}

#[test]
fn programs_that_are_killed_at_random_write_each_write_once() {
    let printed = passes(&["storm", "--writes", "240", "--seed", "2"]);
    assert!(
        printed.contains("programs killed while they read"),
        "{printed}"
    );
}

#[test]
fn a_program_that_is_killed_at_each_moment_writes_once() {
    let printed = passes(&["matrix", "--step", "1500"]);
    for kind in ["share", "approval", "parcel"] {
        assert!(printed.contains(kind), "{printed}");
    }
}

#[test]
fn programs_and_a_server_that_are_killed_at_random_write_each_write_once() {
    let trial = ["storm", "--writes", "240", "--seed", "3"];
    let Some(printed) = passes_on_postgres(&trial) else {
        return;
    };
    let crashes = printed.lines().find(|line| line.starts_with("crashes"));
    let crashes = crashes.expect("they are counted");
    assert!(!crashes.ends_with(" 0"), "{printed}");
}

#[test]
fn a_program_whose_messages_to_the_server_are_lost_writes_once() {
    let Some(printed) = passes_on_postgres(&["matrix", "--step", "3000"]) else {
        return;
    };
    assert!(printed.contains("messages to the server"), "{printed}");
}

#[test]
fn an_unknown_word_ends_it() {
    for arguments in [
        &["storms"][..],
        &["storm", "--write", "1"],
        &["storm", "--writes", "x"],
        &["storm", "--on", "paper"],
    ] {
        let output = run(arguments);
        assert_eq!(output.status.code(), Some(1), "{arguments:?}");
        assert!(!output.stderr.is_empty());
    }
}

#[test]
fn a_program_that_freezes_while_another_goes_on_does_no_more_than_is_promised() {
    for on in ["sqlite", "postgres"] {
        let output = run(&["frozen", "--on", on]);
        let printed = String::from_utf8_lossy(&output.stdout).into_owned();
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{printed}{errors}");
        if errors.starts_with("SKIPPED") {
            continue;
        }
        let end = "each write has happened once, or twice where a person is asked\n";
        assert!(printed.ends_with(end), "{printed}");
        assert_eq!(printed.lines().count(), 14, "{printed}");
    }
}
