//! `sandbox`: holds the simulated providers to the fixtures, and prints how far they agree.

#![expect(clippy::print_stdout, reason = "it prints a table")]

use std::path::PathBuf;
use std::process::Command;

use serde_json::Value;
use xtask::args::Args;
use xtask::failure::{Done, Failure};
use xtask::process::{cargo, output};
use xtask::workspace::root;

/// Parts of the names of the tests whose output is the table.
const TESTS: [&str; 3] = ["::cases::", "::codes::", "::replay::"];

/// Runs the tests that play every documented case, and prints what they say.
pub(crate) fn run(args: Args) -> Done {
    args.finish()?;
    // The whole workspace, so that this is the program that its tests have built.
    let mut command = cargo(["test", "--workspace", "--lib", "--no-run", "--quiet"]);
    let built = output(command.arg("--message-format=json"))?;
    let program = program_of(&built, "kervan_sandbox");
    let program = program.ok_or("cargo built no tests of the sandbox")?;
    let mut tests = Command::new(program);
    tests.current_dir(root().join("crates/sandbox"));
    let printed = output(tests.args(["--quiet", "--show-output"]).args(TESTS))?;
    let table = table(&printed);
    if table.is_empty() {
        return Err(Failure::broken("no test printed a line of the table"));
    }
    println!("{}", table.join("\n"));
    Ok(())
}

/// Returns the program that has the tests of a library, from what cargo says that it built.
fn program_of(built: &str, library: &str) -> Option<PathBuf> {
    let messages = built
        .lines()
        .filter_map(|line| serde_json::from_str(line).ok());
    let mut of_library = messages.filter(|message: &Value| {
        message["target"]["name"] == library && message["profile"]["test"] == true
    });
    of_library.find_map(|message| message["executable"].as_str().map(PathBuf::from))
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
    use super::*;

    #[test]
    fn the_program_is_that_of_the_librarys_tests() {
        let line = |name: &str, is_test: bool, program: &str| {
            let message = serde_json::json!({
                "target": {"name": name}, "profile": {"test": is_test}, "executable": program,
            });
            message.to_string()
        };
        let built = [
            "not json".to_owned(),
            line("other", true, "/t/other"),
            line("kervan_sandbox", false, "/t/plain"),
            line("kervan_sandbox", true, "/t/tests"),
        ];
        let found = program_of(&built.join("\n"), "kervan_sandbox");
        assert_eq!(found, Some(PathBuf::from("/t/tests")));
        assert_eq!(program_of(&built[..3].join("\n"), "kervan_sandbox"), None);
    }

    #[test]
    fn only_the_lines_of_the_tests_are_kept() {
        let printed = "\nrunning 2 tests\n..\nsuccesses:\n\n---- a stdout ----\nx: 1\n  y\n\n\n\
                       successes:\n    a\n    b\n\ntest result: ok.\n";
        assert_eq!(table(printed), ["x: 1", "  y"]);
        assert!(table("\nrunning 0 tests\n").is_empty());
    }
}
