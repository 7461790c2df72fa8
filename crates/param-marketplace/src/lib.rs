#![doc = include_str!("../README.md")]

mod amount;
mod client;
mod codes;
mod credentials;
mod endpoint;
mod error;
mod ids;
pub mod limits;
pub mod merchants;
mod moment;
pub mod orders;
mod outputs;
#[cfg(feature = "payments")]
pub mod payments;
pub mod places;
pub mod raw;
mod rejection;
pub mod rules;
mod service;
mod settings;
pub mod split;
#[cfg(feature = "testing")]
pub mod testing;
pub mod transactions;
mod typed;
mod wire;

pub use amount::ReceivedAmount;
pub use client::{Client, ClientBuilder};
pub use codes::{Action, RESULT_CODES, RejectionKind, ResultCode};
pub use credentials::{ClientCode, Credentials, Password, Username};
pub use error::Error;
pub use ids::{MarketplaceKey, MerchantKey, OrderKey, PaymentId, SubMerchantId};
pub use kervan_core::{
    AddressError, Answer, BaseUrl, Class, Config, Delivery, Drift, ForeignText, Language, NextStep,
    Operation, Outcome, Personal, Problem, Problems, Retry,
};
pub use kervan_settling::{Attempt, Failed, Open, Resumed, Sent, Settle, Settled, Why};
pub use kervan_turkiye::Money;
pub use limits::*;
pub use merchants::*;
pub use moment::ReceivedMoment;
pub use orders::*;
pub use places::*;
pub use rejection::Rejection;
pub use settings::{Environment, Settings};
pub use transactions::*;
