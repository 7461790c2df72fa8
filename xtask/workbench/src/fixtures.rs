//! Rebuilds what the code of today sends and makes of the answers; finds gaps and orphans.

mod gaps;

use std::fs;
use std::path::{Path, PathBuf};

use fixtures::case::Case;
use fixtures::http::{Arrived, HttpText};
use xtask::args::Args;
use xtask::failure::{Done, Failure};

use crate::contract::runner::{self, Executed, Runner};

/// Headers that a new `request.http` leaves out: the HTTP library writes them, or they change with
/// every version.
const LEFT_OUT: [&str; 6] = [
    "accept",
    "accept-encoding",
    "connection",
    "content-length",
    "host",
    "user-agent",
];

pub(crate) fn run(mut args: Args) -> Done {
    match args.positional().as_deref() {
        Some("regenerate") => {}
        Some(other) => return Err(format!("no task `{other}`; the one is `regenerate`").into()),
        None => return Err("say `regenerate`; see `cargo xtask fixtures --help`".into()),
    }
    let flags = Flags {
        check: args.switch("--check"),
        root: args
            .value("--fixtures")?
            .map_or_else(fixtures::case::default_root, PathBuf::from),
    };
    args.finish()?;
    let findings = regenerate(&flags)?;
    if findings.is_empty() {
        println!("fixtures: nothing to do");
    }
    for finding in &findings {
        println!("{finding}");
    }
    // Written files are not a failure. Findings that no command can mend are.
    match findings.iter().filter(|finding| !finding.written).count() {
        0 => Ok(()),
        1 => Err(Failure::broken("1 finding")),
        open => Err(Failure::broken(format!("{open} findings"))),
    }
}

struct Flags {
    check: bool,
    root: PathBuf,
}

/// Something that was rebuilt, would be, or cannot be.
pub(crate) struct Finding {
    path: PathBuf,
    message: String,
    written: bool,
}

impl Finding {
    fn open(path: &Path, message: impl Into<String>) -> Self {
        Self {
            path: path.to_owned(),
            message: message.into(),
            written: false,
        }
    }
}

impl std::fmt::Display for Finding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.path.display(), self.message)
    }
}

fn regenerate(flags: &Flags) -> Result<Vec<Finding>, String> {
    let loaded = runner::load(&flags.root)?;
    let mut findings: Vec<_> = loaded
        .problems
        .iter()
        .map(|problem| Finding::open(&problem.path, problem.message.clone()))
        .collect();
    let runner = Runner::start()?;
    for case in &loaded.cases {
        if runner.entry(case).is_none() {
            findings.push(Finding::open(
                &case.dir,
                "orphan: no operation of that name is known",
            ));
            continue;
        }
        match runner.execute(case) {
            Ok(executed) => {
                for (file, contents, differences) in stale(case, &executed) {
                    findings.push(rebuild(
                        &case.dir.join(file),
                        &contents,
                        &differences,
                        flags,
                    )?);
                }
            }
            Err(message) => findings.push(Finding::open(&case.dir, message)),
        }
    }
    findings.extend(gaps::find(&flags.root, runner.registry(), &loaded.cases));
    Ok(findings)
}

type Stale = (&'static str, Vec<u8>, String);

/// The files of a case that the code of today would write with another meaning. A file that means
/// the same is left as it is: its form belongs to the person who wrote it.
fn stale(case: &Case, executed: &Executed) -> Vec<Stale> {
    let mut stale = Vec::new();
    if let [arrived] = executed.arrived.as_slice() {
        let differences = match &case.request {
            Some(request) => fixtures::compare::compare_request(request, arrived),
            None => vec![],
        };
        if case.request.is_none() || !differences.is_empty() {
            let request = request_text(case.request.as_ref(), arrived);
            stale.push(("request.http", request.to_bytes(), lines(&differences)));
        }
    }
    let differences = match &case.outcome {
        Some(outcome) => fixtures::compare::compare_json(outcome, &executed.outcome),
        None => vec![],
    };
    if case.outcome.is_none() || !differences.is_empty() {
        let outcome = executed.outcome.to_pretty();
        stale.push(("outcome.json", outcome.into_bytes(), lines(&differences)));
    }
    stale
}

/// What arrived, with the headers that the file lists already, or with those that matter.
fn request_text(listed: Option<&HttpText>, arrived: &Arrived) -> HttpText {
    let mut request = arrived.to_http_text();
    request.headers = match listed {
        Some(listed) => listed
            .headers
            .iter()
            .filter_map(|(name, _)| Some((name.clone(), arrived.header(name)?.to_owned())))
            .collect(),
        None => request
            .headers
            .into_iter()
            .filter(|(name, _)| !LEFT_OUT.contains(&name.to_ascii_lowercase().as_str()))
            .collect(),
    };
    request
}

fn rebuild(path: &Path, contents: &[u8], why: &str, flags: &Flags) -> Result<Finding, String> {
    if flags.check {
        let message = format!(
            "is not what the code makes{why}\n  to rebuild: cargo xtask fixtures regenerate"
        );
        return Ok(Finding::open(path, message));
    }
    fs::write(path, contents).map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(Finding {
        path: path.to_owned(),
        message: format!("rebuilt{why}"),
        written: true,
    })
}

fn lines(differences: &[fixtures::compare::Difference]) -> String {
    let lines: Vec<_> = differences
        .iter()
        .map(|difference| format!("\n  {difference}"))
        .collect();
    lines.concat()
}

#[cfg(test)]
mod tests;
