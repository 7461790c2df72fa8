//! `lockfile`: the stores of a ledger in one lock file with other libraries of databases, and with the oldest
//! and the newest version of their own.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use xtask::args::Args;
use xtask::failure::Done;
use xtask::process::{cargo, run as run_command};
use xtask::scratch::Scratch;
use xtask::workspace::root;

/// A program beside which a shop may put the ledger.
struct Beside {
    name: &'static str,
    /// The lines of its dependencies.
    dependencies: &'static [&'static str],
    /// Whether the stores are compiled, too, and not only resolved.
    is_compiled: bool,
}

const SQLX_0_8: &str =
    r#"sqlx = { version = "0.8", features = ["sqlite", "postgres", "runtime-tokio"] }"#;
const SQLX_0_9: &str =
    r#"sqlx = { version = "0.9", features = ["sqlite", "postgres", "runtime-tokio"] }"#;
const SEA_ORM: &str =
    r#"sea-orm = { version = "2", features = ["sqlx-sqlite", "sqlx-postgres", "runtime-tokio"] }"#;
const DIESEL: &str = r#"diesel = { version = "2.3", features = ["sqlite", "postgres"] }"#;

const PROGRAMS: [Beside; 7] = [
    resolved("sqlx 0.8", &[SQLX_0_8]),
    resolved("sqlx 0.9", &[SQLX_0_9]),
    resolved("sea-orm 2", &[SEA_ORM]),
    resolved("diesel 2.3", &[DIESEL]),
    resolved("sqlx 0.8 and diesel 2.3", &[SQLX_0_8, DIESEL]),
    // The ends of the range in the workspace's manifest.
    compiled("rusqlite 0.32", &[r#"rusqlite = "0.32""#]),
    compiled("rusqlite 0.43", &[r#"rusqlite = "0.43""#]),
];

const fn resolved(name: &'static str, dependencies: &'static [&'static str]) -> Beside {
    Beside {
        name,
        dependencies,
        is_compiled: false,
    }
}

const fn compiled(name: &'static str, dependencies: &'static [&'static str]) -> Beside {
    Beside {
        name,
        dependencies,
        is_compiled: true,
    }
}

pub(crate) fn run(args: Args) -> Done {
    args.finish()?;
    let mut table = String::new();
    for program in &PROGRAMS {
        let scratch = Scratch::new()?;
        let folder = scratch.path();
        write(&folder.join("Cargo.toml"), &program.manifest())?;
        write(&folder.join("src/lib.rs"), "")?;
        run_command(cargo(["generate-lockfile", "--quiet"]).current_dir(folder))?;
        let lock = folder.join("Cargo.lock");
        let lock =
            fs::read_to_string(&lock).map_err(|error| format!("{}: {error}", lock.display()))?;
        let versions =
            ["rusqlite", "libsqlite3-sys", "tokio-postgres"].map(|name| version(&lock, name));
        let _ = writeln!(table, "  {:<24} {}", program.name, versions.join(", "));
        if program.is_compiled {
            let mut check = cargo(["check", "--quiet"]);
            let target = root().join("target/lockfile");
            run_command(check.current_dir(folder).env("CARGO_TARGET_DIR", target))?;
        }
    }
    println!("\nin one lock file with the stores of a ledger\n{table}");
    Ok(())
}

impl Beside {
    fn manifest(&self) -> String {
        let crates = root().join("crates");
        let store = |name: &str| {
            let path = crates.join(name).display().to_string();
            format!("kervan-{name} = {{ path = {path:?} }}\n")
        };
        format!(
            "[package]\nname = \"beside\"\nedition = \"2024\"\nrust-version = \"1.88\"\n\n[dependencies]\n{}{}{}\n\n[workspace]\n",
            store("ledger-sqlite"),
            store("ledger-postgres"),
            self.dependencies.join("\n")
        )
    }
}

/// Returns the version of a package in a lock file, with its name.
fn version(lock: &str, name: &str) -> String {
    let head = format!("name = \"{name}\"\nversion = \"");
    let version = lock
        .split_once(&head)
        .and_then(|(_, rest)| rest.split_once('"'));
    let version = version.map_or("absent", |(version, _)| version);
    format!("{name} {version}")
}

fn write(path: &Path, text: &str) -> Result<(), String> {
    let written = path.parent().map_or(Ok(()), fs::create_dir_all);
    let written = written.and_then(|()| fs::write(path, text));
    written.map_err(|error| format!("{}: {error}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_compiled_ones_are_the_ends_of_the_range() {
        let manifest = xtask::workspace::read("Cargo.toml").unwrap();
        let range = "rusqlite = { version = \">=0.32, <0.44\"";
        assert!(manifest.contains(range), "other ends: change PROGRAMS too");
        let compiled = PROGRAMS.iter().filter(|program| program.is_compiled);
        let names: Vec<_> = compiled.map(|program| program.name).collect();
        assert_eq!(names, ["rusqlite 0.32", "rusqlite 0.43"]);
    }

    #[test]
    fn a_version_is_found_in_a_lock_file() {
        let lock = "[[package]]\nname = \"rusqlite\"\nversion = \"0.32.1\"\nsource = \"x\"\n";
        assert_eq!(version(lock, "rusqlite"), "rusqlite 0.32.1");
        assert_eq!(version(lock, "sqlite"), "sqlite absent");
    }
}
