#![doc = include_str!("../README.md")]

pub mod attempt;
pub mod settle;
mod settler;

pub use attempt::{Attempt, Baseline};
pub use settle::{Failed, Found, Open, Resumed, Sent, Settle, Settled, Why};
pub use settler::Settler;
