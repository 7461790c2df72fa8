//! The mistakes in a file of orders.

use kervan_turkiye::fault::InputError;
use serde::{Serialize, Serializer};

/// The most mistakes that are kept.
const MAX_MISTAKES: usize = 1000;

/// A mistake in a file. Never holds a value of the file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, thiserror::Error)]
#[error("row {row}{}: {}", in_column(*column_number, column.as_deref()), told(self))]
#[non_exhaustive]
pub struct ImportError {
    /// The row of the file, from one. In CSV the row of names is the first, or the second after a row `sep=;`.
    pub row: u64,
    /// The column of a CSV file, from one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column_number: Option<usize>,
    /// The column as the file names it, or the field of a JSON line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
    /// The kind of mistake.
    pub mistake: ImportMistake,
    /// The words that the column takes, where it takes only some.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub words: Vec<&'static str>,
    /// The rule of the value that is broken, with texts in English and Turkish and perhaps a suggestion,
    /// where the reader of the value knows more than the kind. Serialises as its code.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "code")]
    pub fault: Option<InputError>,
}

pub(crate) fn in_column(number: Option<usize>, name: Option<&str>) -> String {
    match (number, name) {
        (Some(number), Some(name)) => format!(", column {number} `{name}`"),
        (Some(number), None) => format!(", column {number}"),
        (None, Some(name)) => format!(", column `{name}`"),
        (None, None) => String::new(),
    }
}

fn told(error: &ImportError) -> String {
    if let Some(fault) = &error.fault {
        return fault.english();
    }
    if error.words.is_empty() {
        return error.mistake.to_string();
    }
    format!("{}: `{}`", error.mistake, error.words.join("`, `"))
}

#[expect(clippy::ref_option, reason = "the shape that serde asks for")]
fn code<S: Serializer>(fault: &Option<InputError>, serializer: S) -> Result<S::Ok, S::Error> {
    fault.as_ref().map(InputError::code).serialize(serializer)
}

impl ImportError {
    pub(crate) fn new(row: u64, mistake: ImportMistake) -> Self {
        Self {
            row,
            column_number: None,
            column: None,
            mistake,
            words: Vec::new(),
            fault: None,
        }
    }

    /// Says which rule is broken, which names the column from here on.
    pub(crate) fn because(self, fault: Option<InputError>) -> Self {
        let name = self.column.clone().unwrap_or_default();
        Self {
            fault: fault.map(|fault| fault.at(name)),
            ..self
        }
    }

    /// Says which words the column takes.
    pub(crate) fn words(self, words: Vec<&'static str>) -> Self {
        Self { words, ..self }
    }

    /// Names a column.
    pub(crate) fn named(self, name: impl Into<String>) -> Self {
        Self {
            column: Some(name.into()),
            ..self
        }
    }

    /// Says which column it is, from zero.
    pub(crate) fn at(self, index: usize) -> Self {
        Self {
            column_number: Some(index + 1),
            ..self
        }
    }
}

/// The kind of a mistake in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, thiserror::Error)]
#[non_exhaustive]
pub enum ImportMistake {
    /// The file cannot be read, or is larger than 256 MiB.
    #[error("the file cannot be read, or it is too large")]
    #[serde(rename = "unreadable")]
    Unreadable,
    /// The text is neither UTF-8 nor Windows-1254.
    #[error("the file is not text in a known charset")]
    #[serde(rename = "charset")]
    Charset,
    /// A required column is missing.
    #[error("the column is missing")]
    #[serde(rename = "missing_column")]
    MissingColumn,
    /// The file has a duplicate column.
    #[error("the column is a duplicate")]
    #[serde(rename = "column_twice")]
    ColumnTwice,
    /// An unknown column.
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
    /// A required value is empty.
    #[error("the value is empty")]
    #[serde(rename = "empty")]
    Empty,
    /// A number that a spreadsheet shortened to powers of ten, as `5,32E+09`, so that its last digits are lost.
    #[error("a spreadsheet shortened the number, and its last digits are lost")]
    #[serde(rename = "shortened")]
    Shortened,
    /// A key with decimals that a spreadsheet or a program added, as `1012021.0`.
    #[error("the value has decimals, which a spreadsheet added")]
    #[serde(rename = "decimals")]
    Decimals,
    /// The value is not a whole number of a valid size.
    #[error("the value is not a whole number above zero")]
    #[serde(rename = "whole_number")]
    WholeNumber,
    /// The value is not a plain number, has the other decimal mark, or has more than three decimals.
    #[error("the value is not a number with at most three decimals after the file's decimal mark")]
    #[serde(rename = "number")]
    Number,
    /// The value is not a day.
    #[error("the value is not a day as 20.11.2026 or 2026-11-20")]
    #[serde(rename = "day")]
    Day,
    /// The value is not an amount of money.
    #[error("the value is not an amount of lira and kuruş")]
    #[serde(rename = "amount")]
    Amount,
    /// The value is none of the words that its column takes.
    #[error("the value is none of the words of its column")]
    #[serde(rename = "word")]
    Word,
    /// The value does not have the form that its column needs.
    #[error("the value does not have the form that its column needs")]
    #[serde(rename = "form")]
    Form,
    /// A value that has no meaning beside another one of the row, as an amount to collect where nothing is collected.
    #[error("the value does not fit another one of the row")]
    #[serde(rename = "not_expected")]
    NotExpected,
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
    /// The count of further mistakes.
    pub more: usize,
}

fn first(mistakes: &[ImportError]) -> String {
    mistakes
        .first()
        .map(ToString::to_string)
        .unwrap_or_default()
}

impl ImportErrors {
    pub(crate) fn new() -> Self {
        Self {
            mistakes: Vec::new(),
            more: 0,
        }
    }

    pub(crate) fn one(row: u64, mistake: ImportMistake) -> Self {
        let mut errors = Self::new();
        errors.add(ImportError::new(row, mistake));
        errors
    }

    pub(crate) fn add(&mut self, error: ImportError) {
        if self.mistakes.len() < MAX_MISTAKES {
            self.mistakes.push(error);
        } else {
            self.more += 1;
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.mistakes.is_empty()
    }
}
