//! Bodies of answers, read by types of the test's own.

#![cfg_attr(
    feature = "soap",
    expect(clippy::unwrap_used, reason = "tests stop at the first surprise")
)]

#[cfg(all(feature = "json", feature = "soap"))]
mod foreign_texts;
#[cfg(feature = "json")]
mod json;
mod printing;
#[cfg(feature = "soap")]
mod soap;
