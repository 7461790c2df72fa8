//! The time and the memory of a day with many lines. Run it with `cargo xtask bench`.

#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark stops, prints, and measures real time"
)]

use std::fs;
use std::time::Instant;

use chrono::NaiveDate;
use kervan_core::Language;
use kervan_reconciliation::csv::write;
use kervan_reconciliation::{Day, Fact, Kind, Ours, Reconciliation, Theirs};
use kervan_turkiye::Money;
use kervan_turkiye::time::istanbul_time;

const LINES: [usize; 3] = [1_000, 10_000, 100_000];

/// Returns the most memory that the process has had, in MiB.
fn peak() -> f64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM"));
    let kib = line.and_then(|line| line.split_whitespace().nth(1)?.parse::<f64>().ok());
    kib.unwrap_or_default() / 1024.0
}

fn main() {
    println!("lines of each side   differences   milliseconds   peak MiB of the process");
    for lines in LINES {
        let date = NaiveDate::from_ymd_opt(2026, 11, 30).unwrap();
        let noon = istanbul_time(date.and_hms_opt(12, 0, 0).unwrap());
        let begin = Instant::now();
        let mut all = Reconciliation::of(Day::new(date));
        for number in 0..lines {
            let amount = Money::from_kurus(i64::try_from(number % 90_000).unwrap() + 100).unwrap();
            let subject = format!("KV-{number:08}");
            all.ours(Ours::done(Kind::Payment, subject.clone(), amount, noon));
            // One of a hundred is missing there.
            if number % 100 != 0 {
                all.theirs(Theirs {
                    kind: Kind::Payment,
                    subject,
                    amount: Some(amount),
                    fact: Fact::Done,
                    at: Some(noon),
                });
            }
        }
        let mut sink = std::io::sink();
        let count = write(&mut sink, all.differences(), Language::Turkish).unwrap();
        let passed = begin.elapsed().as_secs_f64() * 1_000.0;
        println!(
            "{lines:>18}   {count:>11}   {passed:>12.1}   {:>8.1}",
            peak()
        );
    }
}
