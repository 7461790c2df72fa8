//! The arguments of the reads.

mod parcels;
mod places;
mod sealed;
mod single;

use std::fmt;

use serde::Serialize;
use serde::de::DeserializeOwned;

pub use self::parcels::{ByDocuments, CargoSearch, LastOf, ReturnOf, TransactionsOf};
pub use self::places::{AddressIds, Between, CustomerAddressIds, PriceOf, ServiceNumber, UnitsIn};
pub use self::single::{ByDay, ByReference, ByText, Nothing};

/// The arguments of a read. Sealed: the operations of the table are all here, and [`RawRead`](super::RawRead)
/// makes any other.
pub trait Arguments:
    Serialize + DeserializeOwned + fmt::Debug + Send + Sync + sealed::Write
{
}

impl<A: Serialize + DeserializeOwned + fmt::Debug + Send + Sync + sealed::Write> Arguments for A {}

/// The elements that an operation has for these arguments.
pub(super) type NamesOf<A> = <A as sealed::Write>::Names;
