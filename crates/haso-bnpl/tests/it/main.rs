//! Tests of the whole client over loopback.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

mod browser;
mod callbacks;
mod confirm;
mod faults;
mod fields;
mod forms;
mod page;
mod sentinel;
mod settling;
mod support;
