//! Orders from CSV.

use std::collections::HashSet;

use csv::{Position, ReaderBuilder, StringRecord};

use crate::from_rows::FromRows;
use crate::head::{NamedColumn, has_line_end, head_of};
use crate::imported::Imported;
use crate::mistakes::{ImportError, ImportErrors, ImportMistake};
use crate::options::{CsvOptions, DecimalMark};
use crate::row::Row;

/// Reads all orders of a text.
pub(crate) fn read<O: FromRows>(
    text: &str,
    options: CsvOptions,
) -> Result<Imported<O>, ImportErrors> {
    // With them, the reader counts a row of the file too few.
    let mut text = text.replace("\r\n", "\n");
    // After it, a quote that is never closed always leaves a value with a line end.
    text.push('\n');
    let (named, rows_above, text) = match separator_row(&text) {
        Some((separator, rest)) => (Some(separator), 1, rest),
        None => (None, 0, text.as_str()),
    };
    let separator = options.separator.or(named);
    let separator = separator.unwrap_or_else(|| separator_of(text));
    let mark = options.decimals.unwrap_or(match separator {
        b';' => DecimalMark::Comma,
        _ => DecimalMark::Point,
    });
    let mut records = ReaderBuilder::new()
        .delimiter(separator)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes())
        .into_records();
    let head = match records.next() {
        Some(Ok(head)) => head,
        _ => StringRecord::new(),
    };
    let mut sheet = Sheet::<O> {
        last_key: None,
        first: Vec::new(),
        columns: head_of(&head, rows_above + 1, O::COLUMNS)?,
        mark,
        rows_above,
        open: None,
        ended: Vec::new(),
        keys: HashSet::new(),
        errors: ImportErrors::new(),
    };
    for record in records {
        match record {
            Ok(record) => sheet.row(&record, head.len()),
            Err(error) => {
                let row = error.position().map_or(1, Position::line) + rows_above;
                let error = ImportError::new(row, ImportMistake::Unreadable);
                sheet.errors.add(error);
            }
        }
    }
    if !sheet.errors.is_empty() {
        return Err(sheet.errors);
    }
    let all = sheet.ended.into_iter().chain(sheet.open);
    let (orders, rows) = all.unzip();
    Ok(Imported {
        orders,
        rows,
        columns: sheet.columns,
    })
}

/// Returns the separator that a first row like `sep=;` names, and the text below this row. Spreadsheets
/// read such a row, and some write it in quotes or with separators behind it.
fn separator_row(text: &str) -> Option<(u8, &str)> {
    let (row, rest) = text.split_once('\n')?;
    let row = row.trim_matches('"');
    let (word, separators) = row.split_at_checked("sep=".len())?;
    let separator = *separators.as_bytes().first()?;
    let mut all = separators.bytes();
    let is_row = word.eq_ignore_ascii_case("sep=") && all.all(|one| one == separator);
    (is_row && separator.is_ascii()).then_some((separator, rest))
}

/// Returns the separator that the first row has most of.
fn separator_of(text: &str) -> u8 {
    let head = text.lines().next().unwrap_or_default();
    let count = |separator: u8| head.bytes().filter(|byte| *byte == separator).count();
    let separators = [b'\t', b';', b','];
    // The last of those that are equally many.
    separators
        .into_iter()
        .max_by_key(|one| count(*one))
        .unwrap_or(b',')
}

/// A file that is being read into orders.
struct Sheet<O> {
    /// The key of the row above, and the values that all rows of its order share.
    last_key: Option<String>,
    first: Vec<String>,
    columns: Vec<NamedColumn>,
    mark: DecimalMark,
    /// How many rows of the file are above the row of names.
    rows_above: u64,
    /// The order of the row above with its rows, unless it has a mistake.
    open: Option<(O, Vec<u64>)>,
    /// The orders before it.
    ended: Vec<(O, Vec<u64>)>,
    keys: HashSet<String>,
    errors: ImportErrors,
}

impl<O: FromRows> Sheet<O> {
    fn row(&mut self, record: &StringRecord, columns: usize) {
        let row = record.position().map_or(0, Position::line) + self.rows_above;
        if let Some(at) = record.iter().position(has_line_end) {
            let error = ImportError::new(row, ImportMistake::LineEnd).at(at);
            let known = self.columns.iter().find(|known| known.index == at);
            self.errors.add(match known {
                Some(known) => error.named(&known.name),
                None => error,
            });
            return;
        }
        if record.iter().all(|value| value.trim().is_empty()) {
            return;
        }
        if record.len() != columns {
            let error = ImportError::new(row, ImportMistake::RowLength);
            self.errors.add(error);
            return;
        }
        let errors = &mut self.errors;
        let mut reading = Row::new(record, row, &self.columns, self.mark, errors);
        let has_key = !reading.needed(O::KEY).is_empty();
        let part = O::part(&mut reading);
        if !has_key {
            return;
        }
        let key = reading.comparable(O::KEY);
        let of_order = O::COLUMNS.iter().filter(|column| column.is_of_order);
        if self.last_key.as_ref() == Some(&key) {
            for (column, first) in of_order.zip(&self.first) {
                if reading.given(column).is_some() && reading.comparable(column) != *first {
                    reading.wrong(column, ImportMistake::Differs);
                }
            }
            let both = self.open.take().zip(part);
            self.open = both.map(|((order, mut rows), part)| {
                rows.push(row);
                (order.and(part), rows)
            });
            return;
        }
        self.first = of_order.map(|column| reading.comparable(column)).collect();
        let order = O::order(&mut reading, part);
        if !self.keys.insert(key.clone()) {
            reading.wrong(O::KEY, ImportMistake::Scattered);
        }
        self.last_key = Some(key);
        let above = std::mem::replace(&mut self.open, order.map(|order| (order, vec![row])));
        self.ended.extend(above);
    }
}
