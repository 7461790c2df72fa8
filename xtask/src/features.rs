//! `features`: every feature of every published crate alone, none of them, and all.

use crate::util::{self, Package, cargo, drop_uncompilable, packages};

pub(crate) fn run() -> Result<(), String> {
    let mut failed = Vec::new();
    for package in packages()?.iter().filter(|package| package.is_published) {
        for set in sets(package) {
            // Clippy in the place of `cargo check`: it fails for what a lone feature leaves unused.
            let mut command = cargo(["clippy", "--quiet", "--package", &package.name]);
            command.args(["--no-default-features", "--features", &set]);
            if util::run(command.args(["--", "-D", "warnings"])).is_err() {
                failed.push(format!("{} with `{set}`", package.name));
            }
        }
    }
    if failed.is_empty() {
        Ok(())
    } else {
        Err(failed.join(", "))
    }
}

fn sets(package: &Package) -> Vec<String> {
    let mut features = package.features.clone();
    drop_uncompilable(&mut features);
    let all = features.join(",");
    let mut sets = vec![String::new()];
    sets.extend(features);
    if sets.len() > 2 {
        sets.push(all);
    }
    sets
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sets_of(features: &[&str]) -> Vec<String> {
        sets(&Package {
            name: "a".to_owned(),
            is_published: true,
            features: features.iter().map(ToString::to_string).collect(),
            has_defaults: false,
        })
    }

    #[test]
    fn none_each_alone_and_all() {
        assert_eq!(sets_of(&["a", "b"]), ["", "a", "b", "a,b"]);
        assert_eq!(sets_of(&["a"]), ["", "a"]);
        assert_eq!(sets_of(&[]), [""]);
    }
}
