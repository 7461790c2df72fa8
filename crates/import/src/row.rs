//! A row of a CSV file, with its mistakes noted.

use csv::StringRecord;
use kervan_core::Personal;
use kervan_turkiye::decimal::Fixed;
use kervan_turkiye::fault::{InputError, SHORTENED};
use kervan_turkiye::spreadsheet::{cell, key_cell};
use kervan_turkiye::text::fold;

use crate::column::Column;
use crate::head::NamedColumn;
use crate::mistakes::{ImportError, ImportErrors, ImportMistake};
use crate::options::DecimalMark;

/// A row of a CSV file, which notes the mistakes in it.
pub struct Row<'s> {
    columns: &'s [NamedColumn],
    /// The values of the columns; `None` for one with a noted mistake.
    values: Vec<Option<String>>,
    at: u64,
    mark: DecimalMark,
    errors: &'s mut ImportErrors,
}

impl std::fmt::Debug for Row<'_> {
    /// Shows where the row is, and nothing of its values.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Row")
            .field("at", &self.at)
            .finish_non_exhaustive()
    }
}

impl<'s> Row<'s> {
    /// Creates a row, and removes from its values the marks that a spreadsheet added.
    pub(crate) fn new(
        record: &StringRecord,
        at: u64,
        columns: &'s [NamedColumn],
        mark: DecimalMark,
        errors: &'s mut ImportErrors,
    ) -> Self {
        let mut row = Self {
            columns,
            values: Vec::with_capacity(columns.len()),
            at,
            mark,
            errors,
        };
        for known in columns {
            let text = record.get(known.index).unwrap_or_default();
            let read = if known.column.is_key { key_cell } else { cell };
            let value = match read(text) {
                Ok(value) => Some(value.into_owned()),
                Err(fault) => {
                    let mistake = if fault.fault() == &SHORTENED {
                        ImportMistake::Shortened
                    } else {
                        ImportMistake::Decimals
                    };
                    row.note(known.column, mistake, |error| error.because(Some(fault)));
                    None
                }
            };
            row.values.push(value);
        }
        row
    }

    /// Returns the value of a column; empty when the file does not have it, and where its mistake is noted.
    pub fn text(&self, column: &Column) -> &str {
        let mut columns = self.columns.iter().zip(&self.values);
        let value = columns.find(|(known, _)| known.column == column);
        value
            .and_then(|(_, value)| value.as_deref())
            .unwrap_or_default()
    }

    /// Returns the value of a column, unless it is empty.
    pub fn given(&self, column: &Column) -> Option<&str> {
        Some(self.text(column)).filter(|text| !text.is_empty())
    }

    /// Returns the value of a column as personal data, unless it is empty.
    pub fn personal(&self, column: &Column) -> Option<Personal> {
        self.given(column).map(Personal::from)
    }

    /// Returns a value that is needed, and notes when it is empty.
    pub fn needed(&mut self, column: &Column) -> String {
        let text = self.text(column).to_owned();
        if text.is_empty() && !self.is_noted(column) {
            self.wrong(column, ImportMistake::Empty);
        }
        text
    }

    /// Reads a value that is needed, and notes its mistake, with the rule that it breaks where the reader knows that.
    pub fn read<T>(
        &mut self,
        column: &Column,
        mistake: ImportMistake,
        read: impl FnOnce(&str) -> Result<T, Option<InputError>>,
    ) -> Option<T> {
        let text = self.needed(column);
        if text.is_empty() {
            return None;
        }
        match read(&text) {
            Ok(value) => Some(value),
            Err(fault) => {
                self.note(column, mistake, |error| error.because(fault));
                None
            }
        }
    }

    /// Reads a number with the file's decimal mark, which is needed.
    pub fn number<const PLACES: u32>(&mut self, column: &Column) -> Option<Fixed<PLACES>> {
        let mark = self.mark.letter();
        self.read(column, ImportMistake::Number, |text| {
            Fixed::from_input(text, mark).map_err(Some)
        })
    }

    /// Reads one of the words of a column, in any letter case, which is needed.
    pub fn word<T: Copy>(&mut self, column: &Column, words: &[(&'static str, T)]) -> Option<T> {
        let text = self.needed(column);
        if text.is_empty() {
            return None;
        }
        let found = word(&text, words);
        if found.is_none() {
            let known = words.iter().map(|(word, _)| *word).collect();
            self.note(column, ImportMistake::Word, |error| error.words(known));
        }
        found
    }

    /// Notes a mistake of a column.
    pub fn wrong(&mut self, column: &Column, mistake: ImportMistake) {
        self.note(column, mistake, |error| error);
    }

    fn note(
        &mut self,
        column: &Column,
        mistake: ImportMistake,
        more: impl FnOnce(ImportError) -> ImportError,
    ) {
        let error = ImportError::new(self.at, mistake);
        let known = self.columns.iter().find(|known| known.column == column);
        self.errors.add(match known {
            Some(known) => more(error.at(known.index).named(&known.name)),
            None => error.named(column.name()),
        });
    }

    /// Returns whether the mistake of a value is noted already.
    fn is_noted(&self, column: &Column) -> bool {
        let mut columns = self.columns.iter().zip(&self.values);
        columns.any(|(known, value)| known.column == column && value.is_none())
    }

    /// Returns a value in the form that is compared with other rows.
    pub(crate) fn comparable(&self, column: &Column) -> String {
        column.form(self.text(column))
    }
}

/// Returns the value of one of the words of a column, in any letter case.
pub fn word<T: Copy>(text: &str, words: &[(&'static str, T)]) -> Option<T> {
    let text = fold(text);
    let found = words.iter().find(|(word, _)| fold(word) == text);
    found.map(|(_, value)| *value)
}
