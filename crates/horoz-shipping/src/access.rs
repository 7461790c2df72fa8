//! Whether Horoz lets the caller's machine through.

mod check;

pub use check::{Access, CheckAccess};
