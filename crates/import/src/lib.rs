#![doc = include_str!("../README.md")]

mod column;
mod csv;
mod files;
mod from_rows;
mod head;
mod imported;
mod lines;
mod mistakes;
mod options;
mod row;
mod text;

pub use self::column::Column;
pub use self::from_rows::FromRows;
pub use self::imported::{FilePlace, Imported};
pub use self::mistakes::{ImportError, ImportErrors, ImportMistake};
pub use self::options::{CsvOptions, DecimalMark};
pub use self::row::{Row, word};
