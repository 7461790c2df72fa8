//! `tidy`: what no compiler checks. Texts, links, versions, manifests, rules, fixtures.

mod docs;
mod manifests;
mod rules;
mod sources;
mod texts;

use crate::contract::registry::{self, Action};
use crate::reference::calls;
use crate::util::{Findings, files, has_extension, read, root};

/// What the tools read and write byte for byte. Its blanks and ends are not ours.
const RECORDED: &str = "fixtures/data/";

pub(crate) fn run() -> Result<(), String> {
    let mut findings = Findings::default();
    let paths = files()?;
    let mut sources = String::new();
    for path in &paths {
        if path.starts_with(RECORDED) || !texts::is_text(path) {
            continue;
        }
        let text = read(path)?;
        texts::check(path, &text, &mut findings);
        if has_extension(path, "rs") {
            sources::check(path, &text, &mut findings);
            if path.starts_with("crates/") {
                sources.push_str(&text);
            }
        } else if has_extension(path, "md") {
            docs::check_links(path, &text, &mut findings);
        }
    }
    docs::check_quick_starts(&mut findings)?;
    docs::check_glossary(&sources, &mut findings)?;
    manifests::check(&mut findings)?;
    rules::check(&mut findings)?;
    check_calls(&mut findings)?;
    check_fixtures(&mut findings)?;
    findings.report()
}

/// What the files say of their calls is what was compiled.
fn check_calls(findings: &mut Findings) -> Result<(), String> {
    let registry = registry::all();
    let known: Vec<_> = registry
        .iter()
        .filter(|entry| matches!(entry.action, Action::Call(_)))
        .map(|entry| (entry.provider, entry.operation))
        .collect();
    sources::check_names(&calls::all()?, &known, findings);
    Ok(())
}

/// Real numbers and addresses have no business in a fixture.
fn check_fixtures(findings: &mut Findings) -> Result<(), String> {
    let root = root();
    let found = fixtures::scrub::scan_dir(&root.join(RECORDED));
    for problem in found.map_err(|problem| problem.to_string())? {
        let path = problem.path.strip_prefix(&root).unwrap_or(&problem.path);
        let line = problem.line.unwrap_or(1);
        findings.add(&path.to_string_lossy(), line, problem.message);
    }
    Ok(())
}
