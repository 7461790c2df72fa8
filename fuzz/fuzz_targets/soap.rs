//! Answers of SOAP services: envelope, fault, typed result, and the rows of a table.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz_targets::soap(bytes));
