//! The columns of a row, found by name whatever their spelling and order.

use std::collections::BTreeMap;

use kervan_core::Personal;
use kervan_core::tracking::EventTime;
use serde::Serialize;

use super::asked::Named;
use super::number::Number;
use crate::cell::{Cell, is_login};
use crate::status::{fold, is_placeholder};

/// The columns of one row. A type takes what it knows; the rest stays.
///
/// Names are compared after folding: `KARGO_TAKIP_NO`, `KARGO TAKİP NO` and `KargoTakipNo` are one
/// column. Columns without a value are not there, as the service leaves them out or empty.
#[derive(Clone, Debug, Default)]
pub struct Columns {
    table: Option<String>,
    columns: Vec<Column>,
}

#[derive(Clone, Debug)]
struct Column {
    name: String,
    folded: String,
    value: Personal,
}

/// A row of an answer.
pub trait QueryRow: Serialize + Sized + Send {
    /// Takes a row out of its columns; `None` when it is no such row, having no column of it.
    fn read(columns: Columns) -> Option<Self>;

    /// Returns what the row says of the parcel that it is about. Rows that name none belong to
    /// whatever was asked for.
    fn named(&self) -> Named<'_> {
        Named::default()
    }
}

impl Columns {
    /// The columns of a row. User names and passwords are none of them; `hide` takes the login out of
    /// the others, by the folded name of a column.
    pub(crate) fn new(
        table: Option<&str>,
        members: Vec<(String, Cell)>,
        hide: impl Fn(&str, String) -> String,
    ) -> Self {
        let columns = members.into_iter().filter_map(|(name, cell)| {
            let folded = fold(&name);
            if cell.is_blank() || is_login(&folded) {
                return None;
            }
            let value = Personal::from(hide(&folded, cell.without_login().flat()));
            let name = hide("", name);
            Some(Column {
                name,
                folded,
                value,
            })
        });
        Self {
            table: table.map(str::to_owned),
            columns: columns.collect(),
        }
    }

    /// The columns as one line of text.
    pub(crate) fn flat(&self) -> String {
        let columns = self.columns.iter();
        let columns: Vec<_> = columns
            .map(|column| format!("{}: {}", column.name, column.value.as_str()))
            .collect();
        columns.join(", ")
    }

    /// The name of the row's own element or table, as `Cargo`.
    pub fn table(&self) -> Option<&str> {
        self.table.as_deref()
    }

    /// How many columns are left.
    pub fn len(&self) -> usize {
        self.columns.len()
    }

    /// Whether no column is left.
    pub fn is_empty(&self) -> bool {
        self.columns.is_empty()
    }

    /// Takes the first of these columns that has a value, without the blanks around it.
    pub fn take(&mut self, names: &[&str]) -> Option<String> {
        let at = names.iter().find_map(|name| {
            let folded = fold(name);
            self.columns
                .iter()
                .position(|column| column.folded == folded)
        })?;
        let value = self.columns.remove(at).value;
        Some(value.as_str().trim().to_owned())
    }

    /// As [`take`](Self::take), where a value says that something happened: a placeholder as `0` or `-`
    /// does not say so, and stays among the rest.
    pub(crate) fn take_said(&mut self, names: &[&str]) -> Option<String> {
        let at = names.iter().find_map(|name| {
            let folded = fold(name);
            self.columns.iter().position(|column| {
                column.folded == folded && !is_placeholder(column.value.as_str())
            })
        })?;
        let value = self.columns.remove(at).value;
        Some(value.as_str().trim().to_owned())
    }

    /// Takes a column with personal data.
    pub fn take_personal(&mut self, names: &[&str]) -> Option<Personal> {
        self.take(names).map(Personal::from)
    }

    /// Takes a column with a number.
    pub fn take_number(&mut self, names: &[&str]) -> Option<Number> {
        self.take(names).map(Number::new)
    }

    /// Takes a column with a date.
    pub fn take_time(&mut self, names: &[&str]) -> Option<EventTime> {
        self.take(names).map(|text| EventTime::read(&text))
    }

    /// What is left, by the names as received. Of two columns of one name the first stays.
    pub fn rest(self) -> BTreeMap<String, Personal> {
        let mut rest = BTreeMap::new();
        for column in self.columns {
            rest.entry(column.name).or_insert(column.value);
        }
        rest
    }
}
