//! Runs the contract tests: every case of `fixtures` through the real client and the real transport.

mod flags;
pub(crate) mod registry;
mod report;
mod result;
pub(crate) mod runner;
#[cfg(test)]
mod tests;

use std::io::{IsTerminal, Write};
use std::process::ExitCode;

use self::flags::Flags;
use self::report::Report;
use self::result::CaseResult;
use self::runner::Runner;

/// Runs the command. Exit status 0: all hold; 1: a contract is broken; 2: it could not run.
pub(crate) fn run(args: &[String]) -> ExitCode {
    match Flags::parse(args).and_then(|flags| Ok((test(&flags)?, flags.format))) {
        Ok((report, format)) => {
            print!("{}", report.render(format));
            if report.failed() == 0 {
                ExitCode::SUCCESS
            } else {
                ExitCode::from(1)
            }
        }
        Err(message) => {
            eprintln!("contract-test: {message}");
            ExitCode::from(2)
        }
    }
}

/// Runs the chosen cases.
fn test(flags: &Flags) -> Result<Report, String> {
    let loaded = runner::load(&flags.fixtures)?;
    let runner = Runner::start()?;
    let mut results: Vec<_> = loaded
        .problems
        .iter()
        .filter_map(|problem| CaseResult::unreadable(&flags.fixtures, problem))
        .filter(|result| flags.chooses(&result.provider, &result.operation, &result.case))
        .collect();
    let cases: Vec<_> = loaded
        .cases
        .iter()
        .filter(|case| flags.chooses(&case.provider, &case.operation, &case.name))
        .collect();
    let progress = std::io::stderr().is_terminal();
    for (done, case) in cases.iter().enumerate() {
        if progress {
            eprint!("\r{}/{} {:<60}", done + 1, cases.len(), case.id());
        }
        results.push(CaseResult::of(case, runner.execute(case)));
    }
    if progress {
        eprint!("\r{:<80}\r", "");
        let _ = std::io::stderr().flush();
    }
    if results.is_empty() {
        return Err(format!(
            "no case was chosen from {}",
            flags.fixtures.display()
        ));
    }
    Ok(Report::new(results))
}
