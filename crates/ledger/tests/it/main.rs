//! Guarded writes of a toy provider, over stores that fail and programs that die where a test wants.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "tests stop at the first surprise"
)]

#[expect(dead_code, reason = "the tests of `kervan-settling` use the rest")]
#[path = "../../../core/tests/it/provider.rs"]
mod provider;
#[path = "../../../settling/tests/it/settles.rs"]
mod settles;

mod file;
mod guarded;
mod inbox;
mod laws;
mod suite;
mod support;
mod watching;
mod worker;
