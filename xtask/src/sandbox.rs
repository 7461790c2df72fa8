//! `sandbox`: holds the simulated providers to the fixtures, and prints how far they agree.

#![expect(clippy::print_stdout, reason = "it prints a table")]

use xtask::args::Args;
use xtask::failure::{Done, Failure};
use xtask::process::{cargo, output};

/// Parts of the names of the tests whose output is the table.
const TESTS: [&str; 3] = ["::cases::", "::codes::", "::replay::"];

/// Runs the tests that play every documented case, and prints what they say.
pub(crate) fn run(args: Args) -> Done {
    args.finish()?;
    let mut command = cargo([
        "test",
        "--quiet",
        "--package",
        "kervan-sandbox",
        "--lib",
        "--",
    ]);
    let printed = output(command.arg("--show-output").args(TESTS))?;
    let table = table(&printed);
    if table.is_empty() {
        return Err(Failure::broken("no test printed a line of the table"));
    }
    println!("{}", table.join("\n"));
    Ok(())
}

/// Returns the lines that the tests printed themselves.
fn table(printed: &str) -> Vec<&str> {
    let own = printed
        .split_once("\nsuccesses:\n")
        .map_or("", |(_, own)| own);
    let lines = own.lines().take_while(|line| *line != "successes:");
    lines
        .filter(|line| !line.is_empty() && !line.starts_with("----"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::table;

    #[test]
    fn only_the_lines_of_the_tests_are_kept() {
        let printed = "\nrunning 2 tests\n..\nsuccesses:\n\n---- a stdout ----\nx: 1\n  y\n\n\n\
                       successes:\n    a\n    b\n\ntest result: ok.\n";
        assert_eq!(table(printed), ["x: 1", "  y"]);
        assert!(table("\nrunning 0 tests\n").is_empty());
    }
}
