#![doc = include_str!("../README.md")]

pub mod csv;
pub mod day;
pub mod difference;
#[cfg(feature = "haso")]
pub mod haso;
#[cfg(feature = "horoz")]
pub mod horoz;
pub mod line;
#[cfg(feature = "page")]
pub mod page;
#[cfg(feature = "param")]
pub mod param;
mod tally;

pub use day::{Day, Reconciliation};
pub use difference::{Difference, Side, What};
pub use line::{Belief, Fact, Kind, Ours, Row, Theirs, Unread};
