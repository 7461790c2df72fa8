//! The one place that sends: a trait, and its implementation on reqwest.

mod once;
#[cfg(feature = "reqwest")]
mod reqwest;

pub use self::once::{Connection, Limits, Transport};
#[cfg(feature = "reqwest")]
pub use self::reqwest::{BuildError, HAS_TLS, ReqwestTransport};
pub use crate::future::BoxFuture;
