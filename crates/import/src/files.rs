//! Files of either form, read as a whole.

use std::io::Read;

use serde::de::DeserializeOwned;

use crate::from_rows::FromRows;
use crate::imported::Imported;
use crate::mistakes::ImportErrors;
use crate::options::CsvOptions;
use crate::text::text_of;
use crate::{csv, lines};

impl<O: DeserializeOwned> Imported<O> {
    /// Reads orders from JSON lines; blank lines are passed over.
    ///
    /// # Errors
    ///
    /// Every line that is not an order, with the field that is wrong.
    pub fn from_json_lines(reader: impl Read) -> Result<Self, ImportErrors> {
        lines::read(&text_of(reader)?)
    }
}

impl<O: FromRows> Imported<O> {
    /// Reads orders from CSV.
    ///
    /// # Errors
    ///
    /// Every mistake, by row and column.
    pub fn from_csv(reader: impl Read, options: CsvOptions) -> Result<Self, ImportErrors> {
        csv::read(&text_of(reader)?, options)
    }
}
