//! Aras's tracking pages, and what is posted to a shipper's own service.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz_targets::aras_page(bytes));
