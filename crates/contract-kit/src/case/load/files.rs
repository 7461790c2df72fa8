//! Reads the folders and files, one by one.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use case_text::CaseText;

use crate::case::Problem;
use crate::case::about::Head;

pub(super) const EXTENSION: &str = ".case";
/// The name of the file that holds call and request of an operation's cases.
pub(super) const BASE: &str = "base";

/// A file that was read.
pub(super) struct File {
    pub(super) path: PathBuf,
    pub(super) head: Head,
    pub(super) text: CaseText,
}

/// The files of one operation, by the names of their cases. One that cannot be read is `None`, so that no
/// other file takes its place.
pub(super) struct Operation {
    pub(super) name: String,
    pub(super) dir: PathBuf,
    pub(super) cases: BTreeMap<String, Option<File>>,
    pub(super) base: Option<File>,
    /// Whether there is a base that cannot be read. Then no case is put together: each would repeat the
    /// base's problem as one of its own.
    pub(super) is_base_unreadable: bool,
}

/// Returns the case of a family's file: `refused-fault` of `refused-fault.reads`.
pub(super) fn case_of(name: &str) -> &str {
    name.split('.').next().unwrap_or(name)
}

/// Returns the files of a folder by their names without the ending. One that cannot be read is `None`.
pub(super) fn files(dir: &Path, problems: &mut Vec<Problem>) -> BTreeMap<String, Option<File>> {
    let mut found = BTreeMap::new();
    for path in entries(dir, problems) {
        let name = path
            .file_name()
            .and_then(|name| name.to_str())
            .unwrap_or_default();
        match name.strip_suffix(EXTENSION) {
            Some(stem) if path.is_file() && stem.split('.').all(is_name) => {
                found.insert(stem.to_owned(), file(&path, problems));
            }
            _ if name == "README.md" => {}
            _ => problems.push(Problem::new(
                &path,
                None,
                "only `<case>.case` belongs here; a name has ASCII letters, digits, `-` and `_`",
            )),
        }
    }
    found
}

fn file(path: &Path, problems: &mut Vec<Problem>) -> Option<File> {
    let mut problem = |line, message: String| problems.push(Problem::new(path, line, message));
    let bytes = fs::read(path)
        .map_err(|error| problem(None, error.to_string()))
        .ok()?;
    let text = CaseText::parse(&bytes)
        .map_err(|malformed| problem(Some(malformed.line), malformed.message))
        .ok()?;
    let head = toml::from_str(&text.head).map_err(|error| {
        let before = error.span().map_or("", |span| &text.head[..span.start]);
        problem(
            Some(1 + before.matches('\n').count()),
            error.message().to_owned(),
        );
    });
    Some(File {
        path: path.to_owned(),
        head: head.ok()?,
        text,
    })
}

/// Returns the folders in a folder; everything else in it is a problem.
pub(super) fn folders(dir: &Path, problems: &mut Vec<Problem>) -> Vec<(String, PathBuf)> {
    let mut found = Vec::new();
    for path in entries(dir, problems) {
        let name = path
            .file_name()
            .and_then(|name| name.to_str())
            .unwrap_or_default();
        let message = match (path.is_dir(), is_name(name)) {
            (true, true) => {
                found.push((name.to_owned(), path));
                continue;
            }
            (true, false) => "a folder name has ASCII letters, digits, `-` and `_` only",
            (false, _) if name == "README.md" => continue,
            (false, _) => "only folders belong here: <crate>/<operation>/<case>.case",
        };
        problems.push(Problem::new(&path, None, message));
    }
    found
}

fn is_name(name: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    !name.is_empty() && name.bytes().all(is_plain)
}

fn entries(dir: &Path, problems: &mut Vec<Problem>) -> Vec<PathBuf> {
    let mut found = Vec::new();
    match fs::read_dir(dir) {
        Ok(entries) => {
            for entry in entries {
                match entry {
                    Ok(entry) => found.push(entry.path()),
                    Err(error) => problems.push(Problem::new(dir, None, error.to_string())),
                }
            }
        }
        Err(error) => problems.push(Problem::new(dir, None, error.to_string())),
    }
    found.sort();
    found
}
