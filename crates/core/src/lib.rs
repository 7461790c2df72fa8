#![doc = include_str!("../README.md")]

pub mod address;
pub mod answer;
pub mod attempt;
pub mod charset;
pub mod class;
pub mod client;
pub mod config;
pub mod drift;
pub mod error;
#[cfg(feature = "form")]
pub mod form;
mod future;
pub mod host;
#[cfg(feature = "json")]
pub mod json;
pub mod message;
pub mod next_step;
pub mod operation;
pub mod outcome;
pub mod problem;
pub mod retry;
pub mod secret;
mod setters;
pub mod settle;
mod settling;
#[cfg(feature = "soap")]
pub mod soap;
pub mod transport;
#[cfg(any(feature = "json", feature = "soap"))]
pub mod tree;

pub use address::{AddressError, BaseUrl, Url};
pub use answer::Answer;
pub use attempt::{Attempt, Baseline};
pub use class::Class;
pub use client::Caller;
pub use config::Config;
pub use drift::{Drift, Form, Tolerated, Unread};
pub use error::{EncodeError, Error, ReadError, Reason, Report, TransportError, TransportKind};
pub use host::{Host, MovableHost};
pub use message::{HttpRequest, Method, Reply};
pub use next_step::NextStep;
pub use operation::{AnswerOf, Context, Endpoint, ErrorOf, Operation, RejectionOf, Service};
pub use outcome::{Order, Outcome, Rejection, Try};
pub use problem::{Language, Problem, Problems, Rule, Severity};
pub use retry::Retry;
pub use secret::{ForeignText, Personal, Scrub, Secret};
pub use settle::{Failed, Found, Open, Resumed, Sent, Settle, Settled, Why};
pub use transport::{Connection, Limits, Transport};
