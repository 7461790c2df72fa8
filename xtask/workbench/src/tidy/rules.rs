//! Checks of the rules: one meaning a code, both languages alike, none left out of the list.

use std::collections::BTreeMap;

use kervan_core::Rule;
use xtask::findings::Findings;
use xtask::workspace::{files, has_extension, read};

use crate::reference::problems::tables;

pub(super) fn check(findings: &mut Findings) -> Result<(), String> {
    for path in files()? {
        if path.starts_with("crates/") && path.ends_with("/src/rules.rs") {
            check_list(&path, &read(&path)?, findings);
        }
    }
    let rules = tables();
    let rules = rules
        .iter()
        .flat_map(|(package, rules)| rules.iter().map(|rule| (*package, rule)));
    let mut sources = Vec::new();
    for path in files()? {
        if path.starts_with("crates/") && has_extension(&path, "rs") {
            let text = read(&path)?;
            sources.push((path, text));
        }
    }
    check_codes(rules, &sources, findings);
    Ok(())
}

/// Returns the last line of the sources that holds nothing but a rule's code.
fn place_of(code: &str, sources: &[(String, String)]) -> Option<(String, usize)> {
    let wanted = format!("\"{code}\",");
    sources.iter().rev().find_map(|(path, text)| {
        let line = text
            .lines()
            .enumerate()
            .filter(|(_, line)| line.trim() == wanted);
        line.last().map(|(index, _)| (path.clone(), index + 1))
    })
}

/// Checks that every rule of a file is in its `ALL`, from which the page of problems is made.
fn check_list(path: &str, text: &str, findings: &mut Findings) {
    let list = text
        .split_once("pub static ALL")
        .and_then(|(_, rest)| rest.split_once("];"))
        .map_or("", |(list, _)| list);
    for (index, line) in text.lines().enumerate() {
        let name = line
            .strip_prefix("pub static ")
            .and_then(|rest| rest.strip_suffix(": Rule = Rule::error("))
            .or_else(|| {
                line.strip_prefix("pub static ")?
                    .strip_suffix(": Rule = Rule::warning(")
            });
        if let Some(name) = name {
            let is_listed = list
                .split([',', '['])
                .any(|entry| entry.trim().strip_prefix('&') == Some(name));
            if !is_listed {
                findings.add(
                    path,
                    index + 1,
                    format!("`{name}` is missing in `ALL` below"),
                );
            }
        }
    }
}

/// A code belongs to one rule, and its texts are filled from the same data.
fn check_codes<'a>(
    rules: impl Iterator<Item = (&'a str, &'a Rule)>,
    sources: &[(String, String)],
    findings: &mut Findings,
) {
    let mut seen: BTreeMap<&str, &Rule> = BTreeMap::new();
    for (package, rule) in rules {
        let place = place_of(rule.code, sources);
        let (path, line) = place.unwrap_or_else(|| (format!("crates/{package}"), 1));
        let first = *seen.entry(rule.code).or_insert(rule);
        if first != rule {
            let message = format!(
                "`{}` is the code of two rules; a rule has one of its own",
                rule.code
            );
            findings.add(&path, line, message);
        }
        for hole in ["{path}", "{limit}", "{actual}"] {
            if rule.en.contains(hole) != rule.tr.contains(hole) {
                let message = format!("`{}` has `{hole}` in one language only", rule.code);
                findings.add(&path, line, message);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    static A: Rule = Rule::error("a.a", "{path} is {actual}", "{path} {actual}");
    static OTHER_A: Rule = Rule::error("a.a", "{path}", "{path}");
    static HALF: Rule = Rule::warning("a.half", "{path} of {limit}", "{path}");

    #[test]
    fn a_code_has_one_meaning_and_both_languages_the_same_data() {
        let text = "static A: Rule = Rule::error(\n    \"a.a\",\n);\n\
                    static OTHER_A: Rule = Rule::error(\n    \"a.a\",\n);\n";
        let sources = [("crates/x/src/rules.rs".to_owned(), text.to_owned())];
        let check = |rules: &[&'static Rule]| {
            let mut findings = Findings::default();
            let rules = rules.iter().map(|rule| ("x", *rule));
            check_codes(rules, &sources, &mut findings);
            findings.lines()
        };
        assert_eq!(check(&[&A, &A]), Vec::<String>::new());
        assert_eq!(
            check(&[&A, &OTHER_A]),
            ["crates/x/src/rules.rs:5: `a.a` is the code of two rules; a rule has one of its own"]
        );
        assert_eq!(check(&[&HALF]).len(), 1);
    }

    #[test]
    fn every_rule_is_listed() {
        let mut findings = Findings::default();
        let text = "pub static A: Rule = Rule::error(\n);\npub static B: Rule = Rule::warning(\n);\n\
                    pub static ALL: [&Rule; 1] = [&A];\n";
        check_list("rules.rs", text, &mut findings);
        assert_eq!(
            findings.lines(),
            ["rules.rs:3: `B` is missing in `ALL` below"]
        );
    }
}
