//! Tests of the whole client over loopback.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

mod echoed_logins;
mod faults;
mod new_user;
mod odd_tables;
mod payments;
mod reading;
mod sentinel;
mod settling;
mod short_logins;
mod stored_outputs;
mod strays;
mod support;
mod tls;
mod typed_input;
mod whole_refunds;
