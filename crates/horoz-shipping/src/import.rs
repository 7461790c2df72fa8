//! Orders from CSV files and from JSON lines.
//!
//! Both give all orders or every mistake, each with its row and column and never with the value
//! that stands there. What the provider's rules say of the orders is for
//! [`Client::check_all`](crate::Client::check_all) to find; [`Imported::place_of`] tells the row and column
//! of such a problem.
//!
//! # CSV
//!
//! One row a product; rows with the same request number, one below the other, are one order, and
//! what belongs to the order must be the same in each of them or empty after the first. The first row names the columns, in
//! any order, in English or Turkish, whatever the case, with blanks, `_` or `-` between the words:
//!
//! | column | Turkish | holds | needed |
//! |---|---|---|---|
//! | `request number` | `talep no` | the shop's key of the order | yes |
//! | `reference` | `referans no` | second order number | |
//! | `direction` | `yön` | `delivery` (`teslimat`) or `return` (`iade`); a delivery when empty | |
//! | `supplier code` | `tedarikçi kodu` | the supplier's account code at Horoz | yes |
//! | `name` | `ad soyad` | the consumer: recipient of a delivery, sender of a return | yes |
//! | `province` | `il` | | yes |
//! | `district` | `ilçe` | | yes |
//! | `address` | `adres` | | yes |
//! | `phone` | `telefon` | | yes |
//! | `email` | `e-posta` | | |
//! | `tax office` | `vergi dairesi` | | |
//! | `tax number` | `vergi no` | | |
//! | `request date` | `talep tarihi` | `2026-11-20` or `20.11.2026` | yes |
//! | `delivery date` | `teslim tarihi` | the wanted day | yes |
//! | `product code` | `ürün kodu` | | yes |
//! | `product name` | `ürün adı` | | yes |
//! | `category` | `kategori` | | yes |
//! | `quantity` | `adet` | pieces of the row | yes |
//! | `desi` | `desi` | of all pieces of the row | yes |
//! | `weight kg` | `ağırlık kg` | of all pieces of the row; empty when not known | |
//!
//! Columns are apart by commas, semicolons or tabs, whichever the first row has. Numbers have a decimal
//! comma in a file with semicolons, as Turkish spreadsheets write it, and a point in the others;
//! [`CsvOptions`] chooses another. There is no grouping: `1.250` in a file with semicolons is a
//! mistake, not a number. A value in quotes stays on its line: a line end in it is a mistake, because
//! a quote that is never closed would swallow the orders below it. The text is UTF-8, or Windows-1254 where it is no UTF-8.
//!
//! # JSON lines
//!
//! One [`CreateSupplierPaysOrder`] a line, in its own shape.

mod columns;
mod csv;
mod lines;

use serde::Serialize;

use self::columns::Column;
pub use self::csv::{CsvOptions, DecimalMark};
use crate::supplier_pays::CreateSupplierPaysOrder;

/// The longest file that is read.
const MAX_BYTES: usize = 256 << 20;
/// The most mistakes that are kept.
const MAX_MISTAKES: usize = 1000;

/// Orders with the rows that they are from.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Imported {
    /// The orders, in the order of the file.
    pub orders: Vec<CreateSupplierPaysOrder>,
    /// The row of each line of each order; of JSON lines the one row of the order.
    rows: Vec<Vec<u64>>,
    /// The columns' names as the file has them.
    names: Vec<(Column, String)>,
}

impl Imported {
    /// The row of the file, from one, in which a field of an order stands, and its column where
    /// the file has columns. `path` is that of a [`Problem`](crate::Problem), as `lines[1].desi`.
    pub fn place_of(&self, order: usize, path: &str) -> Option<(u64, Option<&str>)> {
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
        let name = self.names.iter().find(|(known, _)| Some(*known) == column);
        Some((row, name.map(|(_, name)| name.as_str())))
    }
}

/// A mistake in a file. Never holds what stands there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, thiserror::Error)]
#[error("row {row}{}: {mistake}", in_column(column.as_deref()))]
#[non_exhaustive]
pub struct ImportError {
    /// The row of the file, from one. In CSV the row of names is the first.
    pub row: u64,
    /// The column as the file names it, or the field of a JSON line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
    /// What is wrong.
    pub mistake: Mistake,
}

fn in_column(column: Option<&str>) -> String {
    column
        .map(|name| format!(", column `{name}`"))
        .unwrap_or_default()
}

/// What is wrong with a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, thiserror::Error)]
#[non_exhaustive]
pub enum Mistake {
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
    /// A column stands there twice.
    #[error("the column stands there twice")]
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
    /// The rows of an order do not stand together.
    #[error("the order began in an earlier row, and another one stands between")]
    #[serde(rename = "scattered")]
    Scattered,
    /// A line that is no order in JSON.
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
    fn new() -> Self {
        Self {
            mistakes: Vec::new(),
            more: 0,
        }
    }

    fn one(row: u64, mistake: Mistake) -> Self {
        let mut errors = Self::new();
        errors.add(row, None, mistake);
        errors
    }

    fn add(&mut self, row: u64, column: Option<&str>, mistake: Mistake) {
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

    fn is_empty(&self) -> bool {
        self.mistakes.is_empty()
    }
}

/// Reads a whole file as text.
fn text_of(reader: impl std::io::Read) -> Result<String, ImportErrors> {
    let mut bytes = Vec::new();
    let limit = MAX_BYTES as u64 + 1;
    let read = std::io::Read::read_to_end(&mut std::io::Read::take(reader, limit), &mut bytes);
    if read.is_err() || bytes.len() > MAX_BYTES {
        return Err(ImportErrors::one(1, Mistake::Unreadable));
    }
    match kervan_core::charset::body_text(&bytes, false) {
        Ok(text) => Ok(text.into_owned()),
        Err(_) => Err(ImportErrors::one(1, Mistake::Charset)),
    }
}

impl Imported {
    /// Reads orders from CSV.
    ///
    /// # Errors
    ///
    /// Every mistake, by row and column.
    pub fn from_csv(reader: impl std::io::Read, options: CsvOptions) -> Result<Self, ImportErrors> {
        csv::read(&text_of(reader)?, options)
    }

    /// Reads orders from JSON lines; blank lines are passed over.
    ///
    /// # Errors
    ///
    /// Every line that is no order, with the field that is wrong.
    pub fn from_json_lines(reader: impl std::io::Read) -> Result<Self, ImportErrors> {
        lines::read(&text_of(reader)?)
    }
}
