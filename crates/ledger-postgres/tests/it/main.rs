//! The store on a PostgreSQL of these tests: the suite of every store, races, lost connections, and TLS.

#![expect(
    clippy::disallowed_methods,
    reason = "a server of these tests takes its own time"
)]
#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

mod along;
mod failures;
mod lost;
mod opening;
mod suite;
mod support;
#[cfg(feature = "rustls")]
mod tls;
