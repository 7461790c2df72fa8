//! Tests of the links, and of the clients over loopback where their features are on.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

#[cfg(all(feature = "pages", feature = "reqwest", feature = "shipments"))]
mod bulk;
#[cfg(all(feature = "pages", feature = "reqwest", feature = "shipments"))]
mod faults;
mod fixtures;
#[cfg(feature = "import")]
mod import;
#[cfg(all(feature = "pages", feature = "reqwest", feature = "shipments"))]
mod input;
mod links;
#[cfg(all(feature = "pages", feature = "reqwest", feature = "shipments"))]
mod logins;
#[cfg(all(feature = "pages", feature = "reqwest", feature = "shipments"))]
mod nulls;
#[cfg(all(feature = "pages", feature = "reqwest", feature = "shipments"))]
mod pages;
#[cfg(all(feature = "pages", feature = "reqwest", feature = "shipments"))]
mod reading;
#[cfg(all(feature = "pages", feature = "reqwest", feature = "shipments"))]
mod registering;
mod sentinel;
#[cfg(all(feature = "pages", feature = "reqwest", feature = "shipments"))]
mod services;
#[cfg(all(feature = "pages", feature = "reqwest", feature = "shipments"))]
mod settling;
#[cfg(all(feature = "pages", feature = "reqwest", feature = "shipments"))]
mod shipments;
#[cfg(all(feature = "pages", feature = "reqwest", feature = "shipments"))]
mod strays;
#[cfg(all(feature = "pages", feature = "reqwest", feature = "shipments"))]
mod support;
#[cfg(all(feature = "pages", feature = "reqwest", feature = "shipments"))]
mod tls;
