//! A day of a shop beside the lists of its providers.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "tests stop at the first surprise"
)]

mod days;
mod laws;
mod param;
mod written;

use chrono::NaiveDate;
use kervan_reconciliation::{Day, Fact, Kind, Ours, Row, Theirs};
use kervan_turkiye::Money;
use kervan_turkiye::time::istanbul_time;

fn date() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 30).unwrap()
}

fn day() -> Day {
    Day::new(date())
}

/// Returns a time of the day in minutes after its midnight; below zero, of the day before.
fn at(minutes: i64) -> std::time::SystemTime {
    let midnight = date().and_hms_opt(0, 0, 0).unwrap();
    istanbul_time(midnight + chrono::TimeDelta::minutes(minutes))
}

fn lira(lira: i64) -> Money {
    Money::from_kurus(lira * 100).unwrap()
}

fn ours(subject: &str, amount: i64, minutes: i64) -> Ours {
    Ours::done(Kind::Payment, subject, lira(amount), at(minutes))
}

fn theirs(subject: &str, amount: i64, minutes: i64) -> Theirs {
    Theirs {
        kind: Kind::Payment,
        subject: subject.to_owned(),
        amount: Some(lira(amount)),
        fact: Fact::Done,
        at: Some(at(minutes)),
    }
}

fn row(line: Theirs) -> Row {
    Row::Line(line)
}
