//! A table by provider and operation, what failed field by field, drift, and a line of totals.

use std::fmt::Write;

use super::{Report, Totals, key};
use crate::contract::result::{CaseResult, DriftKind};

pub(super) fn render(report: &Report) -> String {
    let mut out = table(report);
    failures(report, &mut out);
    drift(report, &mut out);
    let Totals {
        cases,
        passed,
        failed,
        drift,
    } = report.totals();
    let _ = writeln!(
        out,
        "\n{cases} cases: {passed} passed, {failed} failed, {drift} with drift"
    );
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
        let _ = writeln!(out, "\nFAILED {provider}/{operation}/{case}");
        for difference in &result.differences {
            let _ = writeln!(out, "  {difference}");
        }
    }
}

fn drift(report: &Report, out: &mut String) {
    for result in report
        .results
        .iter()
        .filter(|result| !result.drift.is_empty())
    {
        let (provider, operation, case) = key(result);
        let _ = writeln!(out, "\ndrift {provider}/{operation}/{case}");
        for field in &result.drift {
            let what = match field.kind {
                DriftKind::Unread => "came, and no type reads it",
                DriftKind::Absent => "is documented, and did not come",
            };
            let _ = writeln!(out, "  {}: {what}", field.path);
        }
    }
}
