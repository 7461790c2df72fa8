//! Properties of every value, on any input, and the list of faults.

#![expect(
    clippy::unwrap_used,
    reason = "helpers of tests may stop at the first surprise"
)]

mod any_input;
mod check_digits;
mod faults;
mod normalising;
#[cfg(feature = "serde")]
mod stored;
