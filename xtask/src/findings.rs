//! Findings of a check, by place. A check shows all of them before it fails.

use crate::failure::{Done, Failure};

/// The findings of a check.
#[derive(Debug, Default)]
pub struct Findings(Vec<(String, usize, String)>);

impl Findings {
    /// Adds a finding at a line, counted from one.
    pub fn add(&mut self, path: &str, line: usize, message: impl Into<String>) {
        self.0.push((path.to_owned(), line, message.into()));
    }

    /// Prints all findings by place.
    ///
    /// # Errors
    ///
    /// Broken, with the number of findings, if there are any.
    #[expect(clippy::print_stdout, reason = "findings are a check's output")]
    pub fn report(self) -> Done {
        let lines = self.lines();
        for line in &lines {
            println!("{line}");
        }
        match lines.len() {
            0 => Ok(()),
            1 => Err(Failure::broken("1 finding")),
            count => Err(Failure::broken(format!("{count} findings"))),
        }
    }

    /// Returns the findings as lines of text, by place, each once.
    pub fn lines(mut self) -> Vec<String> {
        self.0.sort();
        self.0.dedup();
        self.0
            .iter()
            .map(|(path, line, message)| format!("{path}:{line}: {message}"))
            .collect()
    }
}

/// Returns the first line, counted from one, in which two texts differ.
pub fn first_difference(present: &str, wanted: &str) -> Option<usize> {
    if present == wanted {
        return None;
    }
    let same = present
        .lines()
        .zip(wanted.lines())
        .take_while(|(a, b)| a == b);
    Some(same.count() + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_the_first_line_that_differs() {
        assert_eq!(first_difference("a\nb\n", "a\nb\n"), None);
        assert_eq!(first_difference("a\nb\n", "a\nc\n"), Some(2));
        assert_eq!(first_difference("a\n", "a\nb\n"), Some(2));
        assert_eq!(first_difference("", "a\n"), Some(1));
        assert_eq!(first_difference("a\nb", "a\nb\n"), Some(3));
    }

    #[test]
    fn sorts_by_place_and_lists_each_finding_once() {
        let mut findings = Findings::default();
        findings.add("b", 1, "x");
        findings.add("a", 2, "x");
        findings.add("a", 2, "x");
        assert_eq!(findings.lines(), ["a:2: x", "b:1: x"]);
    }
}
