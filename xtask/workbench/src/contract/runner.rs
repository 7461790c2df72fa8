//! Makes cases happen, one after the other, against one mock server.

use std::path::Path;

use contract_kit::case::{self, Case};
use contract_kit::compare::Difference;
use contract_kit::http::{Arrived, HttpText};
use contract_kit::json::Node;
use contract_kit::server::MockProvider;
use serde_json::Value;
use tokio::runtime::{Builder, Runtime};

use super::registry::{self, Action, Entry, Line};

/// The message for a section that a case needs, and that the code can write.
const NO_SECTION: &str =
    "the case has no such section; `cargo xtask fixtures regenerate` writes it";

/// Makes cases happen.
pub(crate) struct Runner {
    runtime: Runtime,
    server: MockProvider,
    registry: Vec<Entry>,
    line: Line,
}

/// The events of a case.
pub(crate) struct Executed {
    /// The requests that the server saw.
    pub(crate) arrived: Vec<Arrived>,
    /// The typed result or the error.
    pub(crate) outcome: Node,
}

impl Runner {
    /// Starts the mock server.
    pub(crate) fn start() -> Result<Self, String> {
        let runtime = Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(|error| format!("no runtime: {error}"))?;
        let server = runtime.block_on(MockProvider::start_async());
        let line = Line::to(server.base_url())?;
        Ok(Self {
            runtime,
            line,
            server,
            registry: registry::all(),
        })
    }

    /// Every operation that is known.
    pub(crate) fn registry(&self) -> &[Entry] {
        &self.registry
    }

    /// Returns the operation of a case.
    pub(crate) fn entry(&self, case: &Case) -> Option<&Entry> {
        self.registry
            .iter()
            .find(|entry| entry.provider == case.provider && entry.operation == case.operation)
    }

    /// Makes a case happen.
    pub(crate) fn execute(&self, case: &Case) -> Result<Executed, String> {
        let entry = self
            .entry(case)
            .ok_or_else(|| registry::unknown(&case.provider))?;
        let (arrived, outcome) = match entry.action {
            Action::Call(make) => {
                self.serve(case)?;
                let outcome = self.runtime.block_on(make(case, &self.line))?;
                (self.server.take(), outcome)
            }
            Action::Read(read) => (Vec::new(), read(case)?),
        };
        Ok(Executed {
            arrived,
            outcome: node(&outcome)?,
        })
    }

    /// Serves the answer of a case. A case without one must not send anything; should it, the
    /// request is answered as a stray.
    fn serve(&self, case: &Case) -> Result<(), String> {
        let nothing = HttpText::new("HTTP/1.1 501 Not Implemented", &[], Vec::new());
        match (&case.request, &case.response) {
            (Some(request), Some(response)) => {
                let (method, target) = request.request_line()?;
                let path = target.split('?').next().unwrap_or(target);
                self.server.serve(Some((method, path)), response)
            }
            (None, Some(response)) => self.server.serve(None, response),
            (_, None) => self.server.serve(None, &nothing),
        }
    }
}

/// Compares what happened in a case with what it says.
pub(crate) fn compare(case: &Case, executed: &Executed) -> Vec<Difference> {
    let mut differences = Vec::new();
    for stray in executed.arrived.iter().filter(|arrived| arrived.stray) {
        let what = format!("{} {}", stray.method, stray.target);
        differences.push(Difference::new("request", "no unlisted request", what));
    }
    let listed: Vec<_> = executed
        .arrived
        .iter()
        .filter(|arrived| !arrived.stray)
        .collect();
    if case.response.is_some() && case.request.is_none() {
        differences.push(Difference::message("request", NO_SECTION));
    }
    match (&case.request, listed.as_slice()) {
        (Some(request), [arrived]) => {
            differences.extend(contract_kit::compare::compare_request(request, arrived));
        }
        (request, listed) => {
            let expected = usize::from(request.is_some());
            if expected != listed.len() {
                let (expected, actual) = (count(expected), count(listed.len()));
                differences.push(Difference::new("request", expected, actual));
            }
        }
    }
    differences.extend(listed.into_iter().flat_map(|arrived| spec(case, arrived)));
    match &case.outcome {
        Some(expected) => {
            let at = "outcome";
            differences.extend(contract_kit::compare::compare_json_at(
                at,
                expected,
                &executed.outcome,
            ));
        }
        None => differences.push(Difference::message("outcome", NO_SECTION)),
    }
    differences
}

/// Returns the findings of the independent reader of requests.
fn spec(case: &Case, arrived: &Arrived) -> Vec<Difference> {
    match contract_kit::spec::check(&case.provider, &case.operation, &arrived.to_http_text()) {
        Ok(findings) => findings
            .into_iter()
            .map(|finding| {
                let path = format!("spec.{}", finding.path);
                Difference::message(&path, finding.message)
            })
            .collect(),
        Err(no_table) => vec![Difference::message("spec", no_table.to_string())],
    }
}

fn count(requests: usize) -> String {
    match requests {
        0 => "no request".to_owned(),
        1 => "one request".to_owned(),
        many => format!("{many} requests"),
    }
}

/// Reads the cases below a folder.
pub(crate) fn load(root: &Path) -> Result<case::Loaded, String> {
    if !root.is_dir() {
        return Err(format!("{}: no such folder", root.display()));
    }
    Ok(case::load(root))
}

fn node(value: &Value) -> Result<Node, String> {
    Node::parse(&value.to_string())
}
