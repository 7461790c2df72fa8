//! The crates that a set of features compiles, by `cargo tree`.

use std::collections::BTreeSet;

use xtask::process::{cargo, output};

use super::Set;

/// Returns the names of all crates but the set's own, sorted. A crate in two versions counts twice and
/// shows its version.
pub(super) fn of(set: &Set) -> Result<Vec<String>, String> {
    let mut command = cargo(["tree", "--package", &set.package]);
    command.args(&set.flags).args([
        "--edges=normal,build",
        "--target=x86_64-unknown-linux-gnu",
        "--prefix=none",
        "--format={p}",
    ]);
    Ok(names(&output(&mut command)?, &set.package))
}

fn names(listing: &str, own: &str) -> Vec<String> {
    let packages: BTreeSet<(&str, &str)> = listing
        .lines()
        .filter_map(|line| {
            let mut words = line.split(' ');
            Some((words.next()?, words.next()?))
        })
        .filter(|(name, _)| *name != own)
        .collect();
    let is_twice = |name: &str| packages.iter().filter(|(other, _)| *other == name).count() > 1;
    packages
        .iter()
        .map(|(name, version)| {
            if is_twice(name) {
                format!("{name} {version}")
            } else {
                (*name).to_owned()
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_each_package_once_and_leaves_the_crate_itself_out() {
        let listing = "own v0.1.0 (/somewhere/own)\ncore v0.1.0 (/somewhere/core)\n\
                       serde v1.0.0\nserde_derive v1.0.0 (proc-macro)\nserde v1.0.0 (*)\n\nsyn v2.0.0\n\
                       syn v3.0.0 (*)\n";
        let expected = ["core", "serde", "serde_derive", "syn v2.0.0", "syn v3.0.0"];
        assert_eq!(names(listing, "own"), expected);
    }
}
