//! Identifiers of parcels and accounts: text that keeps its leading zeros.
//!
//! Numbers drop every blank, also an encoded one (`%20`), because the provider's own sample has one before
//! the number. An unusual length is a warning, never an error: the documents and their samples disagree.
//! Check digits are not checked, because no scheme is published and no common one fits all samples.

mod account;
mod blanks;
mod digits;
mod error;
mod letters;
mod reference;
mod waybill;

pub use account::AccountId;
pub use digits::{CargoCode, TrackingNumber};
pub use error::IdError;
pub use reference::CustomerReference;
pub use waybill::WaybillNumber;

pub(crate) use blanks::{is_blank, trim};
