//! The commands that need the clients. `cargo xtask` builds and starts this program.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program of the command line prints"
)]

mod bulk_trial;
mod contract;
mod fixtures;
mod reference;
mod tidy;

use std::process::ExitCode;

use xtask::args::Args;
use xtask::failure::exit;
use xtask::help;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let Some((name, rest)) = arguments.split_first() else {
        return exit(
            "workbench",
            &Err("`cargo xtask` starts this program".into()),
        );
    };
    let topic = match help::topic(name) {
        Ok(topic) => topic,
        Err(message) => return exit("workbench", &Err(message.into())),
    };
    if rest.iter().any(|argument| argument == "--help") {
        print!("{}", topic.page());
        return ExitCode::SUCCESS;
    }
    let args = Args::new(topic.name, rest);
    let done = match topic.name {
        "contract-test" => contract::run(args),
        "fixtures" => fixtures::run(args),
        "reference" => reference::run(args),
        "bulk-trial" => bulk_trial::run(args),
        "tidy" => tidy::run(args),
        other => Err(format!("`cargo xtask {other}` is not a command of this program").into()),
    };
    exit(topic.name, &done)
}
