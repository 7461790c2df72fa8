//! The program as a process of its own, and the tools that a page of the documentation needs.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};

use crate::program::program;

/// The address in the pages: that of a program which was started without `--port`.
pub(crate) const PRINTED: &str = "127.0.0.1:4747";

/// A program on a free port, which ends with the test.
pub(crate) struct Started {
    child: Child,
    /// The host and the port.
    pub(crate) host: String,
    /// The first lines of the program, with the address of the pages.
    pub(crate) welcome: String,
}

impl Started {
    /// Starts the program with the flags of a page.
    pub(crate) fn with(flags: &[&str]) -> Self {
        let flags = [flags, &["--port", "0"]].concat();
        let mut child = program(&flags).stdout(Stdio::piped()).spawn().unwrap();
        let mut welcome = String::new();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        while !welcome.contains("\nlogins: ") {
            let read = out.read_line(&mut welcome).unwrap();
            assert!(read > 0, "it ended: {welcome}");
        }
        let (_, rest) = welcome.split_once("http://").unwrap();
        let host = rest.split('/').next().unwrap().to_owned();
        let welcome = welcome.replace(&host, PRINTED);
        Started {
            child,
            host,
            welcome,
        }
    }
}

impl Drop for Started {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Returns whether all of these tools are on the path. Without one, a test is skipped with a notice;
/// in CI it fails.
#[expect(clippy::print_stderr, reason = "a skipped test says so")]
pub(crate) fn has_tools(names: &[&str]) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let is_there = |name: &str| std::env::split_paths(&path).any(|dir| dir.join(name).is_file());
    let missing: Vec<&&str> = names.iter().filter(|name| !is_there(name)).collect();
    if missing.is_empty() {
        return true;
    }
    assert!(
        std::env::var_os("CI").is_none(),
        "CI has {missing:?}: .ci/run installs them"
    );
    eprintln!("SKIPPED: {missing:?} not on the path");
    false
}

/// Returns the path of a file of the repository.
pub(crate) fn file(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .join(path)
}

/// Reads a file of the repository.
pub(crate) fn text(path: &str) -> String {
    std::fs::read_to_string(file(path)).unwrap()
}
