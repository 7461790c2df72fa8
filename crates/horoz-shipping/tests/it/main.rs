//! Tests of the whole client over loopback.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

mod bulk;
mod checks;
mod faults;
mod raw;
mod retries;
mod sentinel;
mod settling;
mod support;
mod undo;
mod wire;
