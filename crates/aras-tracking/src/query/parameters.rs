//! The parameters of the query types.

mod account;
mod dates;
mod one;
pub(crate) mod sealed;

use serde::Serialize;
use serde::de::DeserializeOwned;

pub use self::account::{
    AccountCode, AccountReference, AccountReferences, AddressReference, AtAddress, Contract,
    LastStepOf,
};
pub use self::dates::{DateKind, DatesOf, Day, MonthPeriod, Period, ReferenceOrPeriod};
pub use self::one::{
    Incoming, Nothing, OneReference, ParcelKey, PieceBarcode, References, TrackingAndCode,
};

/// The parameters of a query type. They say how they are written and what the guide allows.
///
/// Sealed: the carrier's types are all here, and [`RawQuery`](super::RawQuery) makes any other.
pub trait Parameters: Serialize + DeserializeOwned + Send + Sync + sealed::Write {}

impl<P: Serialize + DeserializeOwned + Send + Sync + sealed::Write> Parameters for P {}
