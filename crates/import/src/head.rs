//! The row of names.

use csv::StringRecord;
use kervan_turkiye::spreadsheet::cell;

use crate::column::Column;
use crate::mistakes::{ImportError, ImportErrors, ImportMistake};

/// A column of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NamedColumn {
    pub(crate) column: &'static Column,
    /// Its place, from zero.
    pub(crate) index: usize,
    /// Its name as the file has it.
    pub(crate) name: String,
}

/// The fewest names of columns in a row of names. A row of data does not reach it by accident.
const FEWEST_NAMES: usize = 3;

/// Reads the columns in the order of the file.
pub(crate) fn head_of(
    head: &StringRecord,
    row: u64,
    all: &[&'static Column],
) -> Result<Vec<NamedColumn>, ImportErrors> {
    let mut errors = ImportErrors::new();
    let mut columns: Vec<NamedColumn> = Vec::new();
    let column_of = |name: &str| {
        let name = cell(name).unwrap_or_default();
        all.iter().find(|column| column.is_named(&name)).copied()
    };
    let known = head.iter().filter_map(column_of).count();
    for (index, name) in head.iter().enumerate() {
        if has_line_end(name) {
            errors.add(ImportError::new(row, ImportMistake::LineEnd).at(index));
        }
        let column = column_of(name);
        let name = name.trim();
        let wrong = |mistake| ImportError::new(row, mistake).at(index);
        match column {
            Some(column) if columns.iter().any(|known| known.column == column) => {
                errors.add(wrong(ImportMistake::ColumnTwice).named(name));
            }
            Some(column) => columns.push(NamedColumn {
                column,
                index,
                name: name.to_owned(),
            }),
            None if name.is_empty() => {}
            None => {
                let shown = shown(name, known >= FEWEST_NAMES);
                errors.add(wrong(ImportMistake::UnknownColumn).named(shown));
            }
        }
    }
    for column in all {
        if column.is_needed && !columns.iter().any(|known| known.column == *column) {
            let error = ImportError::new(row, ImportMistake::MissingColumn);
            errors.add(error.named(column.name()));
        }
    }
    if errors.is_empty() {
        Ok(columns)
    } else {
        Err(errors)
    }
}

/// Returns a foreign name as far as it may be shown, because a file without a row of names begins with data.
fn shown(name: &str, is_in_a_row_of_names: bool) -> String {
    let is_word = |letter: char| letter.is_alphabetic() || matches!(letter, ' ' | '_' | '-');
    let is_short = name.chars().count() <= 30;
    let is_one_word = name.chars().all(is_word) && name.split_whitespace().count() < 2;
    if is_short && (is_one_word || is_in_a_row_of_names) {
        name.to_owned()
    } else {
        "?".to_owned()
    }
}

/// Returns whether a value has more than one line. Such a value is nearly always an unclosed quote, which
/// would swallow the rows below it.
pub(crate) fn has_line_end(value: &str) -> bool {
    value.contains(['\n', '\r'])
}
