//! Tests of the whole client over loopback.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

mod bulk;
mod checks;
mod faults;
#[cfg(feature = "import")]
mod import;
mod out_of_step;
mod raw;
mod reading;
mod retries;
mod sentinel;
mod settling;
mod stored;
mod strays;
mod support;
mod tls;
mod tracking;
mod two_clocks;
mod typed_input;
mod undo;
mod wire;
