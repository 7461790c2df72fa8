//! The workspace's tasks. Without arguments it lists them.

#![expect(clippy::print_stdout, reason = "a program of the command line prints")]

mod bench;
mod ci;
mod costs;
mod deps;
mod examples;
mod explain_hash;
mod features;
mod fmt;
mod fuzz;
mod ledger;
mod lint;
mod lockfile;
mod mutants;
mod nightly;
mod outbox;
mod package;
mod patches;
mod places;
mod rustdoc;
mod sandbox;
mod sizes;
mod steps;
mod stories;
mod test;
mod tidy;

use std::process::ExitCode;

use xtask::args::Args;
use xtask::failure::{Done, Failure, exit};
use xtask::help::{self, Topic};
use xtask::process::workbench;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (name, rest) = match arguments.split_first() {
        None => return say(&help::list()),
        Some((name, rest)) => (name.as_str(), rest),
    };
    if let "help" | "--help" | "-h" = name {
        return match rest.first() {
            None => say(&help::list()),
            Some(name) => topic(name, |topic| say(&topic.page())),
        };
    }
    topic(name, |topic| {
        if rest
            .iter()
            .any(|argument| argument == "--help" || argument == "-h")
        {
            return say(&topic.page());
        }
        match topic.name {
            // Other programs, which print their own errors.
            "contract-test" | "fixtures" | "reference" | "bulk-trial" => {
                pass_on(topic.name, workbench(topic.name, rest))
            }
            "explain-hash" => pass_on(topic.name, explain_hash::run(rest)),
            "ledger" => pass_on(topic.name, ledger::run(rest)),
            "stories" => pass_on(topic.name, stories::run(rest)),
            _ => exit(topic.name, &run(topic.name, Args::new(topic.name, rest))),
        }
    })
}

fn run(command: &str, args: Args) -> Done {
    match command {
        "ci" => ci::run(args),
        "fmt" => fmt::run(args),
        "lint" => lint::run(args),
        "test" => test::run(args),
        "features" => features::run(args),
        "lockfile" => lockfile::run(args),
        "outbox" => outbox::run(args),
        "rustdoc" => rustdoc::run(args),
        "sandbox" => sandbox::run(args),
        "sizes" => sizes::run(args),
        "tidy" => tidy::run(args),
        "deps" => deps::run(args),
        "examples" => examples::run(args),
        "nightly" => nightly::run(args),
        "fuzz" => fuzz::run(args),
        "mutants" => mutants::run(args),
        "package" => package::run(args),
        "bench" => bench::run(args),
        "costs" => costs::run(args),
        "places" => places::run(args),
        other => Err(Failure::CouldNotRun(format!("nothing runs `{other}`"))),
    }
}

fn pass_on(command: &str, status: Result<u8, Failure>) -> ExitCode {
    match status {
        Ok(status) => ExitCode::from(status),
        Err(failure) => exit(command, &Err(failure)),
    }
}

fn topic(name: &str, then: impl FnOnce(&'static Topic) -> ExitCode) -> ExitCode {
    match help::topic(name) {
        Ok(topic) => then(topic),
        Err(message) => exit("xtask", &Err(message.into())),
    }
}

fn say(text: &str) -> ExitCode {
    print!("{text}");
    ExitCode::SUCCESS
}
