//! Tests of the whole client over loopback.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

mod faults;
mod payments;
mod reading;
mod sentinel;
mod settling;
mod support;
mod whole_refunds;
