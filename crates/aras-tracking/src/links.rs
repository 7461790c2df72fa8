//! Tracking links: building them, and reading those that others built.
//!
//! A [`ShareableLink`] shows one parcel and may go to a customer. An [`AccountLink`] opens every
//! parcel of a shipper to anybody who changes its last parameter, so it does not print itself and
//! nothing turns it into the other by accident. A [`RecognisedLink`] has an older or unproven form,
//! which is read and never built. [`parse_link`] reads a text as one of the three; [`LinkReport`] is
//! the same with the warnings, safe to log and to store.

mod account;
mod address;
mod encoding;
mod error;
mod hosts;
mod link;
mod notes;
mod parse;
mod query;
mod recognised;
mod report;
mod shareable;

pub use account::AccountLink;
pub use address::MAX_BYTES;
#[cfg(feature = "pages")]
pub(crate) use encoding::{Plus, decode};
pub use error::LinkError;
#[cfg(feature = "pages")]
pub(crate) use hosts::TRACKING;
pub use link::Link;
#[cfg(feature = "pages")]
pub(crate) use notes::Notes;
pub use parse::parse_link;
pub use recognised::{ParcelIdentifier, RecognisedLink, RecognisedPage};
pub use report::LinkReport;
pub use shareable::ShareableLink;
