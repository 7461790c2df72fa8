//! How the documents are written: turns of phrase that readers stumble over are counted.

use std::fmt::Write as _;

use xtask::findings::Findings;
use xtask::workspace::has_extension;

/// A turn of phrase, and how often it may occur in a thousand lines.
struct Turn {
    name: &'static str,
    most: usize,
    is_in: fn(&str) -> bool,
}

const TURNS: [Turn; 3] = [
    Turn {
        name: "a sentence that opens with \"What\"",
        most: 5,
        is_in: opens_with_what,
    },
    Turn {
        name: "\"stands\"",
        most: 3,
        is_in: |line| words(line).any(|word| matches!(word, "stand" | "stands")),
    },
    Turn {
        name: "\"is no\"",
        most: 2,
        is_in: is_no,
    },
];

/// Pages that commands write, and the list of changes, which quotes what was there before.
const LEFT_OUT: [&str; 2] = ["docs/reference/", "CHANGELOG.md"];

/// Counts the lines of documents and of documentation comments.
#[derive(Default)]
pub(super) struct Prose {
    lines: usize,
    found: [Vec<(String, usize)>; TURNS.len()],
}

impl Prose {
    pub(super) fn read(&mut self, path: &str, text: &str) {
        if LEFT_OUT.iter().any(|left_out| path.starts_with(left_out)) {
            return;
        }
        let is_source = has_extension(path, "rs");
        let mut in_code = false;
        for (index, line) in text.lines().enumerate() {
            let line = line.trim_start();
            let line = if is_source {
                let comment = line
                    .strip_prefix("///")
                    .or_else(|| line.strip_prefix("//!"));
                let Some(comment) = comment else { continue };
                comment.trim_start()
            } else {
                line
            };
            if line.starts_with("```") {
                in_code = !in_code;
            } else if !in_code && !line.is_empty() {
                self.lines += 1;
                for (turn, found) in TURNS.iter().zip(&mut self.found) {
                    if (turn.is_in)(line) {
                        found.push((path.to_owned(), index + 1));
                    }
                }
            }
        }
    }

    /// Prints the counts. A turn that is too frequent is a finding, at its first places.
    pub(super) fn report(self, findings: &mut Findings) {
        let mut counts = format!("{} lines of documents:", self.lines);
        for (turn, found) in TURNS.iter().zip(&self.found) {
            let _ = write!(counts, " {} {},", found.len(), turn.name);
            if found.len() * 1000 <= turn.most * self.lines {
                continue;
            }
            for (path, line) in found {
                let message = format!(
                    "{} is more frequent than {} in 1,000 lines",
                    turn.name, turn.most
                );
                findings.add(path, *line, message);
            }
        }
        println!("{}", counts.trim_end_matches(','));
    }
}

fn words(line: &str) -> impl Iterator<Item = &str> {
    line.split(|letter: char| !letter.is_alphanumeric())
}

/// A question may open so.
fn opens_with_what(line: &str) -> bool {
    let sentences = line.split_inclusive(['.', '?', '!', ':', '|']);
    sentences
        .filter(|sentence| !sentence.ends_with('?'))
        .any(|sentence| {
            let first = sentence.trim_start_matches(|letter: char| !letter.is_alphanumeric());
            let first = words(first).next();
            matches!(first, Some("What" | "Whatever"))
        })
}

fn is_no(line: &str) -> bool {
    let words: Vec<_> = words(line).collect();
    let pairs = words.windows(2);
    pairs
        .into_iter()
        .any(|pair| matches!(pair, ["is" | "are", "no" | "none"]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn turns_are_found_in_prose_and_not_in_code() {
        let mut prose = Prose::default();
        prose.read(
            "a.md",
            "What the rule is.\n\nIt is here. Whatever comes.\n- **What** it is\n| a | What b |\n\
             What is it?\nWhatsoever\n```\nWhat code\n```\n",
        );
        prose.read(
            "b.rs",
            "/// A key that stands there.\nlet stands = 1; // stands\n//! It is none.\n",
        );
        prose.read("docs/reference/x.md", "What the command writes.");
        let lines = |found: &Vec<(String, usize)>| found.iter().map(|(_, line)| *line).collect();
        let lines: Vec<Vec<usize>> = prose.found.iter().map(lines).collect();
        assert_eq!(lines, [vec![1, 3, 4, 5], vec![1], vec![3]]);
        assert_eq!(prose.lines, 8);
        let mut findings = Findings::default();
        prose.report(&mut findings);
        assert_eq!(findings.lines().len(), 6);
    }
}
