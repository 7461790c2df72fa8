//! How a CSV file is read.

/// How a CSV file is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct CsvOptions {
    /// The separator of columns: a comma, a semicolon, a tab. By default the one that a first row like `sep=;`
    /// names, or the one that the row of names has most of.
    pub separator: Option<u8>,
    /// The mark before decimals. By default a comma in a file with semicolons, else a point.
    pub decimals: Option<DecimalMark>,
}

/// The mark before decimals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DecimalMark {
    /// `20.25`.
    Point,
    /// `20,25`.
    Comma,
}

impl DecimalMark {
    pub(crate) fn letter(self) -> char {
        match self {
            Self::Point => '.',
            Self::Comma => ',',
        }
    }
}

kervan_core::setters! { CsvOptions {
    /// Sets the separator of columns.
    separator: Option<u8>,
    /// Sets the mark before decimals.
    decimals: Option<DecimalMark>,
}}
