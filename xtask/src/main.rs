//! The workspace's tasks. Without arguments it lists them.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program of the command line prints"
)]

mod bench;
mod bulk_trial;
mod ci;
mod contract;
mod costs;
mod deps;
mod explain_hash;
mod features;
mod fixtures;
mod flags;
mod fmt;
mod fuzz;
mod lint;
mod places;
mod reference;
mod rustdoc;
mod test;
mod tidy;
mod util;

use std::path::Path;
use std::process::ExitCode;

use flags::Args;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let Some((command, rest)) = arguments.split_first() else {
        print!("{}", flags::HELP);
        return ExitCode::SUCCESS;
    };
    if arguments.iter().any(|argument| argument == "--help") {
        print!("{}", flags::HELP);
        return ExitCode::SUCCESS;
    }
    match command.as_str() {
        "contract-test" => return contract::run(rest),
        "fixtures" => return fixtures::run(rest),
        "bench" => return bench::run(rest),
        _ => {}
    }
    match dispatch(command, Args::new(rest)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("xtask {command}: {message}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(command: &str, mut args: Args) -> Result<(), String> {
    let check = args.switch("--check");
    match command {
        "ci" => args.finish().and_then(|()| ci::run()),
        "fmt" => args.finish().and_then(|()| fmt::run(check)),
        "lint" => args.finish().and_then(|()| lint::run()),
        "test" => {
            let alone = args.switch("--alone");
            args.finish().and_then(|()| test::run(alone))
        }
        "features" => args.finish().and_then(|()| features::run()),
        "rustdoc" => args.finish().and_then(|()| rustdoc::run()),
        "deps" => args.finish().and_then(|()| deps::run()),
        "tidy" => args.finish().and_then(|()| tidy::run()),
        "reference" => args.finish().and_then(|()| reference::run(check)),
        "costs" => {
            let task =
                costs::Task::from_switches(args.switch("--counts"), args.switch("--check-counts"));
            args.finish().and_then(|()| costs::run(task))
        }
        "fuzz" => {
            let number = |text: Option<String>| {
                text.map(|text| {
                    text.parse::<u64>()
                        .map_err(|_| format!("`{text}` is no number"))
                })
                .transpose()
            };
            let seconds = number(args.value("--seconds")?)?.unwrap_or(10);
            let (target, cases) = (args.value("--target")?, number(args.value("--cases")?)?);
            let seconds = u32::try_from(seconds).map_err(|error| error.to_string())?;
            args.finish()
                .and_then(|()| fuzz::run(seconds, target.as_deref(), cases))
        }
        "explain-hash" => {
            let turkish = args.switch("--turkish");
            let file = args.next();
            args.finish()
                .and_then(|()| explain_hash::run(file, turkish))
        }
        "bulk-trial" => {
            let trial = bulk_trial::Trial::from_args(&mut args)?;
            args.finish().and_then(|()| trial.run())
        }
        "places" => {
            let wheel = args.value("--wheel")?;
            args.finish()
                .and_then(|()| places::run(check, wheel.as_deref().map(Path::new)))
        }
        _ => Err("no such command; `cargo xtask` lists them".to_owned()),
    }
}
