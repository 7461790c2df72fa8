//! The result of one case.

use std::fmt;
use std::path::Path;

use contract_kit::case::{Case, Problem};
use contract_kit::compare::Difference;
use contract_kit::json::Node;
use serde::Serialize;
use xtask::workspace::shown;

use super::runner::{Executed, compare};

/// The result of one case.
pub(crate) struct CaseResult {
    pub(crate) provider: String,
    pub(crate) operation: String,
    pub(crate) case: String,
    /// `recorded`, `documented` or `synthetic`; empty for a case that could not be read.
    pub(crate) provenance: String,
    pub(crate) differences: Vec<Difference>,
    pub(crate) drift: Vec<Drift>,
}

/// Where an answer and its documentation differ.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Drift {
    /// The field in the provider's names, list positions left out.
    pub(crate) path: String,
    pub(crate) kind: DriftKind,
    /// Whether the case's outcome holds it too.
    pub(crate) expected: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub(crate) enum DriftKind {
    /// The answer holds it, and no type reads it.
    #[serde(rename = "unread")]
    Unread,
    /// A type reads it, and the answer does not hold it.
    #[serde(rename = "absent")]
    Absent,
}

impl fmt::Display for Drift {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match self.kind {
            DriftKind::Unread => "came, and no type reads it",
            DriftKind::Absent => "is documented, and did not come",
        };
        write!(f, "{}: {what}", self.path)
    }
}

impl CaseResult {
    /// Returns the result of a case that was made to happen, or could not be.
    pub(crate) fn of(case: &Case, executed: Result<Executed, String>) -> Self {
        let (differences, drift) = match executed {
            Ok(executed) => (
                compare(case, &executed),
                drift(&executed.outcome, case.outcome.as_ref()),
            ),
            Err(message) => (vec![Difference::message("case", message)], vec![]),
        };
        Self {
            provider: case.provider.clone(),
            operation: case.operation.clone(),
            case: case.name.clone(),
            provenance: case.about.provenance.to_string(),
            differences,
            drift,
        }
    }

    /// Returns the result of a case whose files cannot be read: it fails with the file's name.
    pub(crate) fn unreadable(root: &Path, problem: &Problem) -> Option<Self> {
        let inside = problem.path.strip_prefix(root).unwrap_or(&problem.path);
        let mut parts = inside
            .iter()
            .map(|part| part.to_string_lossy().into_owned());
        let (provider, operation) = (parts.next()?, parts.next().unwrap_or_default());
        let file = parts.next().unwrap_or_else(|| "folder".to_owned());
        let case = file.strip_suffix(".case").unwrap_or_default().to_owned();
        let line = problem
            .line
            .map(|line| format!(":{line}"))
            .unwrap_or_default();
        let path = format!("{}{line}", shown(&problem.path));
        Some(Self {
            provider,
            operation,
            case,
            provenance: String::new(),
            differences: vec![Difference::message(&path, problem.message.clone())],
            drift: Vec::new(),
        })
    }

    /// Returns whether it is of a file that other cases are put together from: a family or a base.
    pub(crate) fn is_shared(&self) -> bool {
        self.operation == "families" || self.case == "base"
    }

    pub(crate) fn passed(&self) -> bool {
        self.differences.is_empty()
    }
}

/// Returns the drift of an outcome, each path once, compared with the drift that the case expects.
pub(crate) fn drift(outcome: &Node, expected: Option<&Node>) -> Vec<Drift> {
    let expected = expected.map(noted).unwrap_or_default();
    noted(outcome)
        .into_iter()
        .map(|(path, kind)| Drift {
            expected: expected.contains(&(path.clone(), kind)),
            path,
            kind,
        })
        .collect()
}

/// Returns the drift that an outcome carries, each path once.
fn noted(outcome: &Node) -> Vec<(String, DriftKind)> {
    let answer = outcome
        .get("ok")
        .or_else(|| outcome.get("error")?.get("rejection"));
    // An output of several kinds names its kind first.
    let inner = || match answer?.as_object()? {
        [(_, kind)] => kind.get("drift"),
        _ => None,
    };
    let Some(noted) = answer.and_then(|answer| answer.get("drift")).or_else(inner) else {
        return Vec::new();
    };
    let list = |key| {
        noted
            .get(key)
            .and_then(Node::as_list)
            .unwrap_or_default()
            .iter()
    };
    let unread = list("unread").filter_map(|field| field.get("path")?.as_text());
    let absent = list("absent").filter_map(Node::as_text);
    let mut drift: Vec<_> = unread
        .map(|path| (path, DriftKind::Unread))
        .chain(absent.map(|path| (path, DriftKind::Absent)))
        .map(|(path, kind)| (without_positions(path), kind))
        .collect();
    drift.dedup();
    drift
}

/// `county[3].code` as `county[].code`.
fn without_positions(path: &str) -> String {
    let mut parts = path.split('[');
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        out.push('[');
        out.push_str(part.trim_start_matches(|c: char| c.is_ascii_digit()));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_each_field_once_and_marks_what_the_case_expects() {
        let outcome = r#"{"ok": {"drift": {
            "unread": [{"path": "r.county[0].code", "value": "1"}, {"path": "r.county[12].code", "value": "2"}],
            "absent": ["r.message"]}}}"#;
        let expected = r#"{"ok": {"drift": {"unread": [], "absent": ["r.message"]}}}"#;
        let expected = Node::parse(expected).unwrap();
        let found = drift(&Node::parse(outcome).unwrap(), Some(&expected));
        let unread = Drift {
            path: "r.county[].code".to_owned(),
            kind: DriftKind::Unread,
            expected: false,
        };
        let absent = Drift {
            path: "r.message".to_owned(),
            kind: DriftKind::Absent,
            expected: true,
        };
        assert_eq!(found, [unread, absent]);
    }
}
