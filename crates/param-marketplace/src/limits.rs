//! Limits of individual sellers, to be checked before a payment.

mod check;

pub use check::{AmountForm, CheckLimit, LimitChecked, Verdict};
