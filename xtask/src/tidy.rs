//! `tidy`: what no compiler checks. Texts, links, versions, manifests and patches here; calls, rules and
//! fixtures by the workbench, which knows them.

mod docs;
mod imports;
mod manifests;
mod prose;
mod sources;
mod texts;

use crate::patches;
use xtask::args::Args;
use xtask::failure::{Done, Failure};
use xtask::findings::Findings;
use xtask::process::workbench;
use xtask::workspace::{files, has_extension, read};

/// The files that the tools read and write byte for byte. Their blanks and line ends are left alone.
const FIXTURES: &str = "fixtures/data/";

pub(crate) fn run(args: Args) -> Done {
    args.finish()?;
    let mut failed = Vec::new();
    failed.extend(check().err());
    // The workbench has printed its findings and why it failed.
    match workbench("tidy", &[])? {
        0 => {}
        1 => failed.push(Failure::broken("the workbench has findings, printed above")),
        _ => failed.push("the workbench could not run".into()),
    }
    Failure::join(&failed)
}

fn check() -> Done {
    let mut findings = Findings::default();
    let mut sources = String::new();
    let mut files_of_crates = Vec::new();
    let mut prose = prose::Prose::default();
    for path in &files()? {
        if path.starts_with(FIXTURES) || !texts::is_text(path) {
            continue;
        }
        let text = read(path)?;
        texts::check(path, &text, &mut findings);
        if has_extension(path, "rs") || has_extension(path, "md") {
            prose.read(path, &text);
        }
        if has_extension(path, "rs") {
            sources::check(path, &text, &mut findings);
            if path.starts_with("crates/") {
                sources.push_str(&text);
                files_of_crates.push((path.clone(), text));
            }
        } else if has_extension(path, "md") {
            docs::check_links(path, &text, &mut findings);
            docs::check_tables(path, &text, &mut findings);
            docs::check_excerpts(path, &text, &mut findings)?;
        }
    }
    prose.report(&mut findings);
    imports::check(&files_of_crates, &mut findings);
    docs::check_quick_starts(&mut findings)?;
    docs::check_glossary(&sources, &mut findings)?;
    manifests::check(&mut findings)?;
    patches::check(&sources, &mut findings)?;
    findings.report()
}
