//! The page of all rules that a check can report.

use std::fmt::Write as _;

use kervan_core::problem::{CONTROL_CHARACTER, MISSING, TOO_LONG};
use kervan_core::{Rule, Severity};
use kervan_turkiye::line::Note;
use kervan_turkiye::{faults, problems};

use super::{GENERATED, cell};

/// The rules of a crate, under the crate's name.
type Table = (&'static str, Vec<Rule>);

/// The rules that every crate may use.
const SHARED: [&Rule; 3] = [&MISSING, &TOO_LONG, &CONTROL_CHARACTER];

/// Returns the rules of Turkish values, which clients share.
fn turkiye() -> Vec<Rule> {
    let faults = faults().into_iter();
    let rules = faults.map(Rule::from);
    let notes = Note::ALL.into_iter().map(problems::rule);
    // Those of core are in its own table.
    let is_own = |rule: &Rule| !SHARED.contains(&rule);
    let more = [problems::CLIENT_ADDRESS_NOT_PUBLIC];
    rules.filter(is_own).chain(notes).chain(more).collect()
}

/// Returns the rules of one provider.
fn provider(rules: &[&'static Rule]) -> Vec<Rule> {
    rules.iter().map(|rule| **rule).collect()
}

/// Every rule of every crate. A new provider adds a line.
pub(crate) fn tables() -> [Table; 6] {
    [
        ("kervan-core", provider(&SHARED)),
        ("kervan-turkiye", turkiye()),
        ("horoz-shipping", provider(&horoz_shipping::rules::ALL)),
        ("aras-tracking", provider(&aras_tracking::rules::ALL)),
        ("param-marketplace", provider(param_marketplace::rules::ALL)),
        ("haso-bnpl", provider(&haso_bnpl::rules::ALL)),
    ]
}

pub(super) fn page() -> String {
    let mut page = format!(
        "# Problems\n\n{GENERATED}\n\n\
         What a check can find in a request or a link. The code is stable and never reused. An error\n\
         stops the call before anything is sent; a warning does not. `{{path}}` is the field, `{{limit}}`\n\
         what the rule allows, `{{actual}}` what was found.\n"
    );
    for (package, rules) in tables() {
        let _ = write!(
            page,
            "\n## {package}\n\n| code | severity | English | Turkish |\n|---|---|---|---|\n"
        );
        let is_own = |rule: &&Rule| package == "kervan-core" || !SHARED.contains(rule);
        for rule in rules.iter().filter(is_own) {
            let severity = match rule.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
            };
            let (en, tr) = (cell(rule.en), cell(rule.tr));
            let _ = writeln!(page, "| `{}` | {severity} | {en} | {tr} |", rule.code);
        }
    }
    page
}
