//! The query service: where a parcel is, and lists of parcels. Wire: `GetQueryJSON`, `GetQueryXML`,
//! `GetQueryDS`.
//!
//! Each query type of the carrier's guide, except 23 and 36, is a [`QueryRequest`] with its own
//! parameters and rows, under a name of its own, as [`FindParcels`] for type 1. [`RawQuery`] makes any
//! other. One call serves them all, by the method of the [settings](QuerySettings::method); types 22 and
//! 26 always go by `GetQueryDS`.

pub(crate) mod answer;
pub(crate) mod asked;
mod batch;
mod call;
pub(crate) mod columns;
pub(crate) mod content;
mod endpoint;
mod limits;
mod movement;
mod number;
mod parameters;
mod parcel;
mod raw;
pub(crate) mod rows;
mod service;
mod settings;
mod table;
mod track;
mod types;

pub use answer::{NotFound, QueryRows};
pub use asked::Named;
pub use batch::{Batch, BatchItem, Pace, Progress};
pub use call::QueryRequest;
pub use columns::{Columns, QueryRow};
pub use movement::Movement;
pub use number::Number;
pub use parameters::{
    AccountCode, AccountReference, AccountReferences, AddressReference, AtAddress, Contract,
    DateKind, DatesOf, Day, Incoming, LastStepOf, MonthPeriod, Nothing, OneReference, Parameters,
    ParcelKey, Period, PieceBarcode, ReferenceOrPeriod, References, TrackingAndCode,
};
pub use parcel::{Collection, Parcel, Redirection};
pub use raw::RawQuery;
#[cfg(feature = "shipments")]
pub(crate) use raw::is_name;
#[cfg(feature = "testing")]
pub(crate) use service::wire_names;
pub use settings::{QueryEnvironment, QueryMethod, QuerySettings};
pub use table::TableRow;
pub use types::*;
