//! Tests of the whole client over loopback.

mod checks;
mod faults;
mod retries;
mod sentinel;
mod settling;
mod support;
mod wire;
