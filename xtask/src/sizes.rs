//! `sizes`: how long the files of calls are, and how much code each library holds.

use std::fmt::Write as _;

use xtask::args::Args;
use xtask::failure::Done;
use xtask::workspace::{LIBRARIES, files, has_extension, read};

/// The libraries without calls.
const WITHOUT_CALLS: [&str; 8] = [
    "core", "import", "reqwest", "settling", "testing", "tracking", "turkiye", "wire",
];

pub(crate) fn run(args: Args) -> Done {
    args.finish()?;
    let mut sources = Vec::new();
    for path in files()? {
        let library = LIBRARIES
            .iter()
            .find(|name| path.starts_with(&format!("crates/{name}/src/")));
        if let Some(library) = library.filter(|_| has_extension(&path, "rs")) {
            sources.push(Source::of(library, &path, &read(&path)?));
        }
    }
    print!("{}", table(&sources));
    Ok(())
}

/// A source file, without its tests.
struct Source {
    library: &'static str,
    path: String,
    lines: usize,
    /// Lines that hold more than a comment.
    code: usize,
    is_call: bool,
}

impl Source {
    fn of(library: &'static str, path: &str, text: &str) -> Self {
        let is_tests = path.split(['/', '.']).any(|part| part == "tests");
        let lines: Vec<_> = text
            .lines()
            .take_while(|line| !is_tests && !line.starts_with("#[cfg(test)]"))
            .take_while(|line| !line.starts_with("#[cfg(all(test"))
            .map(str::trim)
            .collect();
        let is_code = |line: &&&str| !line.is_empty() && !line.starts_with("//");
        let is_call = |line: &&str| line.starts_with("impl") && line.contains("Operation for ");
        Self {
            library,
            path: path.to_owned(),
            lines: lines.len(),
            code: lines.iter().filter(is_code).count(),
            is_call: !WITHOUT_CALLS.contains(&library) && lines.iter().any(is_call),
        }
    }
}

fn table(sources: &[Source]) -> String {
    let mut text = format!(
        "{:<18} {:>5} {:>6} {:>5}   {:>5} {:>4} {:>7} {:>5}\n",
        "crate", "files", "lines", "code", "calls", "mean", "longest", "sum"
    );
    let rows = LIBRARIES.map(|library| (library, library));
    for (name, library) in rows.into_iter().chain([("all", "")]) {
        let of_row = |source: &&Source| library.is_empty() || source.library == library;
        let all: Vec<_> = sources.iter().filter(of_row).collect();
        let calls: Vec<_> = all.iter().filter(|source| source.is_call).collect();
        let sum: usize = calls.iter().map(|source| source.lines).sum();
        let longest = calls.iter().map(|source| source.lines).max();
        let _ = writeln!(
            text,
            "{name:<18} {:>5} {:>6} {:>5}   {:>5} {:>4} {:>7} {sum:>5}",
            all.len(),
            all.iter().map(|source| source.lines).sum::<usize>(),
            all.iter().map(|source| source.code).sum::<usize>(),
            calls.len(),
            sum.checked_div(calls.len()).unwrap_or_default(),
            longest.unwrap_or_default(),
        );
    }
    let mut long: Vec<_> = sources.iter().filter(|source| source.is_call).collect();
    long.sort_by_key(|source| std::cmp::Reverse(source.lines));
    text += "\nthe longest files of calls:\n";
    for source in long.iter().take(10) {
        let _ = writeln!(text, "{:>5} {}", source.lines, source.path);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tests_and_comments_are_no_code() {
        let text = "//! A.\n\nimpl Operation for A {}\n// b\n#[cfg(test)]\nmod tests {}\n";
        let source = Source::of("haso-bnpl", "crates/haso-bnpl/src/a.rs", text);
        assert_eq!((source.lines, source.code, source.is_call), (4, 1, true));
        let tests = Source::of("core", "crates/core/src/a/tests.rs", text);
        assert_eq!((tests.lines, tests.is_call), (0, false));
        let table = table(&[source, tests]);
        let all = table.lines().find(|line| line.starts_with("all")).unwrap();
        let numbers: Vec<_> = all.split_whitespace().skip(1).collect();
        assert_eq!(numbers, ["2", "4", "1", "1", "4", "4", "4"]);
    }
}
