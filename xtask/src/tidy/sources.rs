//! What holds for every Rust file: its first line, and no loose ends.

use crate::reference::calls::{Call, headline_of, operation_of, package_of};
use crate::util::Findings;

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
    if package_of(path).is_some() && operation_of(text).is_some() {
        check_call(path, text, findings);
    }
}

/// Whether a line has a note that names no issue.
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

/// The first line of a call's file names the call, and its effect as the constant does. That the
/// name is the call's own is for [`check_names`].
fn check_call(path: &str, text: &str, findings: &mut Findings) {
    let Some(headline) = headline_of(text) else {
        let message =
            "a call's first line is `//! … Wire: `name` (JSON|SOAP|form|link, read|write).`";
        findings.add(path, 1, message);
        return;
    };
    let mut effect = headline.effect;
    if let Some(first) = effect.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    let wanted = format!("const EFFECT: Effect = Effect::{effect};");
    if !text.lines().any(|line| line.trim() == wanted) {
        findings.add(path, 1, format!("the first line asks for `{wanted}`"));
    }
}

/// The calls that the first lines name are the calls that the contract tests make. `known` holds
/// crate and name of each, as compiled.
///
/// A first line may name several operations, apart by commas, that take the same request. What
/// follows a hyphen in the name of a contract test, if it is a number, says which of an operation's
/// many questions it is: `GetQueryJSON-9`.
pub(super) fn check_names(calls: &[Call], known: &[(&str, &str)], findings: &mut Findings) {
    let known: Vec<_> = known
        .iter()
        .map(|(package, name)| match name.split_once('-') {
            Some((operation, number)) if number.parse::<u16>().is_ok() => (*package, operation),
            _ => (*package, *name),
        })
        .collect();
    let mut named = Vec::new();
    for call in calls {
        for wire in call.headline.wire.split(", ") {
            let name = (call.package.as_str(), wire);
            if !known.contains(&name) {
                let message = format!("the contract tests know no call `{wire}`");
                findings.add(&call.path, 1, message);
            }
            named.push(name);
        }
    }
    for (package, name) in known.iter().filter(|name| !named.contains(name)) {
        let message = format!("the first line of no file names the call `{name}`");
        findings.add(&format!("crates/{package}/src/lib.rs"), 1, message);
    }
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

    #[test]
    fn a_call_says_the_same_in_its_first_line_and_its_constant() {
        let call = |first: &str| {
            format!(
                "{first}\nimpl Operation for A {{\n    const EFFECT: Effect = Effect::Write;\n}}\n"
            )
        };
        let path = "crates/a/src/a.rs";
        let found = |first: &str| found(path, &call(first)).len();
        assert_eq!(found("//! Creates. Wire: `create` (JSON, write)."), 0);
        assert_eq!(found("//! Creates. Wire: `create` (JSON, read)."), 1);
        assert_eq!(found("//! Creates."), 1);
    }

    #[test]
    fn first_lines_and_contract_tests_know_the_same_calls() {
        let call = Call {
            path: "crates/a/src/a.rs".to_owned(),
            package: "a".to_owned(),
            request: "A".to_owned(),
            headline: headline_of("//! Creates. Wire: `create` (JSON, write).").unwrap(),
        };
        let found = |known: &[(&str, &str)]| {
            let mut findings = Findings::default();
            check_names(std::slice::from_ref(&call), known, &mut findings);
            findings.lines()
        };
        assert!(found(&[("a", "create")]).is_empty());
        assert!(found(&[("a", "create-1"), ("a", "create-2")]).is_empty());
        assert_eq!(found(&[("a", "create-json")]).len(), 2);
        assert_eq!(
            found(&[("a", "make")]),
            [
                "crates/a/src/a.rs:1: the contract tests know no call `create`",
                "crates/a/src/lib.rs:1: the first line of no file names the call `make`"
            ]
        );
    }
}
