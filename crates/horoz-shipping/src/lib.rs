#![doc = include_str!("../README.md")]

pub mod access;
mod asked;
mod client;
mod codes;
pub mod counties;
mod endpoint;
mod error;
#[cfg(feature = "import")]
pub mod import;
pub mod labels;
mod named_order;
mod order;
pub mod orders;
mod place_book;
pub mod raw;
mod rejection;
pub mod rules;
mod service;
mod settings;
pub mod supplier_pays;
#[cfg(feature = "testing")]
pub mod testing;
pub mod tracking;

pub use access::{Access, CheckAccess};
pub use client::{Client, ClientBuilder};
pub use codes::{RejectionKind, ResultCode, result_codes};
pub use counties::{CountyList, ListCounties};
pub use error::{Error, Failed, Resumed, Settled};
#[cfg(feature = "import")]
pub use import::{
    CsvOptions, DecimalMark, FilePlace, ImportError, ImportErrors, ImportMistake, ImportedOrders,
};
pub use kervan_core::Operation;
pub use kervan_core::{
    AddressError, Answer, BaseUrl, Class, Config, Drift, ForeignText, Language, NextStep, Outcome,
    Personal, Problem, Problems, Retry,
};
pub use kervan_settling::{Attempt, Sent, Settle, Why};
pub use kervan_wire::json::from_stored;
pub use labels::{AtfId, Barcode, CancelLabel, CreateLabel, Label};
pub use order::{Measure, OrderDays, OrderLine, Party, RequestNumber, SupplierCode};
pub use orders::{
    CancelShippingOrder, Cancelled, CreateShippingOrder, CreatedShippingOrder, UndoError,
    UndoObstacle, UndoOrder, Undone,
};
pub use place_book::PlaceBook;
pub use raw::{RawAnswer, RawCall};
pub use rejection::Rejection;
pub use settings::{
    AtfIdForm, EmailCase, EmptyValue, MethodName, MethodPaths, ProcessKey, ProcessKeyError,
    ProductCodeCase, Quirks, RecipientAddressKey, Settings, TrackingService,
};
pub use supplier_pays::{
    CancelSupplierPaysOrder, CreateSupplierPaysOrder, CreatedSupplierPaysOrder, Direction,
};

pub use tracking::{GoodsDirection, TrackError, TrackOrder, TrackedOrder};
