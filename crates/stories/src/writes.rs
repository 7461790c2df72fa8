//! The writes of the provider crates that stories are told about.

mod aras;
pub(crate) mod haso;
pub(crate) mod horoz;
mod param;

use kervan_core::BaseUrl;

use crate::Write;

/// Returns every write that has stories.
pub fn all() -> Vec<Write> {
    let mut writes = Vec::new();
    writes.extend(horoz::writes());
    writes.extend(aras::writes());
    writes.extend(haso::writes());
    writes.extend(param::writes());
    writes
}

/// Returns the address of every simulated provider; nothing is ever sent to it.
#[expect(clippy::expect_used, reason = "the address is a valid one")]
pub(crate) fn base() -> BaseUrl {
    BaseUrl::parse("https://provider.example").expect("an address")
}
