//! Compares the registry of operations with the sources: no call is missing in either.

use xtask::findings::Findings;
use xtask::workspace::{files, has_extension, read};

use crate::contract::registry::{self, Action, Row};
use crate::reference::writes;

/// Where a missing entry belongs.
const REGISTRY: &str = "xtask/workbench/src/contract/registry.rs";

/// Crates whose operations are not a provider's calls.
const NO_PROVIDERS: [&str; 3] = ["core", "settling", "stories"];

/// Operations that make the calls of other files.
const NO_CALLS: [&str; 1] = ["UndoQuestion"];

pub(super) fn check(findings: &mut Findings) -> Result<(), String> {
    let rows = registry::rows();
    let mut sources = Vec::new();
    for path in files()?.into_iter().filter(|path| is_source(path)) {
        let text = read(&path)?;
        for name in writes::unsettled(&text) {
            let message = format!("`{name}` can be settled; its entry has to be `settled`");
            findings.add(&path, 1, message);
        }
        let operation = operation_of(&text);
        if let Some(request) = operation.filter(|name| !NO_CALLS.contains(name)) {
            sources.push((path, request.to_owned()));
        }
    }
    compare(&rows, &sources, findings);
    for entry in registry::all() {
        let is_call = matches!(entry.action, Action::Call(_));
        let describes = |row: &Row| row.describes(entry.provider, entry.operation);
        if is_call && !rows.iter().any(describes) {
            let message = format!("no row describes `{}`", entry.operation);
            findings.add(REGISTRY, 1, message);
        }
    }
    Ok(())
}

/// Each row's file implements its call, and each file that implements a call has a row.
fn compare(rows: &[Row], sources: &[(String, String)], findings: &mut Findings) {
    for row in rows {
        let is_it =
            |(path, request): &(String, String)| *path == row.path && *request == row.request;
        if !sources.iter().any(is_it) {
            let message = format!("`{}` is not an operation in this file", row.request);
            findings.add(&row.path, 1, message);
        }
    }
    for (path, request) in sources {
        if !rows.iter().any(|row| row.path == *path) {
            let provider = path.split('/').nth(1).unwrap_or_default();
            let message = format!("`{request}` has no entry in {}", registry::file(provider));
            findings.add(path, 1, message);
        }
    }
}

/// Returns whether a path is a source file of a provider's crate.
fn is_source(path: &str) -> bool {
    let inside = path.strip_prefix("crates/");
    let Some((package, rest)) = inside.and_then(|inside| inside.split_once('/')) else {
        return false;
    };
    !NO_PROVIDERS.contains(&package) && rest.starts_with("src/") && has_extension(rest, "rs")
}

/// Returns the type for which a file implements `Operation`.
fn operation_of(text: &str) -> Option<&str> {
    text.lines().find_map(|line| {
        let (before, after) = line.split_once(" Operation for ")?;
        let generic = before.starts_with("impl<") && before.ends_with('>');
        (before == "impl" || generic)
            .then(|| after.split([' ', '<', '{']).next())
            .flatten()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_type_that_is_an_operation() {
        let text = "struct A;\nimpl Operation for A {\n";
        assert_eq!(operation_of(text), Some("A"));
        let generic = "impl<P: Q, const N: u16> Operation for A<P, N> {\n";
        assert_eq!(operation_of(generic), Some("A"));
        assert_eq!(operation_of("// impl Operation for A {\n"), None);
    }

    #[test]
    fn only_sources_of_providers_hold_calls() {
        assert!(is_source("crates/a-b/src/x/y.rs"));
        assert!(!is_source("crates/core/src/x.rs"));
        assert!(!is_source("crates/a-b/tests/x.rs"));
        assert!(!is_source("crates/a-b/src/NOTICE"));
    }

    #[test]
    fn registry_and_sources_know_the_same_calls() {
        let found = |sources: &[(&str, &str)]| {
            let rows: Vec<_> = registry::rows().into_iter().take(1).collect();
            let own = |(path, request): &(&str, &str)| ((*path).to_owned(), (*request).to_owned());
            let mut sources: Vec<_> = sources.iter().map(own).collect();
            if sources.is_empty() {
                sources.push((rows[0].path.clone(), rows[0].request.clone()));
            }
            let mut findings = Findings::default();
            compare(&rows, &sources, &mut findings);
            findings.lines().len()
        };
        assert_eq!(found(&[]), 0);
        assert_eq!(found(&[("crates/a/src/a.rs", "A")]), 2);
    }
}
