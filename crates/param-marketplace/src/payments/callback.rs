//! The forms that the customer's browser posts to the shop after 3-D.
//!
//! Anybody can post a form, so reading one returns only the order that it names. [`ModelCallback::verify`]
//! and [`PayCallback::verify`] compare the signature in constant time. They also compare the stored order
//! with each unsigned value that decides (amount, currency, the payment's number, the posted key). Only
//! then do they return the result. This cannot be turned off. Other unsigned values are passed on and
//! marked as unsigned.
//!
//! The merchant's key is the only secret in either signature. Guard that key, and confirm a payment with
//! [`QueryPayment`](super::QueryPayment) before anybody is paid from it. A callback may arrive twice: act
//! once for each order.

mod expected;
mod fields;
mod model;
mod pay;
mod subject;
#[cfg(feature = "testing")]
pub mod testing;

use kervan_core::error::Unreadable;

pub use expected::{ExpectedModel, ExpectedPayment};
pub use model::{Authenticated, ModelCallback, ModelResult, NotAuthenticated};
pub use pay::{NotPaid, PaidCallback, PayCallback, PayResult, ReservedCallback};

/// The reason why a callback was rejected. Never holds posted values.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CallbackError {
    /// The body is not a form, or a field is missing or duplicate.
    #[error("the callback cannot be read: {0}")]
    Unreadable(#[from] Unreadable),
    /// The form has no signature, like the documented forms of stored cards and BKM Express. Ask for the
    /// payment with [`QueryPayment`](super::QueryPayment).
    #[error("the callback has no signature")]
    Unsigned,
    /// The signature does not match the values and the merchant's key.
    #[error("the callback's signature is wrong")]
    Forged,
    /// A value differs from the stored order's. The callback belongs to another payment, or an unsigned
    /// value was altered.
    #[error("the callback's `{0}` is not that of the order")]
    Mismatch(&'static str),
}

impl CallbackError {
    /// Returns a stable name of the reason.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unreadable(unreadable) => unreadable.reason().name(),
            Self::Unsigned => "unsigned",
            Self::Forged => "forged",
            Self::Mismatch(_) => "mismatch",
        }
    }

    /// Returns the field's name at the provider.
    pub fn field(&self) -> Option<&str> {
        match self {
            Self::Unreadable(unreadable) => Some(unreadable.path()).filter(|path| !path.is_empty()),
            Self::Mismatch(field) => Some(field),
            Self::Unsigned | Self::Forged => None,
        }
    }
}
