//! Answers of Aras's services: rows of whatever shape, dates of whatever form.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz_targets::aras_rows(bytes));
