//! What holds for the manifests: one version everywhere, path dependencies that can be published,
//! licences in each crate.

use toml::{Table, Value};

use xtask::findings::Findings;
use xtask::workspace::{files, has_extension, read, root};

const MANIFEST: &str = "Cargo.toml";
const CHANGELOG: &str = "CHANGELOG.md";
const LICENCES: [&str; 2] = ["LICENSE-MIT", "LICENSE-APACHE"];

pub(super) fn check(findings: &mut Findings) -> Result<(), String> {
    let text = read(MANIFEST)?;
    let workspace = parse(MANIFEST, &text)?;
    let version = workspace["workspace"]["package"]["version"]
        .as_str()
        .ok_or("Cargo.toml: the workspace has no version")?;
    let paths = files()?;
    let members = paths
        .iter()
        .filter(|path| path.starts_with("crates/") && path.ends_with("/Cargo.toml"));
    let mut published = Vec::new();
    for path in members {
        let manifest_text = read(path)?;
        let manifest = parse(path, &manifest_text)?;
        check_own_paths(path, &manifest_text, &manifest, findings);
        let is_published = manifest["package"].get("publish") != Some(&Value::Boolean(false));
        if let (true, Some(name)) = (is_published, manifest["package"]["name"].as_str()) {
            published.push(name.to_owned());
            check_licences(path, findings);
        }
    }
    check_workspace_paths(&text, &workspace, version, &published, findings);
    check_changelog(&read(CHANGELOG)?, version, findings);
    for path in paths.iter().filter(|path| has_extension(path, "md")) {
        check_dependency_lines(path, &read(path)?, version, &published, findings);
    }
    Ok(())
}

fn parse(path: &str, text: &str) -> Result<Table, String> {
    text.parse().map_err(|error| format!("{path}: {error}"))
}

/// The line that begins with this key.
fn line_of(text: &str, key: &str) -> usize {
    let is_it = |line: &str| {
        line.strip_prefix(key)
            .is_some_and(|rest| rest.trim_start().starts_with(['=', '.']))
    };
    text.lines().position(is_it).map_or(1, |index| index + 1)
}

/// A published crate names its path dependencies through the workspace's table.
fn check_own_paths(path: &str, text: &str, manifest: &Table, findings: &mut Findings) {
    for section in ["dependencies", "build-dependencies"] {
        let dependencies = manifest.get(section).and_then(Value::as_table);
        for (name, dependency) in dependencies.into_iter().flatten() {
            if dependency.get("path").is_some() && dependency.get("version").is_none() {
                let message = format!("`{name}` has a path and no version");
                findings.add(path, line_of(text, name), message);
            }
        }
    }
}

/// The workspace's table has path and version of each published crate, and the same version.
fn check_workspace_paths(
    text: &str,
    workspace: &Table,
    version: &str,
    published: &[String],
    findings: &mut Findings,
) {
    let dependencies = workspace["workspace"]["dependencies"].as_table();
    for (name, dependency) in dependencies.into_iter().flatten() {
        let given = dependency.get("version").and_then(Value::as_str);
        if published.contains(name) && given != Some(version) {
            let message = format!("`{name}` must have version \"{version}\"");
            findings.add(MANIFEST, line_of(text, name), message);
        }
    }
}

/// `include` in the manifests takes the licences from the crate's own folder.
fn check_licences(manifest: &str, findings: &mut Findings) {
    let folder = manifest.trim_end_matches(MANIFEST);
    for licence in LICENCES {
        let path = format!("{folder}{licence}");
        if std::fs::read(root().join(&path)).ok() != std::fs::read(root().join(licence)).ok() {
            findings.add(
                manifest,
                1,
                format!("`{path}` must link to `../../{licence}`"),
            );
        }
    }
}

/// The newest entry is this version's, and so is its number.
fn check_changelog(text: &str, version: &str, findings: &mut Findings) {
    let newest = text
        .lines()
        .enumerate()
        .find_map(|(index, line)| Some((index + 1, line.strip_prefix("## ")?)));
    let (line, title) = newest.unwrap_or((1, ""));
    if title.split(' ').next() != Some(version) {
        let message = format!("the newest entry must be `## {version}`, as in Cargo.toml");
        findings.add(CHANGELOG, line, message);
    }
}

/// Lines that a reader copies into a manifest name this version.
fn check_dependency_lines(
    path: &str,
    text: &str,
    version: &str,
    published: &[String],
    findings: &mut Findings,
) {
    for (index, line) in text.lines().enumerate() {
        let Some((name, rest)) = line.split_once(" = ") else {
            continue;
        };
        let names_it = rest
            .split('"')
            .skip(1)
            .step_by(2)
            .any(|quoted| quoted == version);
        if published.iter().any(|known| known == name) && !names_it {
            let message = format!("`{name}` must have version \"{version}\" here");
            findings.add(path, index + 1, message);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(check: impl Fn(&mut Findings)) -> Vec<String> {
        let mut findings = Findings::default();
        check(&mut findings);
        findings.lines()
    }

    #[test]
    fn a_path_dependency_has_a_version() {
        let text = "[dependencies]\na = { path = \"../a\" }\nb = { path = \"../b\", version = \"1\" }\n\
                    [dev-dependencies]\nc = { path = \"../c\" }\n";
        let manifest = text.parse().unwrap();
        let found = lines(|findings| check_own_paths("Cargo.toml", text, &manifest, findings));
        assert_eq!(found, ["Cargo.toml:2: `a` has a path and no version"]);
    }

    #[test]
    fn published_crates_share_the_version() {
        let text = "[workspace.dependencies]\na = { path = \"a\", version = \"0.2.0\" }\n\
                    b = { path = \"b\", version = \"0.1.0\" }\nfixtures = { path = \"f\" }\n";
        let manifest = text.parse().unwrap();
        let published = ["a".to_owned(), "b".to_owned()];
        let found = lines(|findings| {
            check_workspace_paths(text, &manifest, "0.1.0", &published, findings);
        });
        assert_eq!(found, ["Cargo.toml:2: `a` must have version \"0.1.0\""]);
    }

    #[test]
    fn the_changelog_begins_with_this_version() {
        let of = |text: &str| lines(|findings| check_changelog(text, "0.1.0", findings)).len();
        assert_eq!(of("# Changelog\n\n## 0.1.0 (not released)\n## 0.0.9\n"), 0);
        assert_eq!(of("# Changelog\n\n## 0.2.0\n## 0.1.0\n"), 1);
        assert_eq!(of("# Changelog\n"), 1);
    }

    #[test]
    fn readers_copy_this_version() {
        let published = ["a".to_owned()];
        let text = "a = \"0.1.0\"\na = { version = \"0.0.9\", features = [] }\nlet a = b;\n";
        let found = lines(|findings| {
            check_dependency_lines("README.md", text, "0.1.0", &published, findings);
        });
        assert_eq!(found, ["README.md:2: `a` must have version \"0.1.0\" here"]);
    }
}
