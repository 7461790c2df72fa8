//! Runs the contract tests: every case of `fixtures` through the real client and the real transport.

mod flags;
pub(crate) mod registry;
mod report;
pub(crate) mod result;
pub(crate) mod runner;
#[cfg(test)]
pub(crate) mod tests;

use std::io::{IsTerminal, Write};

use xtask::args::Args;
use xtask::failure::{Done, Failure};

use self::flags::Flags;
use self::report::Report;
use self::result::CaseResult;
use self::runner::Runner;

/// Runs `contract-test`.
pub(crate) fn run(args: Args) -> Done {
    let flags = Flags::parse(args)?;
    let report = test(&flags)?;
    print!("{}", report.render(flags.format, flags.drift));
    match report.failed() {
        0 => Ok(()),
        1 => Err(Failure::broken("1 case is broken")),
        failed => Err(Failure::broken(format!("{failed} cases are broken"))),
    }
}

/// Runs the chosen cases.
fn test(flags: &Flags) -> Result<Report, String> {
    test_by(&Runner::start()?, flags)
}

/// Runs the chosen cases by a runner that may have run others before.
fn test_by(runner: &Runner, flags: &Flags) -> Result<Report, String> {
    let loaded = runner::load(&flags.fixtures)?;
    let unreadable: Vec<_> = loaded
        .problems
        .iter()
        .filter_map(|problem| CaseResult::unreadable(&flags.fixtures, problem))
        .collect();
    let known = runner
        .registry()
        .iter()
        .map(|entry| (entry.provider, entry.operation, ""))
        .chain(unreadable.iter().map(report::key))
        .chain(loaded.cases.iter().map(|case| {
            let (provider, operation) = (case.provider.as_str(), case.operation.as_str());
            (provider, operation, case.name.as_str())
        }));
    flags.check(&known.collect::<Vec<_>>())?;
    let cases: Vec<_> = loaded
        .cases
        .iter()
        .filter(|case| flags.chooses(&case.provider, &case.operation, &case.name))
        .collect();
    let chosen = |result: &CaseResult| {
        flags.chooses(&result.provider, &result.operation, &result.case)
            || result.is_shared() && flags.may_need(&result.provider, &result.operation)
    };
    let mut results: Vec<_> = unreadable.into_iter().filter(chosen).collect();
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
        let from = flags.fixtures.display();
        return Err(format!("no case was chosen from {from}"));
    }
    Ok(Report::new(results))
}
