//! Answers in JSON: envelope, typed result, drift.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz_targets::json(bytes));
