//! Tracking links as people paste them, and addresses as they configure them.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz_targets::link(bytes));
