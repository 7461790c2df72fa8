#![doc = include_str!("../README.md")]

mod error;
mod file;
mod store;
mod watches;

pub use error::store_error;
pub use store::{Along, SqliteStore, execute, insert, query, replace};
pub use watches::expect;
