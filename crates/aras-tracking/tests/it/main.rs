//! The offline tests of the crate: recorded links, round trips, secrets that must not show.

#![expect(
    clippy::unwrap_used,
    reason = "helpers of tests may stop at the first surprise too"
)]

mod fixtures;
mod links;
mod sentinel;
