//! The fuzzer's targets: a function for each, which feeds its input to a reader of the clients.
//!
//! The programs in `fuzz/` run them with a fuzzer's instrumentation. The tests of this crate run them
//! on changed answers of the fixtures, without a fuzzer.

#![expect(
    clippy::unwrap_used,
    reason = "a target that panics has found something"
)]

mod account;
mod aras_page;
mod aras_rows;
mod contradiction;
mod haso_callback;
mod json;
mod link;
mod nowhere;
mod param_model_callback;
mod param_pay_callback;
mod soap;

pub use self::aras_page::aras_page;
pub use self::aras_rows::aras_rows;
pub use self::contradiction::{contradiction, contradictions};
pub use self::haso_callback::haso_callback;
pub use self::json::json;
pub use self::link::link;
pub use self::param_model_callback::param_model_callback;
pub use self::param_pay_callback::param_pay_callback;
pub use self::soap::soap;

/// A function that reads bytes from outside; it panics when a reader is wrong.
pub type Target = fn(&[u8]);

/// Every target, by the name of its program in `fuzz/`.
pub const ALL: [(&str, Target); 9] = [
    ("aras_page", aras_page),
    ("aras_rows", aras_rows),
    ("contradiction", contradiction),
    ("haso_callback", haso_callback),
    ("json", json),
    ("link", link),
    ("param_model_callback", param_model_callback),
    ("param_pay_callback", param_pay_callback),
    ("soap", soap),
];
