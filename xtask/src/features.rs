//! `features`: each published crate with no feature, each feature alone, and the default ones.
//!
//! All features together are the job of `lint`.

use xtask::args::Args;
use xtask::failure::{Done, Failure};
use xtask::process::{cargo, run as run_command};
use xtask::workspace::{Package, drop_uncompilable, packages};

pub(crate) fn run(args: Args) -> Done {
    args.finish()?;
    let mut failed = Vec::new();
    for package in packages()?.iter().filter(|package| package.is_published) {
        for set in sets(package) {
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

/// The sets of features to check; `None` is the default one.
fn sets(package: &Package) -> Vec<Option<String>> {
    let mut features = package.features.clone();
    drop_uncompilable(&mut features);
    let mut sets = vec![Some(String::new())];
    sets.extend(features.into_iter().map(Some));
    if package.has_defaults {
        sets.push(None);
    }
    sets
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn none_each_alone_and_the_default_ones() {
        let sets_of = |features: &[&str], has_defaults| {
            sets(&Package {
                name: "a".to_owned(),
                is_published: true,
                features: features.iter().map(ToString::to_string).collect(),
                has_defaults,
                version: String::new(),
                manifest: String::new(),
                own_dependencies: Vec::new(),
            })
        };
        let set = |name: &str| Some(name.to_owned());
        assert_eq!(sets_of(&["a", "b"], false), [set(""), set("a"), set("b")]);
        assert_eq!(sets_of(&["a"], true), [set(""), set("a"), None]);
        assert_eq!(sets_of(&[], false), [set("")]);
    }
}
