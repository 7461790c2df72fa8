//! The shipment service: registered orders, deliveries, and the cancelling of an order. It has a login of its
//! own.
//!
//! No tracking number exists when an order is registered: it comes into being when a branch cuts the waybill.
//! Ask the [query service](crate::query) where a parcel is.

mod cancel;
mod delivery;
mod endpoint;
mod find_order;
mod info;
mod label;
mod list_orders;
mod movements;
mod order;
mod result;
mod service;
mod settings;
mod status;

pub use cancel::{CancelDispatch, Cancelled};
pub use delivery::{DeliveryInfo, GetDeliveryInfo};
pub use find_order::FindOrder;
pub use info::GetCargoInfo;
pub use label::{FetchLabel, Label, PieceLabel};
pub use list_orders::ListOrders;
pub use movements::GetCargoTransaction;
pub use order::Order;
pub use settings::{ShipmentEnvironment, ShipmentSettings};
pub use status::RESULT_CODES;
