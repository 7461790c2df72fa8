//! `tidy`: checks that need the compiled registry, rules and fixtures. The others are in `xtask`.

mod calls;
mod rules;

use xtask::args::Args;
use xtask::failure::Done;
use xtask::findings::Findings;
use xtask::workspace::root;

pub(crate) fn run(args: Args) -> Done {
    args.finish()?;
    let mut findings = Findings::default();
    calls::check(&mut findings)?;
    rules::check(&mut findings)?;
    check_fixtures(&mut findings)?;
    findings.report()
}

/// Real numbers and addresses have no business in a fixture.
fn check_fixtures(findings: &mut Findings) -> Result<(), String> {
    let root = root();
    let found = contract_kit::scrub::scan_dir(&root.join("fixtures/data"));
    for problem in found.map_err(|problem| problem.to_string())? {
        let path = problem.path.strip_prefix(&root).unwrap_or(&problem.path);
        let line = problem.line.unwrap_or(1);
        findings.add(&path.to_string_lossy(), line, problem.message);
    }
    Ok(())
}
