//! What both create methods share: the parts of an order, their check, their form on the wire.

mod body;
mod keys;
mod line;
mod party;
mod wire;

pub(crate) use body::{Body, Side, check_number};
pub use keys::{Days, RequestNumber, SupplierCode};
pub(crate) use line::merge_equal;
pub use line::{Line, Measure};
pub use party::Party;
pub(crate) use wire::WireOrder;
