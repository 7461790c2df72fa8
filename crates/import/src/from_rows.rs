//! Orders that are read from rows.

use crate::column::Column;
use crate::row::Row;

/// An order that is read from the rows of a file, one row a part.
pub trait FromRows: Sized {
    /// What a row adds to the order: a product, a piece.
    type Part;

    /// Every column that a file may have.
    const COLUMNS: &'static [&'static Column];

    /// The column whose value makes rows below each other one order. Each row must have it.
    const KEY: &'static Column;

    /// The path of the list of parts, as the problems of an order name it: `lines` of `lines[1].desi`.
    const PARTS: &'static str;

    /// Reads the part of a row, and notes every mistake in it.
    fn part(row: &mut Row<'_>) -> Option<Self::Part>;

    /// Reads the order of a first row, and notes every mistake in it, also where the row's part has one and is absent.
    fn order(row: &mut Row<'_>, part: Option<Self::Part>) -> Option<Self>;

    /// Adds the part of a further row.
    #[must_use]
    fn and(self, part: Self::Part) -> Self;
}
