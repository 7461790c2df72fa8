//! The program: its settings, and the sentence with which it ends when it cannot begin.

use std::net::TcpListener;
use std::process::{Command, Output};

use crate::support::Stage;

fn run(arguments: &[&str], settings: &[(&str, &str)]) -> Output {
    let mut program = Command::new(env!("CARGO_BIN_EXE_kervan-shop"));
    for name in ["KERVAN_SANDBOX", "SHOP_ADDRESS", "SHOP_DATABASE"] {
        program.env_remove(name);
    }
    program
        .args(arguments)
        .envs(settings.iter().copied())
        .output()
        .unwrap()
}

#[test]
fn help_names_every_setting() {
    let help = run(&["--help"], &[]);
    assert!(help.status.success());
    let text = String::from_utf8(help.stdout).unwrap();
    for name in ["KERVAN_SANDBOX", "SHOP_ADDRESS", "SHOP_DATABASE"] {
        assert!(text.contains(name), "{name}");
    }
}

#[test]
fn a_wrong_start_is_one_sentence_and_exit_code_2() {
    let stage = Stage::new();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let taken = taken.local_addr().unwrap().to_string();
    let fresh = stage.folder.path().join("other.sqlite");
    let fresh = fresh.to_str().unwrap();
    let param = stage.sandbox.account("param").address;
    let world = param.strip_suffix("/param").unwrap();
    let free = "127.0.0.1:0";
    let other = stage.database();
    let cases = [
        ("KERVAN_SANDBOX", ["here", free, fresh]),
        (
            "like `http://127.0.0.1:4747`",
            ["127.0.0.1:4747", free, fresh],
        ),
        (
            "cargo run -p kervan-sandbox",
            ["http://127.0.0.1:1", free, fresh],
        ),
        ("SHOP_DATABASE: it is empty", [world, free, ""]),
        ("SHOP_ADDRESS chooses another", [world, &taken, fresh]),
        ("no sandbox answers", ["http://127.0.0.1:1", free, fresh]),
        ("SHOP_ADDRESS", [world, "3000", fresh]),
        ("SHOP_ADDRESS", [world, &taken, fresh]),
        ("SHOP_DATABASE", [world, free, "/nowhere/a.sqlite"]),
        ("another shop", [world, free, other]),
    ];
    let names = ["KERVAN_SANDBOX", "SHOP_ADDRESS", "SHOP_DATABASE"];
    let mut ended: Vec<_> = cases
        .iter()
        .map(|(expected, values)| {
            let settings: Vec<_> = names.into_iter().zip(values.iter().copied()).collect();
            (*expected, run(&[], &settings))
        })
        .collect();
    ended.push(("`--port`", run(&["--port"], &[])));
    for (expected, ended) in ended {
        let text = String::from_utf8(ended.stderr).unwrap();
        assert_eq!(ended.status.code(), Some(2), "{expected}: {text}");
        assert_eq!(text.lines().count(), 1, "{text}");
        assert!(
            text.starts_with("kervan-shop: ") && text.contains(expected),
            "{text}"
        );
        assert!(ended.stdout.is_empty());
    }
}
