//! The exit statuses of the examples, as a shell sees them.
//!
//! `cargo test --workspace` builds the examples before it runs this; a test that is named alone runs what
//! was built last.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use xtask::scratch::Scratch;

const PROVIDERS: [&str; 4] = [
    "aras-tracking",
    "horoz-shipping",
    "param-marketplace",
    "haso-bnpl",
];

/// Those that do something useful without arguments. All others need some.
const WITHOUT_ARGUMENTS: [&str; 6] = [
    "checkout",
    "marketplace_day",
    "order",
    "register",
    "share_a_link",
    "supplier_delivery",
];

/// Returns the names of all examples of the four providers.
fn examples() -> Vec<String> {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../crates");
    let mut names = Vec::new();
    for provider in PROVIDERS {
        let before = names.len();
        for entry in fs::read_dir(crates.join(provider).join("examples")).unwrap() {
            let path = entry.unwrap().path();
            // The other files are read by examples.
            let is_source = path.extension().is_some_and(|extension| extension == "rs");
            if is_source || path.join("main.rs").is_file() {
                names.push(path.file_stem().unwrap().to_str().unwrap().to_owned());
            }
        }
        assert!(names.len() > before, "{provider} has examples");
    }
    names
}

/// Beside the folder of this test: `target/debug/examples`.
fn program(name: &str) -> PathBuf {
    let test = std::env::current_exe().unwrap();
    let profile = test.parent().and_then(Path::parent).unwrap();
    let file = format!("{name}{}", std::env::consts::EXE_SUFFIX);
    let path = profile.join("examples").join(file);
    assert!(
        path.is_file(),
        "{} is missing; `cargo test --workspace` builds it",
        path.display()
    );
    path
}

fn run(name: &str, arguments: &[&str]) -> Output {
    Command::new(program(name))
        .args(arguments)
        .env_remove("HOROZ_BASE_URL")
        .env_remove("HOROZ_PROCESS_KEY")
        .env_remove("KERVAN_SANDBOX")
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// Wrong use: status 2, nothing on the standard output, one sentence that names the program, and at most
/// the usage below it.
fn is_wrong_use(name: &str, arguments: &[&str]) {
    let output = run(name, arguments);
    let stderr = text(&output.stderr);
    let place = format!("{name} {arguments:?}: {stderr}");
    assert_eq!(output.status.code(), Some(2), "{place}");
    assert!(output.stdout.is_empty(), "{place}");
    let (sentence, rest) = stderr.split_once('\n').unwrap();
    assert!(sentence.starts_with(&format!("{name}: ")), "{place}");
    let usage = format!("\n{}", text(&run(name, &["--help"]).stdout));
    assert!(rest.is_empty() || rest == usage, "{place}");
    // `Debug` of an error writes braces, brackets, quotes, or the name of a variant before one.
    let is_debug = |c: char| matches!(c, '{' | '}' | '(' | ')' | '"');
    assert!(!sentence.contains(is_debug), "{place}");
    assert!(
        !sentence.contains("Error") && !sentence.contains("panicked"),
        "{place}"
    );
}

#[test]
fn help_is_printed_and_no_failure() {
    for name in examples() {
        for help in ["--help", "-h"] {
            let output = run(&name, &[help]);
            let stdout = text(&output.stdout);
            assert_eq!(output.status.code(), Some(0), "{name} {help}: {output:?}");
            assert!(
                stdout.starts_with(&format!("usage: {name}")),
                "{name}: {stdout}"
            );
            assert!(output.stderr.is_empty(), "{name} {help}: {output:?}");
        }
    }
}

#[test]
fn an_unknown_flag_is_wrong_use() {
    for name in examples() {
        is_wrong_use(&name, &["--no-such-flag"]);
    }
}

#[test]
fn a_missing_argument_is_wrong_use() {
    let names = examples();
    for name in WITHOUT_ARGUMENTS {
        assert!(names.iter().any(|one| one == name), "{name} exists");
    }
    let needing: Vec<_> = names
        .iter()
        .filter(|name| !WITHOUT_ARGUMENTS.contains(&name.as_str()))
        .collect();
    assert!(!needing.is_empty());
    for name in needing {
        is_wrong_use(name, &[]);
    }
    is_wrong_use("track", &["--server"]);
    is_wrong_use("track", &["1234567890123", "1234567890123"]);
    is_wrong_use("share_a_link", &["one", "two"]);
    is_wrong_use("bulk_orders", &["orders.csv", "--at-once"]);
    is_wrong_use("bulk_orders", &["orders.csv", "--at-once", "many"]);
    is_wrong_use("bulk_parcels", &["one.csv", "two.csv"]);
    is_wrong_use("register", &["one", "two"]);
    is_wrong_use("explain_hash", &["one.json", "two.json"]);
    is_wrong_use("order", &["--open", "twice"]);
}

/// The words are the system's own.
#[test]
fn a_file_that_is_not_there_is_named() {
    let output = run("explain_hash", &["no-such-file.json"]);
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    let stderr = text(&output.stderr);
    assert!(
        stderr.starts_with("explain_hash: no-such-file.json: "),
        "{stderr}"
    );
    assert_eq!(stderr.lines().count(), 1, "{stderr}");
}

#[test]
fn an_example_without_arguments_runs_to_its_end() {
    for name in WITHOUT_ARGUMENTS {
        let output = run(name, &[]);
        assert_eq!(output.status.code(), Some(0), "{name}: {output:?}");
        assert!(!output.stdout.is_empty(), "{name}");
    }
}

/// A hash that the provider publishes, made with a key in small letters.
const PUBLISHED: &str = r#"{
    "method": "TP_Islem_Odeme_BKM",
    "hash": "4HaFjeEYpcVMQYgq94lxuYWHAV8=",
    "values": {
        "CLIENT_CODE": "10738", "GUID": "0C13D406-873B-403B-9C09-A5766840D98C",
        "Amount": "100,00", "Order_ID": "sipariş1",
        "Error_URL": "http://localhost:62361/turkpos.api/Sonuc.aspx",
        "Success_URL": "http://localhost:62361/turkpos.api/Sonuc.aspx"
    }
}"#;

/// Runs `explain_hash` on a file and returns its status and all that it says.
fn explain(json: &str) -> (Option<i32>, String) {
    let folder = Scratch::new().unwrap();
    let file = folder.path().join("question.json");
    fs::write(&file, json).unwrap();
    let output = run("explain_hash", &[file.to_str().unwrap()]);
    let said = text(&output.stdout) + &text(&output.stderr);
    (output.status.code(), said)
}

#[test]
fn explain_hash_explains_a_published_hash_for_a_key_in_another_case() {
    let mistake = "`GUID` was hashed in lower case\n".to_owned();
    assert_eq!(explain(PUBLISHED), (Some(1), mistake));
    let right = PUBLISHED.replace(
        "0C13D406-873B-403B-9C09-A5766840D98C",
        "0c13d406-873b-403b-9c09-a5766840d98c",
    );
    let (status, said) = explain(&right);
    assert_eq!(status, Some(0), "{said}");
    assert!(said.contains("right"), "{said}");
    let (status, said) = explain(&right.replace("100,00", "100,01"));
    assert_eq!(status, Some(1), "{said}");
    assert!(said.contains("no known mistake"), "{said}");
}

#[test]
fn explain_hash_says_what_is_wrong_with_its_file_and_quotes_nothing() {
    for (json, words) in [
        ("{\"hash\": \"geheim\"".to_owned(), "the file is not"),
        (PUBLISHED.replace("Amount", "Tutar"), "Amount"),
        (PUBLISHED.replace("_BKM", "_X"), "methods: Pos_Odeme"),
    ] {
        let (status, said) = explain(&json);
        assert_eq!(status, Some(2), "{said}");
        assert!(said.contains(words), "{said}");
        assert!(
            !said.contains("geheim") && !said.contains("sipariş1"),
            "{said}"
        );
    }
}
