//! The story in Python: the page shows the script, and the script runs to the output of the page.

use std::process::{Command, Output};

use crate::started::{Started, file, has_tools, text};

const PAGE: &str = "docs/recipes/sandbox-python.md";
const SCRIPT: &str = "docs/recipes/sandbox_story.py";

/// Returns the only block of a kind.
fn block(page: &str, kind: &str) -> String {
    let mark = format!("\n```{kind}\n");
    let mut parts = page.split(&mark).skip(1);
    let (block, _) = parts.next().unwrap().split_once("\n```\n").unwrap();
    assert_eq!(parts.next(), None, "a second block of {kind}");
    format!("{block}\n")
}

fn python(root: &str) -> Output {
    let mut command = Command::new("python3");
    command.arg(file(SCRIPT)).arg(root);
    command.env("PYTHONIOENCODING", "utf-8").output().unwrap()
}

#[test]
fn the_page_shows_the_script() {
    assert_eq!(block(&text(PAGE), "python"), text(SCRIPT));
}

#[test]
fn the_story_runs_to_its_end() {
    if !has_tools(&["python3"]) {
        return;
    }
    let started = Started::with(&[]);
    let root = format!("http://{}", started.host);
    // Worlds are apart, so that a second run finds nothing of the first one.
    for _ in 0..2 {
        let output = python(&root);
        let errors = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(0), "{errors}");
        let printed = String::from_utf8(output.stdout).unwrap();
        assert_eq!(printed, block(&text(PAGE), "text"));
    }
    drop(started);
    assert_eq!(python(&root).status.code(), Some(1));
}
