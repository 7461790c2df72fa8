//! Writes what failed field by field, unexpected drift, a table by provider and operation, a line of
//! totals, and the meaning of drift where there is some.

use std::fmt::Write;

use super::{Report, Totals, key};
use crate::contract::result::CaseResult;

pub(super) fn render(report: &Report, all_drift: bool) -> String {
    let mut out = String::new();
    drift(report, all_drift, &mut out);
    failures(report, &mut out);
    out.push_str(&table(report));
    let Totals {
        cases,
        passed,
        failed,
        drift,
    } = report.totals();
    let noun = if cases == 1 { "case" } else { "cases" };
    let _ = writeln!(
        out,
        "\n{cases} {noun}: {passed} passed, {failed} failed, {drift} with drift"
    );
    if drift > 0 {
        let hint = if all_drift {
            ""
        } else {
            "; `--drift` lists it"
        };
        let _ = writeln!(
            out,
            "drift: a field came that no type reads, or a documented one did not come{hint}"
        );
    }
    out
}

fn table(report: &Report) -> String {
    let mut rows = vec![
        [
            "provider",
            "operation",
            "cases",
            "passed",
            "failed",
            "drift",
        ]
        .map(String::from),
    ];
    let operation = |result: &CaseResult| (result.provider.clone(), result.operation.clone());
    for group in report.results.chunk_by(|a, b| operation(a) == operation(b)) {
        let Totals {
            cases,
            passed,
            failed,
            drift,
        } = Totals::of(group.iter());
        let (provider, operation) = operation(&group[0]);
        let numbers = [cases, passed, failed, drift].map(|number| number.to_string());
        let [cases, passed, failed, drift] = numbers;
        rows.push([provider, operation, cases, passed, failed, drift]);
    }
    let width = |column: usize| rows.iter().map(|row| row[column].len()).max().unwrap_or(0);
    let (first, second) = (width(0), width(1));
    let mut out = String::new();
    for [provider, operation, cases, passed, failed, drift] in &rows {
        let _ = writeln!(
            out,
            "{provider:<first$}  {operation:<second$}  {cases:>5}  {passed:>6}  {failed:>6}  {drift:>5}"
        );
    }
    out
}

fn failures(report: &Report, out: &mut String) {
    for result in report.results.iter().filter(|result| !result.passed()) {
        let (provider, operation, case) = key(result);
        let _ = writeln!(out, "FAILED {provider}/{operation}/{case}");
        for difference in &result.differences {
            let _ = writeln!(out, "  {difference}");
        }
        out.push('\n');
    }
}

fn drift(report: &Report, all: bool, out: &mut String) {
    for result in &report.results {
        let shown: Vec<_> = result
            .drift
            .iter()
            .filter(|drift| all || !drift.expected)
            .collect();
        if shown.is_empty() {
            continue;
        }
        let (provider, operation, case) = key(result);
        let _ = writeln!(out, "drift {provider}/{operation}/{case}");
        for field in shown {
            let _ = writeln!(out, "  {field}");
        }
        out.push('\n');
    }
}
