//! Compares an invented day, prints its differences as CSV, and writes them as a page where a file is named:
//! `cargo run -p kervan-reconciliation --example evening --features page -- differences.html`

#![expect(clippy::print_stdout, reason = "a program of the command line prints")]

use std::io::stdout;

use chrono::{NaiveDate, NaiveTime};
use kervan_core::Language;
use kervan_reconciliation::page::page;
use kervan_reconciliation::{Belief, Day, Fact, Kind, Ours, Reconciliation, Row, Theirs, Unread};
use kervan_turkiye::Money;
use kervan_turkiye::time::istanbul_time;

type Failure = Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    let date = NaiveDate::from_ymd_opt(2026, 11, 30).ok_or("no such day")?;
    let noon = istanbul_time(date.and_time(NaiveTime::MIN) + chrono::TimeDelta::hours(12));
    let ours = |kind, subject: &str, kurus| -> Result<Ours, Failure> {
        let amount = Money::from_kurus(kurus)?;
        Ok(Ours::done(kind, subject, amount, noon))
    };
    let theirs = |kind, subject: &str, kurus| -> Result<Row, Failure> {
        Ok(Row::Line(Theirs {
            kind,
            subject: subject.to_owned(),
            amount: Some(Money::from_kurus(kurus)?),
            fact: Fact::Done,
            at: Some(noon),
        }))
    };
    let mut day = Reconciliation::of(Day::new(date));
    day.ours(ours(Kind::Payment, "KV-1001", 129_990)?);
    day.ours(ours(Kind::Payment, "KV-1002", 45_000)?);
    day.ours(ours(Kind::Payment, "KV-1003", 8_990)?.belief(Belief::NotDone));
    day.ours(ours(Kind::Payment, "KV-1004", 74_900)?);
    day.ours(ours(Kind::Refund, "KV-1001", 30_000)?);
    day.ours(ours(Kind::Installments, "KV-1005", 310_000)?.belief(Belief::Open));
    day.rows([
        theirs(Kind::Payment, "KV-1001", 129_990)?,
        theirs(Kind::Payment, "KV-1002", 45_000)?,
        theirs(Kind::Payment, "KV-1002", 45_000)?,
        theirs(Kind::Payment, "KV-1003", 8_990)?,
        theirs(Kind::Payment, "KV-0999", 12_000)?,
        theirs(Kind::Refund, "KV-1001", 25_000)?,
        Row::Unread(Unread {
            kind: Kind::Payment,
            subject: "KV-1006".to_owned(),
            column: "Tutar",
            text: "1.000".to_owned(),
        }),
    ]);
    let differences: Vec<_> = day.differences().collect();
    if let Some(file) = std::env::args().nth(1) {
        let language = if file.contains(".tr.") {
            Language::Turkish
        } else {
            Language::English
        };
        std::fs::write(&file, page(date, differences.clone(), language))?;
        println!("{file} has the page");
    }
    kervan_reconciliation::csv::write(stdout(), differences, Language::English)?;
    Ok(())
}
