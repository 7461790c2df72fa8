//! Posts as anybody may send them, in every form that the reader takes.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz_targets::haso_callback(bytes));
