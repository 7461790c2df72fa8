//! The shipment service: registered orders, labels, deliveries, lists of parcels and places, and the cancelling
//! of an order. It has a login of its own.
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
mod labels;
mod list_orders;
mod order;
mod read;
mod reads;
mod recall;
mod result;
mod service;
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
pub use order::Order;
pub use read::ReadRequest;
pub use reads::*;
pub use recall::{CancelRecall, Recall, RecallRequest, Recalled};
pub use settings::{ShipmentEnvironment, ShipmentSettings};
pub use status::RESULT_CODES;
pub use update_numbers::{NumbersUpdated, UpdateNumbers};
