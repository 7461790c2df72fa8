//! The stories in Python: the page shows the scripts, and they run to the output of the page.

use std::process::{Command, Output};

use crate::started::{Started, file, has_tools, text};

const PAGE: &str = "docs/recipes/sandbox-python.md";

/// The scripts, in the order of the page.
const SCRIPTS: [&str; 2] = [
    "docs/recipes/sandbox_story.py",
    "docs/recipes/sandbox_payment.py",
];

/// Returns the blocks of a kind, one for each script.
fn blocks(kind: &str) -> [String; 2] {
    let page = text(PAGE);
    let mark = format!("\n```{kind}\n");
    let blocks = page.split(&mark).skip(1).map(|part| {
        let (block, _) = part.split_once("\n```\n").unwrap();
        format!("{block}\n")
    });
    let blocks: Vec<String> = blocks.collect();
    blocks.try_into().unwrap()
}

fn python(script: &str, root: &str) -> Output {
    let mut command = Command::new("python3");
    command.arg(file(script)).arg(root);
    command.env("PYTHONIOENCODING", "utf-8").output().unwrap()
}

#[test]
fn the_page_shows_the_scripts() {
    assert_eq!(blocks("python"), SCRIPTS.map(text));
}

#[test]
fn the_stories_run_to_their_ends() {
    if !has_tools(&["python3"]) {
        return;
    }
    let started = Started::with(&[]);
    let root = format!("http://{}", started.host);
    // Worlds are apart, so that a second run finds nothing of the first one.
    for _ in 0..2 {
        for (script, shown) in SCRIPTS.iter().zip(blocks("text")) {
            let output = python(script, &root);
            let errors = String::from_utf8_lossy(&output.stderr).into_owned();
            assert_eq!(output.status.code(), Some(0), "{script}: {errors}");
            assert_eq!(String::from_utf8(output.stdout).unwrap(), shown);
        }
    }
    drop(started);
    for script in SCRIPTS {
        assert_eq!(python(script, &root).status.code(), Some(1));
    }
}
