//! Programs that write to simulated providers and are killed: at each change of their ledger, at each byte of
//! an answer, or at random, four at a time. In the end each write has happened once, and none is forgotten.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program of the command line prints"
)]
#![expect(
    clippy::disallowed_methods,
    reason = "a trial of processes takes its own time"
)]

mod child;
mod clock;
mod dying;
mod frozen;
mod matrix;
mod proxy;
mod stage;
mod storm;
mod writes;

use std::process::ExitCode;

use lexopt::prelude::*;

const USAGE: &str = "\
usage: ledger-proofs matrix [--on DATABASE] [--step N]
       ledger-proofs frozen [--on DATABASE]
       ledger-proofs storm [--on DATABASE] [--writes N] [--processes N] [--seed N] [--crashes N]

matrix  kills a program before and after each change of its ledger, and at each N-th byte of an
        answer, for a write of each class; on PostgreSQL it also loses each message to the server, and
        each answer of it
frozen  stops a program before it sends, lets another one with a right or a wrong clock go on, and then the
        first one too
storm   kills programs at random while they work on many writes; on PostgreSQL it also stops the server
        at once, and starts it again

--on    sqlite or postgres";

pub(crate) type Failure = Box<dyn std::error::Error>;

fn main() -> ExitCode {
    match run() {
        Ok(code) => code,
        Err(error) => {
            eprintln!("ledger-proofs: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<ExitCode, Failure> {
    let mut arguments = lexopt::Parser::from_env();
    let Some(Value(command)) = arguments.next()? else {
        println!("{USAGE}");
        return Ok(ExitCode::SUCCESS);
    };
    let (mut on, mut step, mut storm) = (stage::On::default(), 1, storm::Storm::default());
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("on") => {
                let name: String = arguments.value()?.parse()?;
                on = stage::On::of(&name).ok_or_else(|| format!("`{name}` is not a database"))?;
            }
            Long("crashes") => storm.crashes = arguments.value()?.parse()?,
            Long("step") => step = arguments.value()?.parse()?,
            Long("writes") => storm.writes = arguments.value()?.parse()?,
            Long("processes") => storm.processes = arguments.value()?.parse()?,
            Long("seed") => storm.seed = arguments.value()?.parse()?,
            other => return Err(other.unexpected().into()),
        }
    }
    match command.to_str() {
        Some("matrix") => matrix::run(on, step).map(|()| ExitCode::SUCCESS),
        Some("frozen") => frozen::run(on).map(|()| ExitCode::SUCCESS),
        Some("storm") => storm.run(on).map(|()| ExitCode::SUCCESS),
        Some("child") => child::run(),
        _ => Err(format!("`{}` is not understood\n\n{USAGE}", command.display()).into()),
    }
}
