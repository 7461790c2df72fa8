#![doc = include_str!("../README.md")]

mod error;
mod file;
mod store;

pub use store::{Along, SqliteStore, execute, insert, query, replace};
