//! Tests of the whole client over loopback.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

mod bulk;
mod checks;
mod faults;
#[cfg(feature = "import")]
mod import;
mod raw;
mod retries;
mod sentinel;
mod settling;
mod support;
mod tracking;
mod undo;
mod wire;
