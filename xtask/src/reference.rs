//! `reference`: writes the generated pages of `docs/reference`, or compares them.

pub(crate) mod calls;
mod endpoints;
pub(crate) mod problems;
mod result_codes;

use std::fs;

use crate::util::{Findings, read, root};

/// The line under each page's title.
const GENERATED: &str = "Written by `cargo xtask reference`. Do not edit by hand.";

pub(crate) fn run(check: bool) -> Result<(), String> {
    let calls = calls::all()?;
    let pages = [
        ("docs/reference/endpoints.md", endpoints::page(&calls)),
        ("docs/reference/problems.md", problems::page()),
        (
            "docs/reference/result-codes.md",
            result_codes::page(&calls)?,
        ),
    ];
    let mut findings = Findings::default();
    for (path, text) in pages {
        if !check {
            fs::write(root().join(path), text).map_err(|error| format!("{path}: {error}"))?;
        } else if let Some(line) = first_difference(&read(path).unwrap_or_default(), &text) {
            findings.add(path, line, "out of date; run `cargo xtask reference`");
        }
    }
    findings.report()
}

/// The first line, counted from one, in which two texts differ.
pub(crate) fn first_difference(present: &str, wanted: &str) -> Option<usize> {
    if present == wanted {
        return None;
    }
    let same = present
        .lines()
        .zip(wanted.lines())
        .take_while(|(a, b)| a == b);
    Some(same.count() + 1)
}

/// A text as the content of a table's cell.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_the_first_line_that_differs() {
        assert_eq!(first_difference("a\nb\n", "a\nb\n"), None);
        assert_eq!(first_difference("a\nb\n", "a\nc\n"), Some(2));
        assert_eq!(first_difference("a\n", "a\nb\n"), Some(2));
        assert_eq!(first_difference("", "a\n"), Some(1));
        assert_eq!(first_difference("a\nb", "a\nb\n"), Some(3));
    }
}
