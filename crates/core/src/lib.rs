#![doc = include_str!("../README.md")]

pub mod address;
pub mod answer;
pub mod class;
pub mod client;
pub mod config;
pub mod delivery;
pub mod drift;
pub mod error;
mod future;
pub mod host;
pub mod message;
pub mod next_step;
pub mod operation;
pub mod outcome;
pub mod problem;
pub mod retry;
pub mod secret;
mod setters;
pub mod transport;
pub mod windows_1254;

pub use address::{AddressError, BaseUrl, Url};
pub use answer::Answer;
pub use class::Class;
pub use client::Caller;
pub use config::Config;
pub use delivery::{Delivery, joined};
pub use drift::{Drift, Form, Tolerated, Unread};
pub use error::{EncodeError, Error, ReadError, Reason, Report, TransportError, TransportKind};
pub use host::Host;
pub use message::{HttpRequest, Method, Reply};
pub use next_step::NextStep;
pub use operation::{
    AnswerOf, Context, Endpoint, ErrorOf, Operation, RejectionOf, ResultOf, Service,
};
pub use outcome::{Order, Outcome, Rejection, Try};
pub use problem::{Language, Problem, Problems, Rule, Severity};
pub use retry::Retry;
pub use secret::{ForeignText, Personal, Scrub, Secret};
pub use transport::{Connection, Limits, Transport};
