//! Callbacks over an axum router, against the posts of each provider crate's feature `testing`.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

mod aras;
mod cut;
mod extractors;
mod haso;
mod pages;
mod param;
mod sandbox;
mod stories;
mod support;
