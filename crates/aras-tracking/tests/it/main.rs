//! Tests of the links, and of the clients over loopback where their features are on.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

#[cfg(all(feature = "query", feature = "pages", feature = "reqwest"))]
mod faults;
mod fixtures;
#[cfg(all(feature = "query", feature = "pages", feature = "reqwest"))]
mod input;
mod links;
#[cfg(all(feature = "query", feature = "pages", feature = "reqwest"))]
mod logins;
#[cfg(all(feature = "query", feature = "pages", feature = "reqwest"))]
mod nulls;
#[cfg(all(feature = "query", feature = "pages", feature = "reqwest"))]
mod pages;
#[cfg(all(feature = "query", feature = "pages", feature = "reqwest"))]
mod reading;
mod sentinel;
#[cfg(all(feature = "query", feature = "pages", feature = "reqwest"))]
mod services;
#[cfg(all(feature = "query", feature = "pages", feature = "reqwest"))]
mod settling;
#[cfg(all(feature = "query", feature = "pages", feature = "reqwest"))]
mod strays;
#[cfg(all(feature = "query", feature = "pages", feature = "reqwest"))]
mod support;
#[cfg(all(feature = "query", feature = "pages", feature = "reqwest"))]
mod tls;
