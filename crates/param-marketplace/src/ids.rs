//! Keys and numbers of the marketplace, each a type of its own.

use std::fmt;

use kervan_core::Secret;
use serde::{Deserialize, Serialize};

/// The key of the marketplace; it stands in most calls. Never prints itself. Wire: `ETS_GUID`.
#[derive(Clone, Debug, Deserialize)]
#[serde(transparent)]
pub struct MarketplaceKey(pub(crate) Secret);

/// The key of the merchant; cancelling and refunding take it. Never prints itself. Wire: `GUID`.
#[derive(Clone, Debug, Deserialize)]
#[serde(transparent)]
pub struct MerchantKey(pub(crate) Secret);

impl<T: Into<Secret>> From<T> for MarketplaceKey {
    fn from(key: T) -> Self {
        Self(key.into())
    }
}

impl<T: Into<Secret>> From<T> for MerchantKey {
    fn from(key: T) -> Self {
        Self(key.into())
    }
}

/// The key of a seller (sub-merchant), 36 characters. Wire: `GUID_AltUyeIsyeri`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SubMerchantId(String);

/// The key of an order: one seller's share of one payment. Keep it; every later call needs it. The
/// documents say 36 characters, an old sample has a number of 21 digits. Wire: `PYSiparis_GUID`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct OrderKey(String);

/// The number of a payment, as 1247910825. After a 3-D payment it is the callback's
/// `TURKPOS_RETVAL_SanalPOS_Islem_ID`, not its `TURKPOS_RETVAL_Islem_ID`. Wire: `SanalPOS_Islem_ID`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PaymentId(u64);

impl SubMerchantId {
    /// The key as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl OrderKey {
    /// The key as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl PaymentId {
    /// A payment's number.
    pub fn new(number: u64) -> Self {
        Self(number)
    }

    /// The number.
    pub fn get(self) -> u64 {
        self.0
    }
}

impl<T: Into<String>> From<T> for SubMerchantId {
    fn from(text: T) -> Self {
        Self(text.into())
    }
}

impl<T: Into<String>> From<T> for OrderKey {
    fn from(text: T) -> Self {
        Self(text.into())
    }
}

impl fmt::Display for PaymentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
