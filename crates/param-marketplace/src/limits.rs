//! Limits of individual sellers, asked before the money is taken.

mod check;

pub use check::{AmountForm, CheckLimit, LimitChecked, Verdict};
