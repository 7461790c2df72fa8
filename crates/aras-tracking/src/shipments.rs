//! The shipment service: registers parcels, finds, updates and cancels their orders, and reports deliveries. It has a
//! login of its own.
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
mod new_order;
mod order;
mod order_answer;
mod order_codes;
mod result;
mod service;
mod set_order;
mod set_orders;
mod settings;
mod status;

pub use cancel::{CancelDispatch, Cancelled};
pub use delivery::{DeliveryInfo, GetDeliveryInfo};
pub use find_order::FindOrder;
pub use info::GetCargoInfo;
pub use label::{FetchLabel, Label, PieceLabel};
pub use list_orders::ListOrders;
pub use movements::GetCargoTransaction;
pub use new_order::{
    CollectedBy, Destination, Measure, NewOrder, NoPieces, Payment, Piece, Pieces, Receiver,
};
pub use order::{Order, RegisteredPiece};
pub use order_answer::Registered;
pub(crate) use order_codes::find as find_order_code;
pub use order_codes::{Meaning, ORDER_CODES, OrderCode};
pub(crate) use set_order::NAME as SET_ORDER;
pub use set_order::{Purpose, SetOrder};
pub use set_orders::{OrderResult, OrderResults, OrderState, SetOrders};
pub use settings::{ShipmentEnvironment, ShipmentSettings};
pub use status::RESULT_CODES;
