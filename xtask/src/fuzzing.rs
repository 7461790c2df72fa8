//! The fuzz targets, and the answers of the fixtures that each starts from.

use std::fs;
use std::path::{Path, PathBuf};

use crate::workspace::root;

/// A fuzz target.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Target {
    /// The name of its program in `fuzz/`.
    pub name: &'static str,
    folder: &'static str,
    file: &'static str,
}

/// Every target.
pub const TARGETS: [Target; 9] = [
    target("soap", "param-marketplace", "response.http"),
    target("json", "horoz-shipping", "response.http"),
    target(
        "param_model_callback",
        "param-marketplace/callback-3d-model",
        "callback.http",
    ),
    target(
        "param_pay_callback",
        "param-marketplace/callback-3d-pay",
        "callback.http",
    ),
    target("link", "aras-tracking", "link.txt"),
    target("haso_callback", "haso-bnpl", "callback.http"),
    target("aras_page", "aras-tracking", "page.html"),
    target("aras_rows", "aras-tracking", "response.http"),
    // Its bytes choose among the answers that it holds itself; any text is a start.
    target("contradiction", "aras-tracking", "link.txt"),
];

/// The folder is below `fixtures/data`, the file in its cases.
const fn target(name: &'static str, folder: &'static str, file: &'static str) -> Target {
    Target { name, folder, file }
}

impl Target {
    /// Returns the bodies of its files in the fixtures.
    ///
    /// # Errors
    ///
    /// When a file cannot be read.
    pub fn seeds(&self) -> Result<Vec<Vec<u8>>, String> {
        let folder = root().join("fixtures/data").join(self.folder);
        let mut paths = files(&folder, self.file);
        paths.sort();
        let seeds = paths.into_iter().map(|path| {
            let contents =
                fs::read(&path).map_err(|error| format!("{}: {error}", path.display()))?;
            let body = contents
                .windows(2)
                .position(|pair| pair == b"\n\n")
                .map_or(0, |at| at + 2);
            Ok(contents[body..].to_vec())
        });
        seeds.collect()
    }
}

fn files(dir: &Path, name: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(dir).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(files(&path, name));
        } else if path.file_name().is_some_and(|file| file == name) {
            found.push(path);
        }
    }
    found
}
