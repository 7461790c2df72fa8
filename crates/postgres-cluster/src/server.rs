//! Files and programs of a server that runs as another user.

use std::io;
use std::path::Path;
use std::process::Command;

use crate::user::User;

/// Returns whether this program is root's.
pub(crate) fn is_root() -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;
        // The kernel makes this folder for each process, and gives it to the process' user.
        std::fs::metadata("/proc/self").is_ok_and(|own| own.uid() == 0)
    }
    #[cfg(not(unix))]
    false
}

/// Gives a file or folder to the server's user alone: it refuses a key that others may read.
pub(crate) fn give(path: &Path, user: Option<&User>) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::fs::{Permissions, set_permissions};
        use std::os::unix::fs::{PermissionsExt as _, chown};
        let mode = if path.is_dir() { 0o700 } else { 0o600 };
        set_permissions(path, Permissions::from_mode(mode))?;
        if let Some(user) = user {
            chown(path, Some(user.id), Some(user.group))?;
        }
    }
    #[cfg(not(unix))]
    let _ = (path, user);
    Ok(())
}

/// Runs a program as the server's user.
pub(crate) fn run_as(command: &mut Command, user: Option<&User>) {
    #[cfg(unix)]
    if let Some(user) = user {
        use std::os::unix::process::CommandExt as _;
        command.uid(user.id).gid(user.group);
    }
    #[cfg(not(unix))]
    let _ = (command, user);
}

/// Keeps a program alive when the terminal ends this one.
pub(crate) fn apart(command: &mut Command) -> &mut Command {
    #[cfg(unix)]
    {
        use std::os::unix::process::CommandExt as _;
        command.process_group(0);
    }
    command
}
