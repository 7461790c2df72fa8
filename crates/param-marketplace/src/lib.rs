#![doc = include_str!("../README.md")]

mod amount;
mod client;
mod codes;
mod credentials;
mod ids;
pub mod orders;
mod rejection;
pub mod rules;
mod settings;
mod wire;

pub use amount::ReceivedAmount;
pub use client::{Client, ClientBuilder};
pub use codes::{Action, Code, Kind, RESULT_CODES};
pub use credentials::Credentials;
pub use ids::{MarketplaceKey, MerchantKey, OrderKey, PaymentId, SubMerchantId};
pub use kervan_core::{
    BaseUrl, Config, Drift, Language, Money, Operation, Outcome, Personal, Problem, Problems,
    Retry, Sent, Settled,
};
pub use orders::{
    AddOrderDetail, CancelOrRefund, CancelledOrRefunded, NoPartialAmount, Order, OrderDetail,
    OrderState, OrderStatus, Orders, PartialAmount, QueryOrders, RefundAmount, SetOrderStatus,
    StatusSet, Undo,
};
pub use rejection::Rejection;
pub use settings::{Environment, Settings};

/// A call that failed; [`outcome`](kervan_core::Error::outcome) tells whether it may have happened.
pub type Error = kervan_core::Error<Rejection>;
