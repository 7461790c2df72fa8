//! What several commands need: the root folder, files, child processes, findings.

use std::ffi::OsStr;
use std::fmt::Display;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

/// The workspace's root folder.
pub(crate) fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_owned()
}

/// Whether CI runs this. There a missing tool is a failure.
pub(crate) fn in_ci() -> bool {
    std::env::var_os("CI").is_some_and(|value| !value.is_empty() && value != "false")
}

/// Says that something was left out, so that `ci` can repeat it at its end.
pub(crate) fn skip(what: impl Display) {
    println!("{SKIPPED}{what}");
}

/// How such a line begins.
pub(crate) const SKIPPED: &str = "skipped: ";

/// Reads a file of the workspace as text.
pub(crate) fn read(path: &str) -> Result<String, String> {
    fs::read_to_string(root().join(path)).map_err(|error| format!("{path}: {error}"))
}

/// Every file of the workspace by its path from the root, with slashes, sorted. What is built,
/// private or version control's own is left out.
pub(crate) fn files() -> Result<Vec<String>, String> {
    let mut found = Vec::new();
    walk(&root(), "", &mut found).map_err(|error| format!("the tree cannot be read: {error}"))?;
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

/// Whether a path ends in this extension.
pub(crate) fn has_extension(path: &str, extension: &str) -> bool {
    Path::new(path).extension() == Some(OsStr::new(extension))
}

/// Cargo in the root folder.
pub(crate) fn cargo<I, S>(arguments: I) -> Command
where
    I: IntoIterator<Item = S>,
    S: AsRef<OsStr>,
{
    let program = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(program);
    command.args(arguments).current_dir(root());
    command
}

/// Runs a command to its end, with its output shown.
pub(crate) fn run(command: &mut Command) -> Result<(), String> {
    let line = line_of(command);
    println!("$ {line}");
    let status = command
        .stdin(Stdio::null())
        .status()
        .map_err(|error| format!("`{line}` cannot be run: {error}"))?;
    if status.success() {
        Ok(())
    } else {
        Err(format!("`{line}` failed: {status}"))
    }
}

/// Runs a command and takes what it prints.
pub(crate) fn output(command: &mut Command) -> Result<String, String> {
    let line = line_of(command);
    let output = command
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()
        .map_err(|error| format!("`{line}` cannot be run: {error}"))?;
    if !output.status.success() {
        return Err(format!("`{line}` failed: {}", output.status));
    }
    String::from_utf8(output.stdout).map_err(|_| format!("`{line}` printed something besides text"))
}

fn line_of(command: &Command) -> String {
    let program = Path::new(command.get_program())
        .file_stem()
        .unwrap_or_default();
    std::iter::once(program)
        .chain(command.get_args())
        .map(OsStr::to_string_lossy)
        .collect::<Vec<_>>()
        .join(" ")
}

/// Whether a program can be started at all.
pub(crate) fn is_installed(program: &str) -> bool {
    quiet(Command::new(program).arg("--version"))
}

fn quiet(command: &mut Command) -> bool {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// A package of the workspace.
#[derive(Debug)]
pub(crate) struct Package {
    pub(crate) name: String,
    pub(crate) is_published: bool,
    /// Every feature but `default`.
    pub(crate) features: Vec<String>,
    /// Whether a `default` feature is there that turns something on.
    pub(crate) has_defaults: bool,
}

/// The packages of the workspace.
pub(crate) fn packages() -> Result<Vec<Package>, String> {
    let text = output(&mut cargo([
        "metadata",
        "--no-deps",
        "--format-version=1",
        "--quiet",
    ]))?;
    let metadata: Value =
        serde_json::from_str(&text).map_err(|error| format!("cargo metadata: {error}"))?;
    let list = metadata["packages"].as_array();
    let list = list.ok_or("cargo metadata lists no packages")?;
    Ok(list.iter().filter_map(package).collect())
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
        has_defaults: features
            .get("default")
            .and_then(Value::as_array)
            .is_some_and(|turned_on| !turned_on.is_empty()),
    })
}

/// The feature that needs a library of the system.
const NEEDS_OPENSSL: &str = "native-tls";

/// Takes `native-tls` out where it cannot be compiled, and says so: on Linux it links the system's
/// OpenSSL, whose headers a machine with nothing but Rust does not have.
pub(crate) fn drop_uncompilable(features: &mut Vec<String>) {
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
        || quiet(Command::new("pkg-config").args(["--exists", "openssl"]))
}

/// Every feature of every package that can be compiled here, for `--features`.
///
/// Used in the place of `--all-features`, which has no way to leave one out.
pub(crate) fn all_features() -> Result<String, String> {
    let mut names = Vec::new();
    for package in packages()? {
        for feature in &package.features {
            names.push(format!("{}/{feature}", package.name));
        }
    }
    drop_uncompilable(&mut names);
    Ok(names.join(","))
}

/// What a check has found. All of it is shown before the check fails.
#[derive(Debug, Default)]
pub(crate) struct Findings(Vec<(String, usize, String)>);

impl Findings {
    /// Adds a finding at a line, counted from one.
    pub(crate) fn add(&mut self, path: &str, line: usize, message: impl Into<String>) {
        self.0.push((path.to_owned(), line, message.into()));
    }

    /// Prints all findings by place, and fails if there are any.
    pub(crate) fn report(mut self) -> Result<(), String> {
        self.0.sort();
        self.0.dedup();
        for (path, line, message) in &self.0 {
            println!("{path}:{line}: {message}");
        }
        match self.0.len() {
            0 => Ok(()),
            1 => Err("1 finding".to_owned()),
            count => Err(format!("{count} findings")),
        }
    }

    /// The findings as lines of text.
    #[cfg(test)]
    pub(crate) fn lines(&self) -> Vec<String> {
        self.0
            .iter()
            .map(|(path, line, message)| format!("{path}:{line}: {message}"))
            .collect()
    }
}
