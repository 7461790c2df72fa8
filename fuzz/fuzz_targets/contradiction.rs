//! Answers that say two things: never a success.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz_targets::contradiction(bytes));
