//! What the calls that answer with a table share: the time they ask for, and the reading.

use chrono::NaiveDateTime;
use kervan_core::soap::Rows;
use kervan_core::{Drift, Personal, Problems, ReadError};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::rejection::Rejection;
use crate::rules;
use crate::service::{Body, Read, Reading};
use crate::settings::Settings;
use crate::wire::{self, TablePlace};

/// The rows of an answer, and what stands beside them.
pub(crate) struct Table<T> {
    pub(crate) rows: Vec<T>,
    pub(crate) message: Option<Personal>,
    pub(crate) drift: Drift,
}

/// Reads an answer with a table.
pub(crate) fn read<T: DeserializeOwned>(reading: Reading<'_>) -> Read<Table<T>> {
    let mut rows = Rows::default();
    let (answer, mut drift) = reading.with_rows::<WireAnswer>(|row| rows.push(row))?;
    let (rows, in_rows) = rows.finish();
    drift.extend(in_rows);
    drift.scrub(|text| reading.settings.scrub(text));
    Ok(Table {
        rows,
        message: reading.message(answer.message.as_deref()),
        drift,
    })
}

/// Takes back that these columns are absent: the answer at hand does not have them.
pub(crate) fn forgive(drift: &mut Drift, columns: &[&str]) {
    let name = |path: &str| path.rsplit('.').next().unwrap_or(path).to_owned();
    drift
        .absent
        .retain(|path| !columns.contains(&name(path).as_str()));
}

/// Takes back that one spelling of a column is absent where the other came.
pub(crate) fn forgive_spelling(drift: &mut Drift, columns: [&str; 2]) {
    let lacks = |column: &&str| {
        drift
            .absent
            .iter()
            .any(|path| path.ends_with(&format!(".{column}")))
    };
    if !columns.iter().all(lacks) {
        forgive(drift, &columns);
    }
}

/// Checks that a time does not end before it starts.
pub(crate) fn check_period(problems: &mut Problems, from: NaiveDateTime, to: NaiveDateTime) {
    if to < from {
        problems.push(rules::DATES_REVERSED.at("to").limit(from).actual(to));
    }
}

/// The elements of a call that asks for a time.
pub(crate) fn wire_period(settings: &Settings, from: NaiveDateTime, to: NaiveDateTime) -> Body {
    Body::with_login()
        .merchant()
        .text("Tarih_Bas", wire::moment(Some(from)))
        .text("Tarih_Bit", wire::moment(Some(to)))
}

/// The elements of a call that asks for everything of the merchant.
pub(crate) fn wire_own(settings: &Settings) -> Body {
    Body::with_login().merchant()
}

#[derive(Deserialize)]
struct WireAnswer {
    #[serde(rename = "DT_Bilgi")]
    _table: Option<TablePlace>,
}
