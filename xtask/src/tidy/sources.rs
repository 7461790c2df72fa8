//! Checks of every Rust file: its first line, and no loose ends.

use xtask::findings::Findings;

/// Macros that must not stay. Written in two halves, or this file would hold them itself.
const LEFT_BEHIND: [&str; 3] = [
    concat!("to", "do!("),
    concat!("unimple", "mented!("),
    concat!("db", "g!("),
];
const NOTE: &str = concat!("TO", "DO");

pub(super) fn check(path: &str, text: &str, findings: &mut Findings) {
    let first = text.lines().next().unwrap_or_default();
    if !first.starts_with("//! ") && !first.starts_with("#![doc") {
        findings.add(path, 1, "the first line must be a `//!` sentence");
    }
    for (index, line) in text.lines().enumerate() {
        for left in LEFT_BEHIND {
            if line.contains(left) {
                findings.add(path, index + 1, format!("`{left}` must not stay"));
            }
        }
        if has_loose_note(line) {
            findings.add(path, index + 1, format!("write `{NOTE}(#12): …`"));
        }
    }
}

/// Returns whether a line has a note that names no issue.
fn has_loose_note(line: &str) -> bool {
    line.match_indices(NOTE).any(|(at, _)| {
        let number = line[at + NOTE.len()..]
            .strip_prefix("(#")
            .and_then(|rest| rest.split_once(')'));
        !number.is_some_and(|(digits, _)| {
            !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(path: &str, text: &str) -> Vec<String> {
        let mut findings = Findings::default();
        check(path, text, &mut findings);
        findings.lines()
    }

    #[test]
    fn every_file_opens_with_a_sentence() {
        assert!(found("a.rs", "//! A.\n").is_empty());
        assert!(found("a.rs", "#![doc = include_str!(\"../README.md\")]\n").is_empty());
        assert_eq!(found("a.rs", "// A.\n").len(), 1);
        assert_eq!(found("a.rs", "").len(), 1);
    }

    #[test]
    fn finds_loose_ends() {
        for macro_name in LEFT_BEHIND {
            let text = format!("//! A.\nfn a() {{ {macro_name}) }}\n");
            let lines = found("a.rs", &text);
            assert!(
                lines.len() == 1 && lines[0].starts_with("a.rs:2: "),
                "{lines:?}"
            );
        }
        for (note, count) in [("(#12): x", 0), (": x", 1), ("(ayse): x", 1), ("(#): x", 1)] {
            let text = format!("//! A.\n// {NOTE}{note}\n");
            assert_eq!(found("a.rs", &text).len(), count, "{note}");
        }
    }
}
