//! The exit statuses of the workbench, as a CI system sees them.
//!
//! `xtask` builds this test with the workbench, and so gets the features of the tests.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use xtask::scratch::Scratch;

const CASE: &str = "horoz-shipping/serviceControl/success";

fn workbench(args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_workbench"));
    command.args(args).output().unwrap()
}

fn contract_test(args: &[&str]) -> Output {
    workbench(&[&["contract-test"], args].concat())
}

fn text(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn zero_when_all_contracts_hold() {
    let output = contract_test(&["--provider", "horoz", "--operation", "serviceControl"]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    assert!(text(&output).contains("0 failed"));
    assert!(output.stderr.is_empty(), "quiet where nobody watches");
}

#[test]
fn one_when_a_contract_is_broken() {
    let dir = Scratch::new().unwrap();
    let (from, to) = (
        fixtures::case::default_root().join(CASE),
        dir.path().join(CASE),
    );
    fs::create_dir_all(&to).unwrap();
    for file in fs::read_dir(from).unwrap() {
        let file = file.unwrap();
        fs::copy(file.path(), to.join(file.file_name())).unwrap();
    }
    let root = dir.path().to_str().unwrap();
    assert_eq!(contract_test(&["--fixtures", root]).status.code(), Some(0));

    let broken = |file: &str, change: &dyn Fn(&Path)| {
        let path = to.join(file);
        let good = fs::read(&path).unwrap();
        change(&path);
        let output = contract_test(&["--fixtures", root, "--provider", "horoz"]);
        fs::write(&path, good).unwrap();
        assert_eq!(output.status.code(), Some(1), "{file}: {output:?}");
        text(&output)
    };
    let remove = |path: &Path| fs::remove_file(path).unwrap();
    assert!(broken("outcome.json", &remove).contains("outcome.json: expected a file, got nothing"));
    assert!(broken("request.http", &remove).contains("request.http: expected a file, got nothing"));
    assert!(broken("call.json", &remove).contains("call.json is missing"));
    let garble = |path: &Path| fs::write(path, "{").unwrap();
    assert!(broken("outcome.json", &garble).contains("outcome.json"));
    assert!(broken("about.toml", &garble).contains("about.toml"));
}

#[test]
fn two_when_it_could_not_run() {
    for args in [
        &["contract-test", "--case", "none"][..],
        &["contract-test", "--provider", "horozz"],
        &["contract-test", "--fixtures", "/nowhere"],
        &["contract-test", "--format", "xml"],
        &["fixtures"],
        &["fixtures", "regenerat"],
        &["fixtures", "regenerate", "--chek"],
        &["fixtures", "regenerate", "--fixtures", "/nowhere"],
        &["reference", "--chek"],
        &["bulk-trial", "--orders", "many"],
        &["tidy", "--check"],
        &["lint"],
        &["contract-tests"],
        &[],
    ] {
        let output = workbench(args);
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert!(
            !output.stderr.is_empty() && output.stdout.is_empty(),
            "{args:?}"
        );
    }
}

#[test]
fn zero_for_the_help_of_a_command() {
    let output = workbench(&["contract-test", "--help"]);
    assert_eq!(output.status.code(), Some(0));
    assert!(text(&output).starts_with("cargo xtask contract-test "));
}
