//! The report of a run, in its three forms.

mod human;
mod json;
mod junit;

use super::flags::Format;
use super::result::CaseResult;

/// The report of a run.
pub(crate) struct Report {
    results: Vec<CaseResult>,
}

/// How many cases of a run, or of one operation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
struct Totals {
    cases: usize,
    passed: usize,
    failed: usize,
    /// Cases whose answer differs from its documentation.
    drift: usize,
}

impl Report {
    pub(crate) fn new(mut results: Vec<CaseResult>) -> Self {
        results.sort_by(|a, b| key(a).cmp(&key(b)));
        Self { results }
    }

    pub(crate) fn failed(&self) -> usize {
        self.totals().failed
    }

    /// Returns the report as text. For people, `drift` asks for all drift and not for the unexpected only.
    pub(crate) fn render(&self, format: Format, drift: bool) -> String {
        match format {
            Format::Human => human::render(self, drift),
            Format::Json => json::render(self),
            Format::Junit => junit::render(self),
        }
    }

    fn totals(&self) -> Totals {
        Totals::of(self.results.iter())
    }
}

impl Totals {
    fn of<'a>(results: impl Iterator<Item = &'a CaseResult>) -> Self {
        results.fold(Self::default(), |sum, result| Self {
            cases: sum.cases + 1,
            passed: sum.passed + usize::from(result.passed()),
            failed: sum.failed + usize::from(!result.passed()),
            drift: sum.drift + usize::from(!result.drift.is_empty()),
        })
    }
}

pub(super) fn key(result: &CaseResult) -> (&str, &str, &str) {
    (&result.provider, &result.operation, &result.case)
}
