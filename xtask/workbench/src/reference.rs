//! `reference`: writes the generated pages of `docs/reference`, or compares them.

mod endpoints;
mod outcomes;
pub(crate) mod problems;
mod result_codes;
mod sandbox;
pub(crate) mod writes;

use std::fs;

use xtask::args::Args;
use xtask::failure::Done;
use xtask::findings::{Findings, first_difference};
use xtask::workspace::{read, root};

use crate::contract::registry;

/// The line under each page's title.
const GENERATED: &str = "Written by `cargo xtask reference`. Do not edit by hand.";

pub(crate) fn run(mut args: Args) -> Done {
    let check = args.switch("--check");
    args.finish()?;
    let rows = registry::rows();
    let pages = [
        ("docs/reference/endpoints.md", endpoints::page(&rows)),
        ("docs/reference/writes.md", writes::page(&rows)?),
        ("docs/reference/outcomes.md", outcomes::page()?),
        ("docs/reference/problems.md", problems::page()),
        ("docs/reference/result-codes.md", result_codes::page(&rows)?),
        ("docs/reference/sandbox.md", sandbox::page()?),
    ];
    let mut findings = Findings::default();
    for (path, text) in pages {
        let Some(line) = first_difference(&read(path).unwrap_or_default(), &text) else {
            continue;
        };
        if check {
            findings.add(path, line, "out of date; run `cargo xtask reference`");
        } else {
            fs::write(root().join(path), text).map_err(|error| format!("{path}: {error}"))?;
            println!("{path}: rewritten");
        }
    }
    findings.report()
}

/// Returns a text as the content of a table's cell.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}
