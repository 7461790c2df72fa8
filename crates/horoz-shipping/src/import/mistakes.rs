//! The mistakes in a file of orders.

use serde::Serialize;

/// The most mistakes that are kept.
const MAX_MISTAKES: usize = 1000;

/// A mistake in a file. Never holds a value of the file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, thiserror::Error)]
#[error("row {row}{}: {mistake}", in_column(column.as_deref()))]
#[non_exhaustive]
pub struct ImportError {
    /// The row of the file, from one. In CSV the row of names is the first.
    pub row: u64,
    /// The column as the file names it, or the field of a JSON line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
    /// The kind of mistake.
    pub mistake: ImportMistake,
}

fn in_column(column: Option<&str>) -> String {
    column
        .map(|name| format!(", column `{name}`"))
        .unwrap_or_default()
}

/// The kind of a mistake in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, thiserror::Error)]
#[non_exhaustive]
pub enum ImportMistake {
    /// The file cannot be read, or is larger than 256 MiB.
    #[error("the file cannot be read, or it is too large")]
    #[serde(rename = "unreadable")]
    Unreadable,
    /// Text in neither charset.
    #[error("the file is not text in a known charset")]
    #[serde(rename = "charset")]
    Charset,
    /// A column that is needed is not there.
    #[error("the column is missing")]
    #[serde(rename = "missing_column")]
    MissingColumn,
    /// The file has a duplicate column.
    #[error("the column is a duplicate")]
    #[serde(rename = "column_twice")]
    ColumnTwice,
    /// A column that nobody knows.
    #[error("the column is not known")]
    #[serde(rename = "unknown_column")]
    UnknownColumn,
    /// A row with more or fewer values than there are columns.
    #[error("the row has more or fewer values than there are columns")]
    #[serde(rename = "row_length")]
    RowLength,
    /// A value with a line end in it, or a quote that is never closed.
    #[error("the value has a line end in it, or its quote is never closed")]
    #[serde(rename = "line_end")]
    LineEnd,
    /// A value that is needed is empty.
    #[error("the value is empty")]
    #[serde(rename = "empty")]
    Empty,
    /// No whole number of the size that is meant.
    #[error("the value is not a whole number above zero")]
    #[serde(rename = "whole_number")]
    WholeNumber,
    /// No plain number, the other decimal mark, or more than three decimals.
    #[error("the value is not a number with at most three decimals after the file's decimal mark")]
    #[serde(rename = "number")]
    Number,
    /// No day.
    #[error("the value is not a day as 2026-11-20 or 20.11.2026")]
    #[serde(rename = "day")]
    Day,
    /// Neither of the two directions.
    #[error("the value is neither `delivery` nor `return`")]
    #[serde(rename = "direction")]
    Direction,
    /// A value of the order that differs from the order's first row.
    #[error("the value differs from that of the order's first row")]
    #[serde(rename = "differs")]
    Differs,
    /// The rows of an order are not next to each other.
    #[error("the order began in an earlier row, and another one is between")]
    #[serde(rename = "scattered")]
    Scattered,
    /// A line that is not an order in JSON.
    #[error("the line is not an order")]
    #[serde(rename = "json")]
    Json,
}

/// Every mistake of a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, thiserror::Error)]
#[error("the file has {} mistakes, the first in {}", .mistakes.len() + .more, first(.mistakes))]
#[non_exhaustive]
pub struct ImportErrors {
    /// By row; at most 1000.
    pub mistakes: Vec<ImportError>,
    /// How many more there were.
    pub more: usize,
}

fn first(mistakes: &[ImportError]) -> String {
    mistakes
        .first()
        .map(ToString::to_string)
        .unwrap_or_default()
}

impl ImportErrors {
    pub(super) fn new() -> Self {
        Self {
            mistakes: Vec::new(),
            more: 0,
        }
    }

    pub(super) fn one(row: u64, mistake: ImportMistake) -> Self {
        let mut errors = Self::new();
        errors.add(row, None, mistake);
        errors
    }

    pub(super) fn add(&mut self, row: u64, column: Option<&str>, mistake: ImportMistake) {
        if self.mistakes.len() < MAX_MISTAKES {
            self.mistakes.push(ImportError {
                row,
                column: column.map(str::to_owned),
                mistake,
            });
        } else {
            self.more += 1;
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.mistakes.is_empty()
    }
}
