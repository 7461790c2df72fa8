//! Compiles the examples of each published crate, and each program that is an example as a whole, as
//! somebody would who has copied them: in a project of its own, with nothing from this workspace but
//! published crates.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use serde_json::Value;
use xtask::failure::Done;
use xtask::process::{cargo, run};
use xtask::scratch::Scratch;
use xtask::workspace::{read, root};

/// The programs that are examples as a whole.
const PROGRAMS: [&str; 1] = ["kervan-shop"];

/// The projects share one lock file and the profiles, which are copies of the workspace's, so that what `lint`
/// and `rustdoc` check of the dependencies is not checked twice.
pub(super) fn check(metadata: &Value) -> Done {
    let examples = super::examples(metadata);
    let packages = metadata["packages"].as_array().into_iter().flatten();
    let scratch = Scratch::new()?;
    let mut members = Vec::new();
    for package in packages {
        let name = package["name"].as_str().unwrap_or_default();
        let folder = scratch.path().join(name);
        if PROGRAMS.contains(&name) {
            program(package, metadata, &folder)?;
        } else if is_published(package) && examples.contains_key(name) {
            project(package, metadata, &folder)?;
        } else {
            continue;
        }
        members.push(name);
    }
    println!("{} projects: {}", members.len(), members.join(", "));
    write(
        &scratch.path().join("Cargo.toml"),
        &format!(
            "[workspace]\nresolver = \"3\"\nmembers = {members:?}\n\n{}",
            profiles(&read("Cargo.toml")?)
        ),
    )?;
    let lock = root().join("Cargo.lock");
    fs::copy(&lock, scratch.path().join("Cargo.lock"))
        .map_err(|error| format!("{}: {error}", lock.display()))?;
    let mut command = cargo(["check", "--workspace", "--bins", "--examples", "--offline"]);
    command
        .current_dir(scratch.path())
        .env("CARGO_TARGET_DIR", target_folder(metadata));
    run(&mut command)
}

fn target_folder(metadata: &Value) -> &str {
    metadata["target_directory"].as_str().unwrap_or("target")
}

/// Returns the profiles of the workspace's manifest, which are its last part.
fn profiles(manifest: &str) -> &str {
    let start = manifest.find("\n[profile.");
    start.map_or("", |start| manifest[start..].trim_start())
}

fn is_published(package: &Value) -> bool {
    package["publish"].is_null()
}

/// Writes a project with the examples of a package.
fn project(package: &Value, metadata: &Value, folder: &Path) -> Result<(), String> {
    let manifest = Path::new(package["manifest_path"].as_str().unwrap_or_default());
    let source = manifest.with_file_name("examples");
    let mut sources = String::new();
    copy(&source, &folder.join("examples"), &mut sources)?;
    write(&folder.join("src/lib.rs"), "")?;
    let text = manifest_of(package, metadata, &sources);
    write(&folder.join("Cargo.toml"), &text)
}

/// Writes a project with the sources of a program.
fn program(package: &Value, metadata: &Value, folder: &Path) -> Result<(), String> {
    let manifest = Path::new(package["manifest_path"].as_str().unwrap_or_default());
    let mut sources = String::new();
    copy(
        &manifest.with_file_name("src"),
        &folder.join("src"),
        &mut sources,
    )?;
    let readme = manifest.with_file_name("README.md");
    let text =
        fs::read_to_string(&readme).map_err(|error| format!("{}: {error}", readme.display()))?;
    write(&folder.join("README.md"), &text)?;
    let text = manifest_of_program(package, metadata);
    write(&folder.join("Cargo.toml"), &text)
}

/// Returns the manifest of a program: all that it depends on outside of its tests. A package that nobody
/// outside can have is absent, so that the program does not compile.
fn manifest_of_program(package: &Value, metadata: &Value) -> String {
    let mut dependencies: BTreeMap<String, Dependency> = BTreeMap::new();
    for entry in package["dependencies"].as_array().into_iter().flatten() {
        let name = entry["name"].as_str().unwrap_or_default();
        if let Some(source) = source_of(entry, metadata).filter(|_| entry["kind"].is_null()) {
            dependencies
                .entry(name.to_owned())
                .or_default()
                .add(source, entry);
        }
    }
    let name = package["name"].as_str().unwrap_or_default();
    manifest(name, dependencies)
}

/// Returns the manifest: of the package's dependencies those that the examples name and a program
/// outside can have, and the package itself with the features that its examples ask for.
fn manifest_of(package: &Value, metadata: &Value, sources: &str) -> String {
    let name = package["name"].as_str().unwrap_or_default();
    let targets = package["targets"].as_array().into_iter().flatten();
    let asked = targets.filter(|target| target["kind"][0] == "example");
    let features = asked.flat_map(|target| texts(&target["required-features"]));
    let folder = Path::new(package["manifest_path"].as_str().unwrap_or_default());
    let own = Dependency {
        source: at(folder.parent().unwrap_or(folder)),
        has_defaults: false,
        features: features.collect(),
    };
    let mut dependencies = BTreeMap::from([(name.to_owned(), own)]);
    for entry in package["dependencies"].as_array().into_iter().flatten() {
        let name = entry["name"].as_str().unwrap_or_default();
        let is_named = sources.contains(&format!("{}::", name.replace('-', "_")));
        let Some(source) = source_of(entry, metadata).filter(|_| is_named) else {
            continue;
        };
        // Once for the library, once for its tests.
        dependencies
            .entry(name.to_owned())
            .or_default()
            .add(source, entry);
    }
    manifest(&format!("examples-of-{name}"), dependencies)
}

fn manifest(name: &str, dependencies: BTreeMap<String, Dependency>) -> String {
    let mut text = format!("[package]\nname = \"{name}\"\nedition = \"2024\"\n\n[dependencies]\n");
    for (name, dependency) in dependencies {
        // Writing to a text cannot fail.
        let _ = writeln!(
            text,
            "{name} = {{ {}, default-features = {}, features = {:?} }}",
            dependency.source,
            dependency.has_defaults,
            Vec::from_iter(dependency.features)
        );
    }
    text
}

#[derive(Default)]
struct Dependency {
    source: String,
    has_defaults: bool,
    features: BTreeSet<String>,
}

impl Dependency {
    /// Adds one of the entries of a manifest for it.
    fn add(&mut self, source: String, entry: &Value) {
        self.source = source;
        self.has_defaults |= entry["uses_default_features"] == true;
        self.features.extend(texts(&entry["features"]));
    }
}

/// Returns where a dependency comes from; `None` for a package of the workspace that nobody outside can
/// have.
fn source_of(dependency: &Value, metadata: &Value) -> Option<String> {
    let Some(path) = dependency["path"].as_str() else {
        return Some(format!("version = {:?}", dependency["req"].as_str()?));
    };
    let mut packages = metadata["packages"].as_array()?.iter();
    let package = packages.find(|package| package["name"] == dependency["name"])?;
    is_published(package).then(|| at(Path::new(path)))
}

fn at(folder: &Path) -> String {
    format!("path = {:?}", folder.to_string_lossy())
}

fn texts(list: &Value) -> impl Iterator<Item = String> {
    let list = list.as_array().into_iter().flatten();
    list.filter_map(|text| Some(text.as_str()?.to_owned()))
}

/// Copies a folder, and adds the texts of its sources.
fn copy(from: &Path, to: &Path, sources: &mut String) -> Result<(), String> {
    let failure = |error: std::io::Error| format!("{}: {error}", from.display());
    for entry in fs::read_dir(from).map_err(failure)? {
        let entry = entry.map_err(failure)?;
        let (path, target) = (entry.path(), to.join(entry.file_name()));
        if path.is_dir() {
            copy(&path, &target, sources)?;
        } else {
            let text = fs::read_to_string(&path).map_err(failure)?;
            write(&target, &text)?;
            sources.push_str(&text);
        }
    }
    Ok(())
}

fn write(path: &Path, text: &str) -> Result<(), String> {
    let folder = path.parent().unwrap_or(path);
    fs::create_dir_all(folder)
        .and_then(|()| fs::write(path, text))
        .map_err(|error| format!("{}: {error}", path.display()))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_manifest_of_a_program_has_no_tests_and_nothing_unpublished() {
        let dependency = |name: &str, kind: Option<&str>, path: Option<&str>| {
            json!({
                "name": name, "req": "^1.2", "path": path, "kind": kind, "features": [],
                "uses_default_features": true,
            })
        };
        let package = json!({
            "name": "shop", "publish": [], "manifest_path": "/w/shop/Cargo.toml",
            "dependencies": [
                dependency("out-side", None, None), dependency("of-tests", Some("dev"), None),
                dependency("kervan-a", None, Some("/w/a")), dependency("kit", None, Some("/w/kit")),
            ],
        });
        let metadata = json!({"packages": [
            {"name": "kervan-a", "publish": null}, {"name": "kit", "publish": []},
        ]});
        assert_eq!(
            manifest_of_program(&package, &metadata),
            "[package]\nname = \"shop\"\nedition = \"2024\"\n\n[dependencies]\n\
             kervan-a = { path = \"/w/a\", default-features = true, features = [] }\n\
             out-side = { version = \"^1.2\", default-features = true, features = [] }\n"
        );
    }

    #[test]
    fn the_profiles_are_the_last_part_of_the_manifest() {
        let manifest = read("Cargo.toml").unwrap();
        let profiles = profiles(&manifest);
        assert!(profiles.starts_with("[profile.dev]\n"), "{profiles}");
        let mut tables = profiles.lines().filter(|line| line.starts_with('['));
        assert!(tables.all(|table| table.starts_with("[profile.")));
        assert_eq!(
            manifest.matches("\n[profile.").count(),
            profiles.matches("[profile.").count()
        );
    }

    #[test]
    fn a_manifest_names_what_the_examples_name_and_anybody_can_have() {
        let dependency = |name: &str, path: Option<&str>| {
            json!({
                "name": name, "req": "^1.2", "path": path, "features": ["a"],
                "uses_default_features": false,
            })
        };
        let package = json!({
            "name": "own-crate", "manifest_path": "/w/own/Cargo.toml",
            "targets": [
                {"kind": ["example"], "required-features": ["x"]},
                {"kind": ["test"], "required-features": ["y"]},
            ],
            "dependencies": [
                dependency("out-side", None), dependency("unnamed", None),
                dependency("kervan-a", Some("/w/a")), dependency("kit", Some("/w/kit")),
            ],
        });
        let metadata = json!({"packages": [
            {"name": "kervan-a", "publish": null}, {"name": "kit", "publish": []},
        ]});
        let sources = "use out_side::A; use kervan_a::B; use kit::C; use own_crate::D;";
        let text = manifest_of(&package, &metadata, sources);
        let (_, dependencies) = text.split_once("[dependencies]\n").unwrap();
        assert_eq!(
            dependencies,
            "kervan-a = { path = \"/w/a\", default-features = false, features = [\"a\"] }\n\
             out-side = { version = \"^1.2\", default-features = false, features = [\"a\"] }\n\
             own-crate = { path = \"/w/own\", default-features = false, features = [\"x\"] }\n"
        );
    }
}
