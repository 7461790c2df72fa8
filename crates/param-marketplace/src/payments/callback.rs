//! What the customer's browser posts to the shop after 3-D, and what it proves.
//!
//! Anybody can post a form. Reading one gives a type that tells which order it is about and nothing
//! else; [`ModelCallback::verify`] and [`PayCallback::verify`] compare the signature in constant time,
//! and the stored order with each unsigned value that decides (amount, currency, the payment's number,
//! the posted key). Only then do they say what happened. There is no switch that turns this off. Other
//! unsigned values are handed on as such.
//!
//! Neither signature holds a secret beyond the merchant's key, so guard that key, and confirm a
//! payment with [`QueryPayment`](super::QueryPayment) before anybody is paid from it. A callback may
//! come twice: do what it asks for once for its order.

mod expected;
mod fields;
mod model;
mod pay;
#[cfg(feature = "testing")]
pub mod testing;

use kervan_core::error::Unreadable;

pub use expected::{ExpectedModel, ExpectedPayment};
pub use model::{Authenticated, ModelCallback, ModelResult, NotAuthenticated};
pub use pay::{NotPaid, PaidCallback, PayCallback, PayResult, ReservedCallback};

/// Why a callback is not believed. Never holds what was posted.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CallbackError {
    /// It is no form, or a field is missing or stands there twice.
    #[error("the callback cannot be read: {0}")]
    Unreadable(#[from] Unreadable),
    /// It has no signature, as the documented forms of stored cards and BKM Express. Ask with
    /// [`QueryPayment`](super::QueryPayment) what became of the payment.
    #[error("the callback has no signature")]
    Unsigned,
    /// The signature is not that of its values and the merchant's key.
    #[error("the callback's signature is wrong")]
    Forged,
    /// A value differs from the stored order's. The callback belongs to another payment, or it was
    /// altered where the signature does not reach.
    #[error("the callback's `{0}` is not that of the order")]
    Mismatch(&'static str),
}

impl CallbackError {
    /// A stable name of the reason.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unreadable(unreadable) => unreadable.reason().name(),
            Self::Unsigned => "unsigned",
            Self::Forged => "forged",
            Self::Mismatch(_) => "mismatch",
        }
    }

    /// The field, in the provider's names.
    pub fn field(&self) -> Option<&str> {
        match self {
            Self::Unreadable(unreadable) => Some(unreadable.path()).filter(|path| !path.is_empty()),
            Self::Mismatch(field) => Some(field),
            Self::Unsigned | Self::Forged => None,
        }
    }
}
