#![doc = include_str!("../README.md")]

pub mod access;
mod client;
mod codes;
pub mod counties;
mod place_book;
mod rejection;
pub mod rules;
mod settings;
pub mod supplier_pays;
mod wire;

pub use access::{Access, CheckAccess};
pub use client::{Client, ClientBuilder};
pub use codes::{Code, Kind, result_codes};
pub use counties::{CountyList, ListCounties};
pub use kervan_core::Operation;
pub use kervan_core::json::from_stored;
pub use kervan_core::{
    BaseUrl, Config, Language, Outcome, Personal, Problem, Problems, Retry, Sent, Settled,
};
pub use place_book::PlaceBook;
pub use rejection::Rejection;
pub use settings::{
    EmptyValue, KeyError, LetterCase, Paths, ProcessKey, Quirks, RecipientAddressKey, Settings,
};
pub use supplier_pays::{
    CreateSupplierPaysOrder, CreatedOrder, Days, Direction, Line, Measure, Party, RequestNumber,
    SupplierCode,
};

/// A call that failed; [`outcome`](kervan_core::Error::outcome) tells whether it may have happened.
pub type Error = kervan_core::Error<Rejection>;
