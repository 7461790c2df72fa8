//! The bank's answer in the 3D Model, as anybody may post it.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz_targets::param_model_callback(bytes));
