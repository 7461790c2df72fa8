//! `features`: each published crate with no feature, each feature alone, and the default ones.
//!
//! A feature that no source of its crate names compiles the same code, because all it does is to turn
//! on features of dependencies. Core checks those of its own, and `lint` turns all on together: a default that
//! leaves none out is not checked again.

use xtask::args::Args;
use xtask::failure::{Done, Failure};
use xtask::process::{cargo, run as run_command};
use xtask::workspace::{Package, drop_uncompilable, files, has_extension, packages, read};

/// With `--quick`, no feature only: the clients' defaults add the transport alone, whose tree takes a minute.
pub(crate) fn run(mut args: Args) -> Done {
    let is_quick = args.switch("--quick");
    args.finish()?;
    let mut failed = Vec::new();
    for package in packages()?.iter().filter(|package| package.is_published) {
        let all = sets(package, &sources(package)?);
        let count = if is_quick { 1 } else { all.len() };
        for set in all.into_iter().take(count) {
            // Clippy in the place of `cargo check`: it fails for what a lone feature leaves unused.
            let mut command = cargo(["clippy", "--quiet", "--package", &package.name]);
            if let Some(features) = set {
                command.args(["--no-default-features", "--features", &features]);
            }
            failed.extend(run_command(command.args(["--", "-D", "warnings"])).err());
        }
    }
    Failure::join(&failed)
}

/// Returns the text of all sources of a package.
fn sources(package: &Package) -> Result<String, String> {
    let folder = package.manifest.replace("Cargo.toml", "src/");
    let mut text = String::new();
    for path in files()? {
        if path.starts_with(&folder) && has_extension(&path, "rs") {
            text.push_str(&read(&path)?);
        }
    }
    Ok(text)
}

/// Returns the sets of features to check; `None` is the default one.
fn sets(package: &Package, sources: &str) -> Vec<Option<String>> {
    let mut features = package.features.clone();
    features.retain(|feature| sources.contains(&format!("feature = \"{feature}\"")));
    let leaves_one_out = features
        .iter()
        .any(|feature| !package.defaults.contains(feature));
    drop_uncompilable(&mut features);
    let mut sets = vec![Some(String::new())];
    sets.extend(features.into_iter().map(Some));
    if leaves_one_out && !package.defaults.is_empty() {
        sets.push(None);
    }
    sets
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn none_each_that_is_named_alone_and_the_default_ones() {
        let owned = |names: &[&str]| names.iter().map(ToString::to_string).collect();
        let sets_of = |features: &[&str], defaults: &[&str]| {
            let package = Package {
                name: "a".to_owned(),
                is_published: true,
                features: owned(features),
                defaults: owned(defaults),
                version: String::new(),
                manifest: String::new(),
                own_dependencies: Vec::new(),
            };
            sets(&package, "#[cfg(feature = \"a\")] #[cfg(feature = \"b\")]")
        };
        let set = |name: &str| Some(name.to_owned());
        assert_eq!(sets_of(&["a", "b"], &[]), [set(""), set("a"), set("b")]);
        assert_eq!(
            sets_of(&["a", "b"], &["a"]),
            [set(""), set("a"), set("b"), None]
        );
        assert_eq!(sets_of(&["a", "c"], &["a", "c"]), [set(""), set("a")]);
        assert_eq!(sets_of(&[], &[]), [set("")]);
    }
}
