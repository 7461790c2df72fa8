//! One JSON object: every case, and the totals.

use serde::Serialize;

use super::{Report, Totals};
use crate::contract::result::{CaseResult, Drift};

#[derive(Serialize)]
struct Shape<'a> {
    cases: Vec<CaseShape<'a>>,
    totals: Totals,
}

#[derive(Serialize)]
struct CaseShape<'a> {
    provider: &'a str,
    operation: &'a str,
    case: &'a str,
    provenance: &'a str,
    status: &'static str,
    differences: Vec<DifferenceShape<'a>>,
    drift: &'a [Drift],
}

#[derive(Serialize)]
struct DifferenceShape<'a> {
    path: &'a str,
    expected: &'a str,
    actual: &'a str,
}

pub(super) fn render(report: &Report) -> String {
    let cases = report.results.iter().map(case).collect();
    let shape = Shape {
        cases,
        totals: report.totals(),
    };
    match serde_json::to_string_pretty(&shape) {
        Ok(text) => text + "\n",
        Err(error) => format!("{{\"error\": \"{error}\"}}\n"),
    }
}

fn case(result: &CaseResult) -> CaseShape<'_> {
    CaseShape {
        provider: &result.provider,
        operation: &result.operation,
        case: &result.case,
        provenance: &result.provenance,
        status: if result.passed() { "passed" } else { "failed" },
        differences: result
            .differences
            .iter()
            .map(|difference| DifferenceShape {
                path: &difference.path,
                expected: &difference.expected,
                actual: &difference.actual,
            })
            .collect(),
        drift: &result.drift,
    }
}
