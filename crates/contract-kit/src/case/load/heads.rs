//! Checks what the heads of files say about each other.

use case_text::SECTIONS;

use super::files::{EXTENSION, File, Operation, case_of};
use crate::case::Problem;
use crate::case::about::Operations;

/// Finds what only a family, or no base, may hold.
pub(super) fn check(operation: &Operation, problems: &mut Vec<Problem>) {
    let mut problem = |file: &File, line, message: &str| {
        problems.push(Problem::new(&file.path, Some(line), message));
    };
    let own = operation.cases.values().flatten();
    for file in own.clone().filter(|file| file.head.like.is_some()) {
        let name = file.head.like.as_deref().unwrap_or_default();
        let message = match operation.cases.get(name) {
            Some(Some(like)) if like.head.like.is_none() => continue,
            Some(None) => continue,
            Some(Some(_)) => format!("`{name}{EXTENSION}` is `like` another case itself"),
            None => format!("`like` needs a file in this folder: there is no `{name}{EXTENSION}`"),
        };
        problem(file, 1, &message);
    }
    for file in own.chain(&operation.base) {
        if file.head.operations.is_some() || !file.head.except.is_empty() {
            problem(file, 1, "only a family has `operations` and `except`");
        }
    }
    if let Some(file) = &operation.base {
        let section = SECTIONS
            .iter()
            .filter(|name| !["call", "request"].contains(name));
        for line in section.filter_map(|name| file.text.line(name)) {
            problem(file, line, "a base has `call` and `request` only");
        }
    }
}

pub(super) fn check_families(
    families: &[(String, File)],
    operations: &[Operation],
    problems: &mut Vec<Problem>,
) {
    for (name, file) in families {
        let mut problem =
            |message: String| problems.push(Problem::new(&file.path, Some(1), message));
        let listed = match &file.head.operations {
            None => {
                problem(
                    "`operations` is missing: \"all\", or a list of the operations' names"
                        .to_owned(),
                );
                continue;
            }
            Some(Operations::All) => &file.head.except,
            Some(Operations::Listed(listed)) => listed,
        };
        for unknown in listed {
            if !operations.iter().any(|known| known.name == *unknown) {
                problem(format!("no folder of an operation is named `{unknown}`"));
            }
        }
        let others = families
            .iter()
            .filter(|(other, _)| other < name && case_of(other) == case_of(name));
        for (other, others_file) in others {
            let same = match (&file.head.operations, &others_file.head.operations) {
                (Some(Operations::All), Some(Operations::All)) => Some("all operations"),
                (Some(Operations::Listed(here)), Some(Operations::Listed(there))) => here
                    .iter()
                    .find(|name| there.contains(name))
                    .map(String::as_str),
                _ => None,
            };
            if let Some(same) = same {
                problem(format!(
                    "`{other}{EXTENSION}` has the case of {same} too; one of them has to leave it out"
                ));
            }
        }
    }
}
