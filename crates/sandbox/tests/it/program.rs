//! The program: its first lines, its end, and one sentence with status 2 when it cannot begin.

use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

use crate::http::Line;

/// Returns the program with its texts in English.
pub(crate) fn program(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kervan-sandbox"));
    command
        .args(arguments)
        .env("LANG", "C")
        .env_remove("LC_ALL")
        .env_remove("LC_MESSAGES");
    command
}

fn fails(arguments: &[&str]) -> String {
    let Output {
        status,
        stdout,
        stderr,
    } = program(arguments).output().unwrap();
    let sentence = String::from_utf8(stderr).unwrap();
    assert_eq!((status.code(), stdout.len()), (Some(2), 0), "{sentence}");
    assert_eq!(sentence.lines().count(), 1, "{sentence}");
    sentence
}

#[test]
fn what_it_cannot_do_is_one_sentence_and_status_2() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    assert!(fails(&["--port", &port]).contains("is taken by another program"));
    assert!(fails(&["--lang", "tr", "--port", &port]).contains("başka bir programda"));
    assert!(fails(&["--prot"]).contains("--help"));
    assert!(fails(&["--world-file", "/nowhere/a.json"]).contains("/nowhere/a.json cannot be used"));
    assert!(
        fails(&["--listen", "192.0.2.1", "--port", "0"]).contains("cannot listen on 192.0.2.1")
    );
    assert!(fails(&["--name", "posws.param.com.tr"]).contains("provider's own host"));
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), "{\n  \"version\": 1,\n  \"stat\": {}\n}").unwrap();
    let path = file.path().to_str().unwrap();
    assert!(fails(&["--world-file", path]).contains("unknown field `stat`"));
}

#[test]
fn help_and_version_are_printed() {
    for (arguments, part) in [
        (vec!["--help"], "Usage: kervan-sandbox"),
        (vec!["--help", "--lang", "tr"], "Kullanım: kervan-sandbox"),
        (vec!["--version"], "kervan-sandbox 0."),
    ] {
        let output = program(&arguments).output().unwrap();
        assert!(output.status.success());
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(text.contains(part), "{text}");
        // A terminal of 100 columns shows each line whole.
        assert!(
            text.lines().all(|line| line.chars().count() <= 110),
            "{text}"
        );
    }
}

#[test]
fn it_answers_until_it_is_told_to_end() {
    let file = tempfile::NamedTempFile::new().unwrap();
    let steps = r#"{"version": 1, "steps": [
        {"provider": "horoz", "step": "add_account", "code": 901}]}"#;
    std::fs::write(file.path(), steps).unwrap();
    let path = file.path().to_str().unwrap();
    let mut child = program(&["--port", "0", "--json", "--seed", "9", "--world-file", path])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.as_mut().unwrap())
        .read_line(&mut line)
        .unwrap();
    let told: Value = serde_json::from_str(&line).unwrap();
    assert_eq!(told["seed"], 9);
    assert_eq!(told["providers"]["param"]["login"]["client_code"], "10738");
    let address = told["providers"]["horoz"]["address"].as_str().unwrap();
    let address = address
        .strip_prefix("http://")
        .unwrap()
        .split('/')
        .next()
        .unwrap();
    let state = Line::to(address.parse().unwrap())
        .call("GET", "/_sandbox/worlds/default/state", &[], "")
        .unwrap();
    assert!(state.text().contains("901"));
    let ended = Command::new("kill")
        .arg(child.id().to_string())
        .status()
        .unwrap();
    assert!(ended.success());
    assert_eq!(child.wait().unwrap().code(), Some(0));
}
