//! Rebuilds what the code of today sends and makes of the answers; finds gaps and orphans.

mod count;
mod gaps;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use case_text::CaseText;
use contract_kit::case::{Case, Origin};
use contract_kit::http::{Arrived, HttpText};
use xtask::args::Args;
use xtask::failure::{Done, Failure};
use xtask::workspace::shown;

use crate::contract::registry;
use crate::contract::result::drift;
use crate::contract::runner::{self, Executed, Runner};

/// Headers that a new request leaves out: the HTTP library writes them, or they change with
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
        Some("count") => {
            args.finish()?;
            print!("{}", count::table(&contract_kit::case::default_root())?);
            return Ok(());
        }
        Some(other) => {
            return Err(format!("no task `{other}`; there are `regenerate` and `count`").into());
        }
        None => {
            return Err("say `regenerate` or `count`; see `cargo xtask fixtures --help`".into());
        }
    }
    let flags = Flags {
        check: args.switch("--check"),
        root: args
            .value("--fixtures")?
            .map_or_else(contract_kit::case::default_root, PathBuf::from),
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
    line: Option<usize>,
    message: String,
    written: bool,
}

impl Finding {
    fn open(path: &Path, message: impl Into<String>) -> Self {
        Self {
            path: path.to_owned(),
            line: None,
            message: message.into(),
            written: false,
        }
    }
}

impl std::fmt::Display for Finding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let line = self.line.map(|line| format!(":{line}"));
        let line = line.unwrap_or_default();
        write!(f, "{}{line}: {}", shown(&self.path), self.message)
    }
}

fn regenerate(flags: &Flags) -> Result<Vec<Finding>, String> {
    let loaded = runner::load(&flags.root)?;
    let mut findings: Vec<_> = loaded
        .problems
        .iter()
        .map(|problem| Finding {
            line: problem.line,
            ..Finding::open(&problem.path, problem.message.clone())
        })
        .collect();
    let runner = Runner::start()?;
    let mut rebuilt = Rebuilt::default();
    for case in &loaded.cases {
        if runner.entry(case).is_none() {
            let message = format!("orphan: {}", registry::unknown(&case.provider));
            findings.push(Finding::open(&case.file, message));
            continue;
        }
        match runner.execute(case) {
            Ok(executed) => rebuilt.add(case, &executed),
            Err(message) => findings.push(Finding::open(&case.file, message)),
        }
    }
    findings.extend(rebuilt.settle(flags)?);
    // Of the files as they are now. A file that cannot be read would be a gap as well.
    let loaded = runner::load(&flags.root)?;
    if loaded.problems.is_empty() {
        findings.extend(gaps::find(&flags.root, runner.registry(), &loaded.cases));
    }
    Ok(findings)
}

/// A section as the code of today makes it, and why that is another one.
type Section = (Vec<u8>, String);

/// The sections that were made anew, by the file and the section that they are from. A section that means
/// the same is left as it is: its form belongs to the person who wrote it.
#[derive(Default)]
struct Rebuilt<'c> {
    sections: BTreeMap<(Origin, &'static str), Vec<Made<'c>>>,
}

/// A case, and its section where that is stale.
type Made<'c> = (&'c Case, Option<Section>);

impl<'c> Rebuilt<'c> {
    fn add(&mut self, case: &'c Case, executed: &Executed) {
        if let [arrived] = executed.arrived.as_slice() {
            let differences = match &case.request {
                Some(request) => contract_kit::compare::compare_request(request, arrived),
                None => vec![],
            };
            let is_stale = case.request.is_none() || !differences.is_empty();
            self.note(case, "request", is_stale, lines(&differences), || {
                request_text(case.request.as_ref(), arrived).to_bytes()
            });
        }
        let differences = match &case.outcome {
            Some(outcome) => contract_kit::compare::compare_json(outcome, &executed.outcome),
            None => vec![],
        };
        let is_stale = case.outcome.is_none() || !differences.is_empty();
        let drift = drift(&executed.outcome, case.outcome.as_ref());
        let unexpected = drift.iter().filter(|drift| !drift.expected);
        let new: Vec<_> = unexpected
            .map(|drift| format!("\n  drift: {drift}"))
            .collect();
        let why = lines(&differences) + &new.concat();
        self.note(case, "outcome", is_stale, why, || {
            executed.outcome.to_pretty().into_bytes()
        });
    }

    fn note(
        &mut self,
        case: &'c Case,
        section: &'static str,
        is_stale: bool,
        why: String,
        made: impl FnOnce() -> Vec<u8>,
    ) {
        let own = || Origin::own(&case.file);
        let origin = case.origin(section).cloned().unwrap_or_else(own);
        let made = is_stale.then(|| {
            let mut contents = made();
            // The line feed behind a section is that of the file.
            contents.pop_if(|last| *last == b'\n');
            (contents, why)
        });
        let of_origin = self.sections.entry((origin, section)).or_default();
        of_origin.push((case, made));
    }

    /// Writes a section where it is from, if it is another one for every case that has it from there and the
    /// same for all; otherwise into the case's own file.
    fn settle(self, flags: &Flags) -> Result<Vec<Finding>, String> {
        let mut findings = Vec::new();
        for ((origin, section), cases) in self.sections {
            let of_family = cases.iter().map(|(case, made)| {
                let (contents, _) = made.as_ref()?;
                Some(origin.of_family(contents, &case.operation))
            });
            let of_family: Option<BTreeSet<Vec<u8>>> = of_family.collect();
            let one = of_family.filter(|contents| contents.len() == 1);
            if let (Some(contents), Some((_, Some((_, why))))) = (one, cases.first()) {
                let contents = contents.into_iter().next().unwrap_or_default();
                findings.push(rebuild(&origin.path, section, &contents, why, flags)?);
                continue;
            }
            for (case, made) in cases {
                if let Some((contents, why)) = made {
                    findings.push(rebuild(&case.file, section, &contents, &why, flags)?);
                }
            }
        }
        Ok(findings)
    }
}

/// Returns the request that arrived, with the headers that the file lists already, or with those that matter.
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

fn rebuild(
    path: &Path,
    section: &str,
    contents: &[u8],
    why: &str,
    flags: &Flags,
) -> Result<Finding, String> {
    if flags.check {
        let message = format!(
            "`{section}` is not what the code makes{why}\n  to rebuild: cargo xtask fixtures regenerate"
        );
        return Ok(Finding::open(path, message));
    }
    let failed = |error: std::io::Error| format!("{}: {error}", path.display());
    let mut text = if path.exists() {
        let text = CaseText::parse(&fs::read(path).map_err(failed)?);
        text.map_err(|error| format!("{}:{}: {}", path.display(), error.line, error.message))?
    } else {
        CaseText::default()
    };
    text.set(section, contents);
    fs::write(path, text.write()).map_err(failed)?;
    Ok(Finding {
        written: true,
        ..Finding::open(path, format!("`{section}` is rebuilt{why}"))
    })
}

fn lines(differences: &[contract_kit::compare::Difference]) -> String {
    let lines: Vec<_> = differences
        .iter()
        .map(|difference| format!("\n  {difference}"))
        .collect();
    lines.concat()
}

#[cfg(test)]
mod tests;
