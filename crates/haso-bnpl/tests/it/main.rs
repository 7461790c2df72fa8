//! Tests of the whole client over loopback.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

mod browser;
mod callbacks;
mod confirm;
mod echoes;
mod faults;
mod fields;
mod first_use;
mod forms;
mod page;
mod reading;
mod sandbox;
mod script;
mod sentinel;
mod settling;
mod stored;
mod strays;
mod support;
mod tls;
mod typed_input;
