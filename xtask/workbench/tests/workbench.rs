//! The exit statuses of the workbench, as a CI system sees them.
//!
//! `xtask` builds this test with the workbench, and so gets the features of the tests.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use std::fs;
use std::process::{Command, Output};

use case_text::CaseText;
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
    let loaded = contract_kit::case::load(&contract_kit::case::default_root());
    let case = loaded.cases.iter().find(|case| case.id() == CASE).unwrap();
    let path = dir.path().join(format!("{CASE}.case"));
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    let good = case.whole().unwrap();
    fs::write(&path, good.write()).unwrap();
    let root = dir.path().to_str().unwrap();
    assert_eq!(contract_test(&["--fixtures", root]).status.code(), Some(0));

    let broken = |change: &dyn Fn(&mut CaseText)| {
        let mut text = good.clone();
        change(&mut text);
        fs::write(&path, text.write()).unwrap();
        let output = contract_test(&["--fixtures", root, "--provider", "horoz"]);
        assert_eq!(output.status.code(), Some(1), "{output:?}");
        self::text(&output)
    };
    let without = |section| broken(&|text| text.remove(section));
    assert!(without("outcome").contains("outcome: the case has no such section; "));
    assert!(without("request").contains("request: the case has no such section; "));
    assert!(without("call").contains("`call` is missing"));
    assert!(broken(&|text| text.set("outcome", "{")).contains("success.case:"));
    assert!(broken(&|text| text.head.push_str("\nx")).contains("success.case:"));
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
        &["bulk-trial", "--provider", "param"],
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
