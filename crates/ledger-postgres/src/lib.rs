#![doc = include_str!("../README.md")]

mod builder;
mod changes;
mod error;
mod pool;
pub mod statements;
mod store;
#[cfg(feature = "rustls-no-provider")]
pub mod tls;
mod watches;

pub use builder::Builder;
pub use changes::{insert, replace};
pub use store::{Along, PostgresStore};
/// The driver, in the version of this crate.
pub use tokio_postgres;
pub use watches::expect;
