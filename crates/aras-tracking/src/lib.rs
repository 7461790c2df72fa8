#![doc = include_str!("../README.md")]

#[cfg(feature = "query")]
mod check;
#[cfg(any(feature = "query", feature = "pages"))]
mod client;
#[cfg(any(feature = "query", feature = "pages"))]
mod error;
pub mod ids;
pub mod links;
#[cfg(feature = "query")]
mod login;
#[cfg(feature = "pages")]
pub mod pages;
#[cfg(any(feature = "query", feature = "push"))]
mod parts;
#[cfg(feature = "push")]
pub mod push;
#[cfg(feature = "query")]
pub mod query;
#[cfg(any(feature = "query", feature = "pages"))]
mod rejection;
pub mod rules;
#[cfg(feature = "query")]
mod service;
#[cfg(feature = "shipments")]
pub mod shipments;
#[cfg(any(feature = "query", feature = "pages"))]
mod status;
#[cfg(all(feature = "testing", any(feature = "query", feature = "push")))]
pub mod testing;
#[cfg(any(feature = "query", feature = "push"))]
mod value;

#[cfg(any(feature = "query", feature = "pages"))]
pub use client::{Client, ClientBuilder};
#[cfg(any(feature = "query", feature = "pages"))]
pub use error::{Error, Failed, Resumed, Settled};
pub use ids::{AccountId, CargoCode, CustomerReference, IdError, TrackingNumber, WaybillNumber};
#[cfg(any(feature = "query", feature = "pages", feature = "push"))]
pub use kervan_core::{
    AddressError, Answer, BaseUrl, Class, Config, Delivery, Drift, ForeignText, NextStep, Outcome,
    Personal, Retry,
};
pub use kervan_core::{Language, Problem, Problems, Rule, Secret, Severity};
#[cfg(feature = "shipments")]
pub use kervan_settling::{Attempt, Sent, Settle, Why};
#[cfg(any(feature = "query", feature = "pages", feature = "push"))]
pub use kervan_tracking as tracking;
#[cfg(any(feature = "query", feature = "push"))]
pub use kervan_turkiye::Money;
pub use links::{
    AccountLink, Link, LinkError, LinkReport, ParcelIdentifier, RecognisedLink, RecognisedPage,
    ShareableLink, parse_link,
};
#[cfg(feature = "query")]
pub use login::{CustomerCode, Login};
#[cfg(feature = "pages")]
pub use pages::{PageEnvironment, PageSettings, ParcelLookup, ParcelPage};
#[cfg(any(feature = "query", feature = "push"))]
pub use parts::{Password, UserName};
#[cfg(feature = "query")]
pub use query::{QueryEnvironment, QueryMethod, QuerySettings};
#[cfg(any(feature = "query", feature = "pages"))]
pub use rejection::{Rejection, RejectionKind};
#[cfg(feature = "shipments")]
pub use shipments::{ShipmentEnvironment, ShipmentSettings};

/// A client of the query service.
#[cfg(feature = "query")]
pub type QueryClient = Client<QuerySettings>;

/// A client of the shipment service.
#[cfg(feature = "shipments")]
pub type ShipmentClient = Client<ShipmentSettings>;

/// A client of the tracking pages.
#[cfg(feature = "pages")]
pub type PageClient = Client<PageSettings>;
