//! Whether a file is still the one that was opened.

use std::fs::Metadata;
use std::io;
use std::path::{Path, PathBuf};

use kervan_ledger::{StoreError, StoreErrorKind};

use crate::error::Stored;

/// The file of a store. SQLite itself goes on with a file that was moved or deleted, and what it writes there
/// is lost.
#[derive(Debug)]
pub(crate) struct DatabaseFile {
    path: PathBuf,
    identity: Identity,
}

type Identity = (u64, u64);

impl DatabaseFile {
    pub(crate) fn of(path: &Path) -> Stored<Self> {
        // A full path, which stays right when the program changes its folder.
        let path = std::path::absolute(path).map_err(gone)?;
        let identity = path.metadata().map_err(gone).map(|file| identity(&file))?;
        Ok(Self { path, identity })
    }

    /// Fails where the path leads to another file, or to none.
    pub(crate) fn check(&self) -> Stored<()> {
        let now = self.path.metadata().map_err(gone)?;
        if identity(&now) == self.identity {
            return Ok(());
        }
        let cause = "another file is in its place";
        Err(StoreError::new(StoreErrorKind::Gone).caused_by(cause))
    }
}

fn gone(error: io::Error) -> StoreError {
    StoreError::new(StoreErrorKind::Gone).caused_by(error)
}

#[cfg(unix)]
fn identity(file: &Metadata) -> Identity {
    use std::os::unix::fs::MetadataExt as _;
    (file.dev(), file.ino())
}

/// Elsewhere an open file cannot be moved or deleted.
#[cfg(not(unix))]
fn identity(_: &Metadata) -> Identity {
    (0, 0)
}
