//! The store in a file: the suite of every store, and what only a file can do.

mod file;
mod suite;
