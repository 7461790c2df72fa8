//! Checks of the manifests: one version everywhere, path dependencies that can be published,
//! licences in each crate.

use xtask::findings::Findings;
use xtask::workspace::{Package, files, has_extension, packages, read, root};

const MANIFEST: &str = "Cargo.toml";
const CHANGELOG: &str = "CHANGELOG.md";
const LICENCES: [&str; 2] = ["LICENSE-MIT", "LICENSE-APACHE"];

pub(super) fn check(findings: &mut Findings) -> Result<(), String> {
    let packages = packages()?;
    let version = packages.first().map(|package| package.version.clone());
    let version = version.ok_or("the workspace has no packages")?;
    let mut published = Vec::new();
    for package in packages.iter().filter(|package| package.is_published) {
        published.push(package.name.clone());
        check_licences(&package.manifest, findings);
    }
    let table = read(MANIFEST)?;
    for package in &packages {
        let text = read(&package.manifest)?;
        check_versions(package, &text, &table, &version, &published, findings);
    }
    check_changelog(&read(CHANGELOG)?, &version, findings);
    for path in files()?.iter().filter(|path| has_extension(path, "md")) {
        check_dependency_lines(path, &read(path)?, &version, &published, findings);
    }
    Ok(())
}

/// Returns the line that begins with this key.
fn line_of(text: &str, key: &str) -> Option<usize> {
    let is_it = |line: &str| {
        line.strip_prefix(key)
            .is_some_and(|rest| rest.trim_start().starts_with(['=', '.']))
    };
    text.lines().position(is_it).map(|index| index + 1)
}

/// All packages have one version, and those that are published ask for it. The version is given in
/// the workspace's table.
fn check_versions(
    package: &Package,
    text: &str,
    table: &str,
    version: &str,
    published: &[String],
    findings: &mut Findings,
) {
    if package.version != version {
        let line = line_of(text, "version").unwrap_or(1);
        findings.add(
            &package.manifest,
            line,
            format!("the version must be {version}"),
        );
    }
    for dependency in &package.own_dependencies {
        let name = &dependency.name;
        if package.is_published && dependency.version == "*" {
            let line = line_of(text, name).unwrap_or(1);
            let message = format!("`{name}` has a path and no version");
            findings.add(&package.manifest, line, message);
        } else if published.contains(name) && dependency.version != format!("^{version}") {
            let line = line_of(table, name).unwrap_or(1);
            findings.add(
                MANIFEST,
                line,
                format!("`{name}` must have version \"{version}\""),
            );
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
    use xtask::workspace::OwnDependency;

    use super::*;

    fn lines(check: impl Fn(&mut Findings)) -> Vec<String> {
        let mut findings = Findings::default();
        check(&mut findings);
        findings.lines()
    }

    #[test]
    fn packages_share_a_version_and_ask_for_it() {
        let package = |version: &str, asked: &str| Package {
            name: "a".to_owned(),
            is_published: true,
            features: Vec::new(),
            defaults: Vec::new(),
            version: version.to_owned(),
            manifest: "crates/a/Cargo.toml".to_owned(),
            own_dependencies: vec![OwnDependency {
                name: "b".to_owned(),
                version: asked.to_owned(),
            }],
        };
        let found = |version: &str, asked: &str| {
            let text = "[package]\nversion = \"1\"\n[dependencies]\nb = { path = \"../b\" }\n";
            let table = "[workspace.dependencies]\nb = {}\n";
            let package = package(version, asked);
            lines(|findings| {
                let published = ["b".to_owned()];
                check_versions(&package, text, table, "0.1.0", &published, findings);
            })
        };
        assert_eq!(found("0.1.0", "^0.1.0"), Vec::<String>::new());
        let no_version = "crates/a/Cargo.toml:4: `b` has a path and no version";
        assert_eq!(found("0.1.0", "*"), [no_version]);
        let other_version = "Cargo.toml:2: `b` must have version \"0.1.0\"";
        assert_eq!(found("0.1.0", "^0.2.0"), [other_version]);
        let own_version = "crates/a/Cargo.toml:2: the version must be 0.1.0";
        assert_eq!(found("0.2.0", "^0.1.0"), [own_version]);
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
