//! The shipment service: registers parcels, finds, updates and cancels their orders, fetches labels, and lists
//! deliveries, parcels and places. It has a login of its own.
//!
//! No tracking number exists when an order is registered: it comes into being when a branch cuts the waybill.
//! Ask the [query service](crate::query) where a parcel is.
//!
//! The reads are one table, as the query types are: each is a [`ReadRequest`] with its own arguments and output,
//! under a name of its own, as [`FetchLabel`].

mod address;
mod arguments;
mod cancel;
mod delivery;
mod endpoint;
mod find_order;
#[cfg(feature = "import")]
pub mod import;
mod labels;
mod list_orders;
mod new_order;
mod order;
mod order_answer;
mod order_codes;
mod raw;
mod read;
mod reads;
mod recall;
mod result;
mod service;
mod set_order;
mod set_orders;
mod settings;
mod status;
mod update_numbers;

pub use address::{AccountAddress, Address};
pub use arguments::{
    AddressIds, Arguments, Between, ByDay, ByDocuments, ByReference, ByText, CargoSearch,
    CustomerAddressIds, LastOf, Nothing, PriceOf, ReturnOf, ServiceNumber, TransactionsOf, UnitsIn,
};
pub use cancel::{CancelDispatch, Cancelled};
pub use delivery::DeliveryInfo;
pub use find_order::FindOrder;
pub use labels::{EarlyTrackingNumber, Label, LabelFile, PieceLabel};
pub use list_orders::ListOrders;
pub use new_order::{
    CollectedBy, Destination, Measure, NewOrder, NoPieces, Payment, Piece, Pieces, Receiver,
};
pub use order::{Order, RegisteredPiece};
pub use order_answer::Registered;
pub(crate) use order_codes::find as find_order_code;
pub use order_codes::{Meaning, ORDER_CODES, OrderCode};
pub use raw::{RawArgument, RawDone, RawLogin, RawRead, RawValue, RawWrite};
pub use read::ReadRequest;
pub use reads::*;
pub use recall::{CancelRecall, Recall, RecallRequest, Recalled};
pub(crate) use set_order::NAME as SET_ORDER;
pub use set_order::{Purpose, SetOrder};
pub use set_orders::{OrderResult, OrderResults, OrderState, SetOrders};
pub use settings::{ShipmentEnvironment, ShipmentSettings};
pub use status::RESULT_CODES;
pub use update_numbers::{NumbersUpdated, UpdateNumbers};
