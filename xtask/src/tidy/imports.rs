//! Which file of a crate uses which: no circle, and nothing through `lib.rs`, which only re-exports.

use std::collections::{BTreeMap, BTreeSet};

use xtask::findings::Findings;
use xtask::workspace::LIBRARIES;

/// A module, as `["orders", "query"]`; the crate's root is empty.
type Module = Vec<String>;

/// Checks the crates. The sources are pairs of path and text.
pub(super) fn check(sources: &[(String, String)], findings: &mut Findings) {
    for package in LIBRARIES {
        let folder = format!("crates/{package}/src/");
        let files = sources.iter().filter_map(|(path, text)| {
            let name = path.strip_prefix(&folder)?.strip_suffix(".rs")?;
            if name.split('/').any(|part| part == "tests") {
                return None;
            }
            let module = if name == "lib" {
                Vec::new()
            } else {
                name.split('/').map(str::to_owned).collect()
            };
            Some((module, (path.as_str(), without_tests_and_comments(text))))
        });
        check_crate(&files.collect(), findings);
    }
}

fn check_crate(files: &BTreeMap<Module, (&str, String)>, findings: &mut Findings) {
    let mut uses: BTreeMap<&Module, BTreeSet<&Module>> = BTreeMap::new();
    for (module, (path, text)) in files {
        if module.is_empty() {
            continue;
        }
        for used in paths(text) {
            let Some(target) = resolve(module, &used) else {
                continue;
            };
            let file = (0..=target.len())
                .rev()
                .find_map(|length| files.get_key_value(&target[..length]).map(|(file, _)| file));
            match file {
                Some(file) if file.is_empty() => {
                    let message = format!(
                        "`{}` goes through `lib.rs`; name the module that defines it",
                        used.join("::")
                    );
                    findings.add(path, 1, message);
                }
                Some(file) if file != module => {
                    uses.entry(module).or_default().insert(file);
                }
                _ => {}
            }
        }
    }
    for module in uses.keys() {
        if let Some(circle) = circle_of(module, &uses)
            && circle.iter().min() == Some(module)
        {
            let names: Vec<_> = circle.iter().map(|module| module.join("/")).collect();
            let message = format!("files use each other in a circle: {}", names.join(" → "));
            findings.add(files[*module].0, 1, message);
        }
    }
}

/// Returns the shortest way from a module back to itself.
fn circle_of<'m>(
    start: &'m Module,
    uses: &BTreeMap<&'m Module, BTreeSet<&'m Module>>,
) -> Option<Vec<&'m Module>> {
    let mut ways = vec![vec![start]];
    let mut seen = BTreeSet::new();
    while !ways.is_empty() {
        let mut longer = Vec::new();
        for way in ways {
            let last = way.last().copied()?;
            for next in uses.get(last).into_iter().flatten().copied() {
                if next == start {
                    return Some(way);
                }
                if seen.insert(next) {
                    longer.push([way.as_slice(), &[next]].concat());
                }
            }
        }
        ways = longer;
    }
    None
}

/// Returns the text up to the module of its tests, without comments.
fn without_tests_and_comments(text: &str) -> String {
    let lines = text.lines().take_while(|line| {
        !line.starts_with("#[cfg(test)]") && !line.starts_with("#[cfg(all(test")
    });
    let lines = lines.map(|line| line.split("//").next().unwrap_or_default());
    lines.fold(String::new(), |text, line| text + line + "\n")
}

/// Every path of a text that begins at the crate, the module or the module above it.
fn paths(text: &str) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find("use ") {
        let is_word = rest[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_');
        let after = &rest[at + 4..];
        let end = after.find(';').unwrap_or(after.len());
        let tree = &after[..end];
        inside(&rest[..at], &mut found);
        if !is_word
            && ["crate", "self", "super"]
                .iter()
                .any(|s| tree.starts_with(s))
        {
            expand(tree, &[], &mut found);
        } else {
            inside(tree, &mut found);
        }
        rest = &after[end..];
    }
    inside(rest, &mut found);
    found
}

/// Finds the paths within code, as `crate::text::fold(…)`.
fn inside(code: &str, found: &mut Vec<Vec<String>>) {
    let is_name = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
    for word in code.split(|c| !is_name(c)) {
        if word.starts_with("crate::") || word.starts_with("super::") {
            let parts = word.split("::").filter(|part| !part.is_empty());
            found.push(parts.map(str::to_owned).collect());
        }
    }
}

/// Splits `a::{b, c::d}` into `a::b` and `a::c::d`.
fn expand(tree: &str, before: &[String], found: &mut Vec<Vec<String>>) {
    let tree = tree.trim();
    if let Some(group) = tree.strip_prefix('{') {
        let group = group.strip_suffix('}').unwrap_or(group);
        let (mut depth, mut start) = (0_usize, 0);
        for (at, letter) in group.char_indices() {
            match letter {
                '{' => depth += 1,
                '}' => depth = depth.saturating_sub(1),
                ',' if depth == 0 => {
                    expand(&group[start..at], before, found);
                    start = at + 1;
                }
                _ => {}
            }
        }
        expand(&group[start..], before, found);
    } else if let Some((name, rest)) = tree.split_once("::") {
        expand(rest, &[before, &[name.trim().to_owned()]].concat(), found);
    } else if let Some(name) = tree.split_whitespace().next() {
        let last = (name != "self").then(|| name.to_owned());
        found.push(before.iter().cloned().chain(last).collect());
    }
}

/// Returns the module or item that a path names, from the root of its crate.
fn resolve(module: &[String], path: &[String]) -> Option<Module> {
    let (first, rest) = path.split_first()?;
    match first.as_str() {
        "crate" => Some(rest.to_vec()),
        "self" => Some([module, rest].concat()),
        _ => {
            let up = path.iter().take_while(|part| *part == "super").count();
            let base = module.get(..module.len().checked_sub(up)?)?;
            Some([base, &path[up..]].concat())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(files: &[(&str, &str)]) -> Vec<String> {
        let sources: Vec<_> = files
            .iter()
            .map(|(path, text)| (format!("crates/core/src/{path}"), (*text).to_owned()))
            .collect();
        let mut findings = Findings::default();
        check(&sources, &mut findings);
        findings.lines()
    }

    #[test]
    fn a_circle_is_found_once() {
        let lines = found(&[
            ("lib.rs", "mod a;\nmod b;\nmod c;\n"),
            ("a.rs", "use crate::b::{self, B};\n"),
            ("b.rs", "fn f() { crate::c::g() }\n"),
            ("c.rs", "use super::a::A;\nuse std::fmt;\n"),
        ]);
        assert_eq!(lines.len(), 1, "{lines:?}");
        assert!(lines[0].contains("a → b → c"), "{lines:?}");
    }

    #[test]
    fn a_parent_that_uses_its_child_must_not_be_used_by_it() {
        let parent = ("a.rs", "mod b;\npub use self::b::B;\npub struct A;\n");
        let circle = found(&[parent, ("a/b.rs", "use super::A;\n")]);
        assert_eq!(circle.len(), 1, "{circle:?}");
        // Siblings are not the parent.
        let fine = [
            parent,
            ("a/b.rs", "use super::c::{C, d::D};\n"),
            ("a/c.rs", "pub struct C;\n"),
        ];
        assert!(found(&fine).is_empty());
    }

    #[test]
    fn what_is_re_exported_is_named_where_it_is_defined() {
        let lines = found(&[
            ("lib.rs", "mod a;\nmod b;\npub use a::A;\n"),
            ("a.rs", "pub struct A;\n"),
            (
                "b.rs",
                "use crate::{A, a};\n// crate::A\n#[cfg(test)]\nmod tests { use crate::A; }\n",
            ),
        ]);
        assert_eq!(lines.len(), 1, "{lines:?}");
        assert!(lines[0].contains("`crate::A`"), "{lines:?}");
    }
}
