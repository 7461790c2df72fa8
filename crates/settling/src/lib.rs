#![doc = include_str!("../README.md")]

pub mod attempt;
pub mod blind;
pub mod many;
pub mod settle;
mod settler;

pub use attempt::{Attempt, Baseline};
pub use blind::Blind;
pub use many::{Many, Refusal, RefusalOf};
pub use settle::{Failed, Found, Open, Resumed, Sent, Settle, Settled, Why};
pub use settler::Settler;
