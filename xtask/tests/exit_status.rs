//! The exit statuses of commands that need no workbench, as a CI system sees them.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use std::process::{Command, Output};

fn xtask(args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command.args(args).env_remove("CI").output().unwrap()
}

fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn zero_and_the_list_of_commands_without_a_command() {
    for args in [&[][..], &["help"], &["--help"]] {
        let output = xtask(args);
        assert_eq!(output.status.code(), Some(0), "{args:?}");
        assert!(stdout(&output).contains("  contract-test  runs the clients"));
    }
}

#[test]
fn zero_and_the_page_of_the_command() {
    for command in [
        "contract-test",
        "fuzz",
        "places",
        "ci",
        "explain-hash",
        "bench",
    ] {
        for args in [[command, "--help"], ["help", command]] {
            let output = xtask(&args);
            assert_eq!(output.status.code(), Some(0), "{args:?}");
            let page = stdout(&output);
            assert!(
                page.starts_with(&format!("cargo xtask {command}")),
                "{page}"
            );
            let others = ["contract-test", "rustdoc", "features"];
            let named = others.iter().filter(|other| page.contains(*other)).count();
            assert!(named <= 1, "another command's help: {page}");
        }
    }
}

#[test]
fn zero_for_the_list_of_long_proofs() {
    let output = xtask(&["nightly", "--list"]);
    assert_eq!(output.status.code(), Some(0));
    assert!(stdout(&output).contains("cargo xtask bulk-trial --orders 20000\n"));
}

#[test]
fn two_when_it_could_not_run() {
    for (args, message) in [
        (&["lnt"][..], "no command `lnt`; nearest: `lint`"),
        (&["help", "tidi"], "no command `tidi`; nearest: `tidy`"),
        (&["fmt", "--chek"], "`fmt` does not know `--chek`"),
        (&["ci", "fast"], "`ci` does not know `fast`"),
        (
            &["fuzz", "--target", "sope"],
            "no target `sope`; nearest: `soap`",
        ),
        (&["fuzz", "--seconds", "ten"], "`ten` is not a number"),
        (&["fuzz", "--seconds", "1", "--cases", "1"], "not both"),
        (&["places", "--wheel", "missing"], "missing: no such file"),
        (&["places", "--wheel"], "`--wheel` needs a value"),
    ] {
        let output = xtask(args);
        assert_eq!(output.status.code(), Some(2), "{args:?}: {output:?}");
        let error = String::from_utf8_lossy(&output.stderr);
        assert!(error.contains(message), "{args:?}: {error}");
        assert_eq!(error.lines().count(), 1, "{error}");
        assert!(output.stdout.is_empty(), "{args:?}");
    }
}

/// A file that is not a package: Python reports that in a traceback, of which one line is shown.
#[test]
fn two_and_one_line_for_a_wheel_that_cannot_be_read() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");
    let output = xtask(&["places", "--check", "--wheel", file]);
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(
        error.starts_with("places: ") && error.lines().count() == 1,
        "{error}"
    );
}
