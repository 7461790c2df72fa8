//! Where the programs of PostgreSQL are.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

/// Debian keeps the programs of each version in a folder of its own, outside the search path.
const DEBIAN: &str = "/usr/lib/postgresql";

#[derive(Clone, Debug)]
pub(crate) struct Programs(PathBuf);

impl Programs {
    /// Finds the newest version.
    pub(crate) fn find() -> Option<Self> {
        let versions = fs::read_dir(DEBIAN).into_iter().flatten().flatten();
        let mut versions: Vec<(u32, PathBuf)> = versions
            .filter_map(|version| {
                let number = version.file_name().to_str()?.parse().ok()?;
                Some((number, version.path().join("bin")))
            })
            .collect();
        versions.sort();
        let searched = env::var_os("PATH").unwrap_or_default();
        let newest_first = versions.into_iter().rev().map(|(_, folder)| folder);
        newest_first
            .chain(env::split_paths(&searched))
            .find(|folder| is_complete(folder))
            .map(Self)
    }

    /// Returns the path of one of them, or the name of another program of the system.
    pub(crate) fn path(&self, program: &str) -> PathBuf {
        let own = self.0.join(program);
        if own.is_file() { own } else { program.into() }
    }
}

fn is_complete(folder: &Path) -> bool {
    ["initdb", "postgres", "psql"]
        .iter()
        .all(|program| folder.join(program).is_file())
}
