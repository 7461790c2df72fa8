#![doc = include_str!("../README.md")]

pub mod address;
pub mod charset;
pub mod client;
pub mod config;
#[cfg(feature = "decimal")]
pub mod decimal;
pub mod error;
#[cfg(feature = "form")]
pub mod form;
pub mod host;
#[cfg(feature = "json")]
pub mod json;
pub mod message;
#[cfg(feature = "decimal")]
pub mod money;
pub mod operation;
pub mod outcome;
#[cfg(feature = "places")]
pub mod places;
pub mod problem;
pub mod retry;
pub mod secret;
pub mod settle;
#[cfg(feature = "soap")]
pub mod soap;
pub mod text;
#[cfg(feature = "time")]
pub mod time;
#[cfg(feature = "tracking")]
pub mod tracking;
pub mod transport;
#[cfg(any(feature = "json", feature = "soap"))]
pub mod tree;

pub use address::{AddressError, BaseUrl, Url};
pub use client::Caller;
pub use config::Config;
pub use error::{EncodeError, Error, ReadError, Reason, Report, TransportError, TransportKind};
pub use host::{Host, MovableHost};
pub use message::{HttpRequest, Method, Reply};
#[cfg(feature = "decimal")]
pub use money::Money;
pub use operation::{Context, Effect, ErrorOf, Operation, Settings};
pub use outcome::{Outcome, Rejection};
pub use problem::{Language, Problem, Problems, Rule, Severity};
pub use retry::Retry;
pub use secret::{Personal, Secret};
pub use settle::{Resend, Sent, Settle, Settled};
pub use transport::{Limits, Transport};
#[cfg(any(feature = "json", feature = "soap"))]
pub use tree::{Drift, Unread};
