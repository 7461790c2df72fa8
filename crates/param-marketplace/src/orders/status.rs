//! The states of an order, as answers report them.

use serde::{Deserialize, Serialize};

/// The state of an order, as answers report it. Wire: `Durum`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
#[non_exhaustive]
pub enum OrderStatus {
    /// Waiting for approval. Wire: `0`.
    Waiting,
    /// Approved: paid out to the seller in the morning of the due date. Wire: `1`.
    Approved,
    /// Cancelled: the order only. Wire: `-1`.
    Cancelled,
    /// Cancelled: order and payment. Wire: `12`.
    PaymentCancelled,
    /// Refunded. Wire: `13`.
    Refunded,
    /// A state that no page lists.
    Other(String),
}

impl From<String> for OrderStatus {
    fn from(text: String) -> Self {
        match text.trim() {
            "0" => Self::Waiting,
            "1" => Self::Approved,
            "-1" => Self::Cancelled,
            "12" => Self::PaymentCancelled,
            "13" => Self::Refunded,
            _ => Self::Other(text),
        }
    }
}

impl From<OrderStatus> for String {
    fn from(status: OrderStatus) -> Self {
        match status {
            OrderStatus::Waiting => "0".to_owned(),
            OrderStatus::Approved => "1".to_owned(),
            OrderStatus::Cancelled => "-1".to_owned(),
            OrderStatus::PaymentCancelled => "12".to_owned(),
            OrderStatus::Refunded => "13".to_owned(),
            OrderStatus::Other(text) => text,
        }
    }
}
