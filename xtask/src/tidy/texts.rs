//! Checks of every text: no blanks at line ends, no paths of somebody's machine.

use std::path::Path;

use xtask::findings::Findings;
use xtask::workspace::{has_extension, root};

/// Folders of somebody's own. The folder of this checkout is looked for as well.
const MACHINE: [&str; 2] = ["/home/", "/root/"];

/// Returns whether a file is one that people edit.
pub(super) fn is_text(path: &str) -> bool {
    let edited = ["md", "rs", "toml", "tsv", "yml", "yaml", "sh"];
    let extension = Path::new(path).extension();
    extension.is_some_and(|extension| edited.iter().any(|edited| extension == *edited))
        || path == ".ci/run"
}

pub(super) fn check(path: &str, text: &str, findings: &mut Findings) {
    let checkout = format!("{}/", root().display());
    for (index, line) in text.lines().enumerate() {
        if line.ends_with([' ', '\t', '\r']) {
            findings.add(path, index + 1, "blanks at the end of the line");
        }
        let temporary = has_extension(path, "md").then_some("/tmp/");
        let folders = MACHINE.into_iter().chain([checkout.as_str()]);
        for folder in folders.chain(temporary) {
            if names_folder(line, folder) {
                findings.add(
                    path,
                    index + 1,
                    format!("a path of one machine: `{folder}`"),
                );
            }
        }
    }
    if !text.is_empty() && (!text.ends_with('\n') || text.ends_with("\n\n")) {
        let message = "the file must end with one line feed";
        findings.add(path, text.lines().count(), message);
    }
}

/// Returns whether a line names this folder, and not one of the same name inside another.
fn names_folder(line: &str, folder: &str) -> bool {
    line.match_indices(folder).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        // A quoted folder alone is the name in the list above.
        let alone = line[at + folder.len()..].starts_with('"');
        !alone
            && before.is_none_or(|letter| !letter.is_alphanumeric() && !"._~/-}".contains(letter))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(path: &str, text: &str) -> Vec<String> {
        let mut findings = Findings::default();
        check(path, text, &mut findings);
        findings.lines()
    }

    #[test]
    fn finds_blanks_and_a_missing_line_end() {
        assert_eq!(found("a.md", "a\nb\n"), Vec::<String>::new());
        assert_eq!(
            found("a.md", "a \nb"),
            [
                "a.md:1: blanks at the end of the line",
                "a.md:2: the file must end with one line feed"
            ]
        );
        assert_eq!(found("a.md", "a\n\n").len(), 1);
    }

    #[test]
    fn finds_paths_of_one_machine() {
        let home = ["cd ", "/home", "/ayse/x\n"].concat();
        assert_eq!(found("a.toml", &home).len(), 1);
        let temporary = ["see ", "/tmp", "/x\n"].concat();
        assert_eq!(found("a.md", &temporary).len(), 1);
        assert_eq!(found("a.rs", &temporary).len(), 0);
        let checkout = format!("cd {}/crates\n", root().display());
        assert!(!found("a.sh", &checkout).is_empty());
        assert_eq!(found("a.md", "https://example.com/home/x\n").len(), 0);
        assert_eq!(found("a.md", "x/home/y\n").len(), 0);
    }

    #[test]
    fn knows_what_people_edit() {
        assert!(is_text("docs/a.md") && is_text(".ci/run"));
        assert!(!is_text("fixtures/a.http") && !is_text("Cargo.lock"));
    }
}
