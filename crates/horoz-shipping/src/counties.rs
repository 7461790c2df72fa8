//! The provinces and districts that Horoz accepts.

mod list;

pub use list::{County, CountyList, ListCounties};
