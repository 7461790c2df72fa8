#![doc = include_str!("../README.md")]

mod builder;
mod host;
mod transport;

pub use builder::{BuildError, HAS_TLS, TransportBuilder};
pub use host::SystemHost;
pub use transport::ReqwestTransport;
