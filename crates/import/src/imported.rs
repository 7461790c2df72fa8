//! Orders with the rows that they are from.

use std::fmt;

use crate::from_rows::FromRows;
use crate::head::NamedColumn;
use crate::mistakes::in_column;

/// Orders with the rows that they are from.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Imported<O> {
    /// The orders, in the order of the file.
    pub orders: Vec<O>,
    /// The row of each part of each order; of JSON lines the one row of the order.
    pub(crate) rows: Vec<Vec<u64>>,
    /// The columns as the file has them.
    pub(crate) columns: Vec<NamedColumn>,
}

/// The place of a value in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct FilePlace<'a> {
    /// The row, from one.
    pub row: u64,
    /// The column of a CSV file, from one.
    pub column_number: Option<usize>,
    /// The column as the file names it.
    pub column: Option<&'a str>,
}

/// Prints as ``row 4, column 9 `telefon` ``.
impl fmt::Display for FilePlace<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let column = in_column(self.column_number, self.column);
        write!(f, "row {}{column}", self.row)
    }
}

impl<O: FromRows> Imported<O> {
    /// Returns the row of the file that has a field of an order, and its column where the file has columns.
    /// `path` is that of a [`Problem`](kervan_core::Problem), as `lines[1].desi`.
    pub fn place_of(&self, order: usize, path: &str) -> Option<FilePlace<'_>> {
        let rows = self.rows.get(order)?;
        let part = path
            .strip_prefix(O::PARTS)
            .and_then(|rest| rest.strip_prefix('[')?.split_once(']'));
        let (part, field) = match part {
            Some((part, field)) => (part.parse().ok(), field.trim_start_matches('.')),
            None => (None, path),
        };
        let row = *rows.get(part.unwrap_or(0)).or(rows.first())?;
        let is_of_part = part.is_some();
        let column = self.columns.iter().find(|known| {
            let is_of_order = known.column.is_of_order || known.column == O::KEY;
            is_of_order != is_of_part && known.column.is_at(field)
        });
        Some(FilePlace {
            row,
            column_number: column.map(|column| column.index + 1),
            column: column.map(|column| column.name.as_str()),
        })
    }
}
