//! The workspace: its root folder, files, packages and features.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::process::{cargo, output, skip, succeeds};

/// The published libraries, by their folder below `crates`.
pub const LIBRARIES: [&str; 12] = [
    "core",
    "import",
    "reqwest",
    "settling",
    "testing",
    "tracking",
    "turkiye",
    "wire",
    "aras-tracking",
    "haso-bnpl",
    "horoz-shipping",
    "param-marketplace",
];

/// Returns the workspace's root folder.
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_owned()
}

/// Returns a path as messages show it: from the root of the workspace, if it is below.
pub fn shown(path: &Path) -> String {
    let inside = path.strip_prefix(root()).unwrap_or(path);
    inside.display().to_string()
}

/// Reads a file of the workspace as text.
///
/// # Errors
///
/// The path with the reason.
pub fn read(path: &str) -> Result<String, String> {
    fs::read_to_string(root().join(path)).map_err(|error| format!("{path}: {error}"))
}

/// Every file of the workspace by its path from the root, with slashes, sorted. Left out is what is
/// built, private, or version control's own.
///
/// # Errors
///
/// The first reason that kept a folder from being read.
pub fn files() -> Result<Vec<String>, String> {
    files_of(&root())
}

/// Every file of a copy of the workspace, as [`files`].
///
/// # Errors
///
/// The first reason that kept a folder from being read.
pub fn files_of(folder: &Path) -> Result<Vec<String>, String> {
    let mut found = Vec::new();
    walk(folder, "", &mut found).map_err(|error| format!("the tree cannot be read: {error}"))?;
    found.sort();
    Ok(found)
}

fn walk(folder: &Path, prefix: &str, found: &mut Vec<String>) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let path = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if matches!(
            path.as_str(),
            ".git"
                | "target"
                | "fixtures/private"
                | "fuzz/target"
                | "fuzz/corpus"
                | "fuzz/artifacts"
        ) {
            continue;
        }
        let kind = entry.file_type()?;
        if kind.is_dir() {
            walk(&entry.path(), &format!("{path}/"), found)?;
        } else if kind.is_file() {
            found.push(path);
        }
    }
    Ok(())
}

/// Returns whether a path ends in this extension.
pub fn has_extension(path: &str, extension: &str) -> bool {
    Path::new(path).extension() == Some(OsStr::new(extension))
}

/// A package of the workspace.
#[derive(Debug)]
#[expect(clippy::exhaustive_structs, reason = "only these tools use it")]
pub struct Package {
    /// Its name.
    pub name: String,
    /// Whether it is for the registry.
    pub is_published: bool,
    /// Every feature but `default`.
    pub features: Vec<String>,
    /// The features that are on by default, those included that others of them turn on.
    pub defaults: Vec<String>,
    /// Its version.
    pub version: String,
    /// Its manifest, from the root.
    pub manifest: String,
    /// Its dependencies on packages of the workspace, those of its tests left out.
    pub own_dependencies: Vec<OwnDependency>,
}

/// A dependency on a package of the workspace.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "only these tools use it")]
pub struct OwnDependency {
    /// The package.
    pub name: String,
    /// The version that is asked for, as cargo writes it: `^0.1.0`, or `*` where none is.
    pub version: String,
}

/// Returns the packages of the workspace.
///
/// # Errors
///
/// A message when cargo cannot tell.
pub fn packages() -> Result<Vec<Package>, String> {
    let metadata = metadata()?;
    let list = metadata["packages"].as_array();
    let list = list.ok_or("cargo metadata lists no packages")?;
    let mut packages: Vec<_> = list.iter().filter_map(package).collect();
    // Cargo promises no order.
    packages.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(packages)
}

/// Returns all that cargo tells of the packages of the workspace.
///
/// # Errors
///
/// A message when cargo cannot tell.
pub fn metadata() -> Result<Value, String> {
    let text = output(&mut cargo([
        "metadata",
        "--no-deps",
        "--format-version=1",
        "--quiet",
    ]))?;
    serde_json::from_str(&text).map_err(|error| format!("cargo metadata: {error}"))
}

fn package(entry: &Value) -> Option<Package> {
    let features = entry["features"].as_object()?;
    Some(Package {
        name: entry["name"].as_str()?.to_owned(),
        is_published: entry["publish"].is_null(),
        features: features
            .keys()
            .filter(|name| *name != "default")
            .cloned()
            .collect(),
        defaults: defaults(features),
        version: entry["version"].as_str()?.to_owned(),
        manifest: Path::new(entry["manifest_path"].as_str()?)
            .strip_prefix(root())
            .ok()?
            .to_string_lossy()
            .replace('\\', "/"),
        own_dependencies: entry["dependencies"]
            .as_array()?
            .iter()
            .filter(|dependency| dependency["kind"] != "dev" && !dependency["path"].is_null())
            .filter_map(|dependency| {
                Some(OwnDependency {
                    name: dependency["name"].as_str()?.to_owned(),
                    version: dependency["req"].as_str()?.to_owned(),
                })
            })
            .collect(),
    })
}

/// Returns the features that `default` turns on, by itself or by others.
fn defaults(features: &serde_json::Map<String, Value>) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut left = vec!["default"];
    while let Some(name) = left.pop() {
        for turned_on in features
            .get(name)
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
        {
            let own = turned_on
                .as_str()
                .filter(|name| features.contains_key(*name));
            if let Some(own) = own.filter(|own| found.iter().all(|known| known != own)) {
                found.push(own.to_owned());
                left.push(own);
            }
        }
    }
    found
}

/// The feature that needs a library of the system.
const NEEDS_OPENSSL: &str = "native-tls";

/// Takes `native-tls` out where it cannot be compiled, and says so: on Linux it links the system's
/// OpenSSL, whose headers a machine with nothing but Rust does not have.
pub fn drop_uncompilable(features: &mut Vec<String>) {
    let is_it = |name: &String| name.rsplit('/').next() == Some(NEEDS_OPENSSL);
    if features.iter().any(is_it) && !has_openssl() {
        features.retain(|name| !is_it(name));
        skip(format_args!(
            "feature `{NEEDS_OPENSSL}`: pkg-config finds no openssl (Debian: libssl-dev, pkg-config)"
        ));
    }
}

fn has_openssl() -> bool {
    cfg!(any(windows, target_os = "macos"))
        || succeeds(Command::new("pkg-config").args(["--exists", "openssl"]))
}

/// Every feature of every package that can be compiled here, for `--features`.
///
/// Used in the place of `--all-features`, which has no way to leave one out.
///
/// # Errors
///
/// A message when cargo cannot tell the packages.
pub fn all_features() -> Result<String, String> {
    let mut names = Vec::new();
    for package in packages()? {
        for feature in &package.features {
            names.push(format!("{}/{feature}", package.name));
        }
    }
    drop_uncompilable(&mut names);
    Ok(names.join(","))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_default_brings_what_its_features_bring() {
        let features = serde_json::json!({
            "default": ["a", "dep:x"], "a": ["b", "other/c"], "b": ["a"], "c": [],
        });
        let found = defaults(features.as_object().unwrap());
        assert_eq!(found, ["a", "b"]);
    }
}
