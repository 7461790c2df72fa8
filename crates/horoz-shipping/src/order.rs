//! The parts of an order that several methods share: their check and their form on the wire.

mod contents;
mod keys;
mod line;
mod party;
mod sent_text;
mod wire;

pub(crate) use contents::{Contents, Side, check_number};
pub use keys::{OrderDays, RequestNumber, SupplierCode};
pub(crate) use line::merge_equal;
pub use line::{Measure, OrderLine};
pub use party::Party;
pub(crate) use sent_text::SentText;
pub(crate) use wire::WireOrder;
