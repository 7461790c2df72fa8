//! Orders with the rows that they are from.

use std::fmt;

use super::columns::{Column, NamedColumn};
use super::mistakes::in_column;
use crate::supplier_pays::CreateSupplierPaysOrder;

/// Orders with the rows that they are from.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ImportedOrders {
    /// The orders, in the order of the file.
    pub orders: Vec<CreateSupplierPaysOrder>,
    /// The row of each line of each order; of JSON lines the one row of the order.
    pub(super) rows: Vec<Vec<u64>>,
    /// The columns as the file has them.
    pub(super) columns: Vec<NamedColumn>,
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

impl ImportedOrders {
    /// Returns the row of the file that has a field of an order, and its column where the file has columns.
    /// `path` is that of a [`Problem`](crate::Problem), as `lines[1].desi`.
    pub fn place_of(&self, order: usize, path: &str) -> Option<FilePlace<'_>> {
        let rows = self.rows.get(order)?;
        let (line, field) = match path
            .strip_prefix("lines[")
            .and_then(|rest| rest.split_once(']'))
        {
            Some((line, field)) => (line.parse().unwrap_or(0), field.trim_start_matches('.')),
            None => (0, path),
        };
        let row = *rows.get(line).or(rows.first())?;
        let column = Column::of_path(field);
        let mut columns = self.columns.iter();
        let column = columns.find(|known| Some(known.column) == column);
        Some(FilePlace {
            row,
            column_number: column.map(|column| column.index + 1),
            column: column.map(|column| column.name.as_str()),
        })
    }
}
