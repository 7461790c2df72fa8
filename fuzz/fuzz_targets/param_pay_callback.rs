//! The result of a 3D Pay payment, as anybody may post it.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz_targets::param_pay_callback(bytes));
