//! Numbers and codes, each a type of its own.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The shop's number of an order, 1 to 20 characters, used once. Wire: `merchantOid`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct OrderNumber(#[serde(deserialize_with = "kervan_wire::charset::whole")] String);

/// HASO's number of a customer, at most 10 characters. Wire: `customerId`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CustomerId(#[serde(deserialize_with = "kervan_wire::charset::whole")] String);

/// HASO's number of an order. Store it next to the order's own. Wire: `transactionCode`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TransactionCode(#[serde(deserialize_with = "kervan_wire::charset::whole")] String);

/// HASO's code of one installment. Wire: `paymentCode`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PaymentCode(#[serde(deserialize_with = "kervan_wire::charset::whole")] String);

/// The shop's number of a refund: the key that makes a repeat harmless. Wire: `refundId`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RefundId(#[serde(deserialize_with = "kervan_wire::charset::whole")] String);

/// The number of a request to the credit bureau. Wire: `kkbRefNo`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct BureauReference(#[serde(deserialize_with = "kervan_wire::charset::whole")] String);

/// Returns whether two numbers are the same for HASO: whitespace around them does not count.
pub(crate) fn is_same(one: &str, other: &str) -> bool {
    one.trim() == other.trim()
}

/// Joins numbers into the key of an attempt.
pub(crate) fn key(numbers: &[&str]) -> String {
    let trimmed: Vec<_> = numbers.iter().map(|number| number.trim()).collect();
    trimmed.join("/")
}

impl OrderNumber {
    /// Returns the text as it travels.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<T: Into<String>> From<T> for OrderNumber {
    fn from(text: T) -> Self {
        Self(text.into())
    }
}

impl fmt::Display for OrderNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl CustomerId {
    /// Returns the text as it travels.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<T: Into<String>> From<T> for CustomerId {
    fn from(text: T) -> Self {
        Self(text.into())
    }
}

impl fmt::Display for CustomerId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TransactionCode {
    /// Returns the text as it travels.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<T: Into<String>> From<T> for TransactionCode {
    fn from(text: T) -> Self {
        Self(text.into())
    }
}

impl fmt::Display for TransactionCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl PaymentCode {
    /// Returns the text as it travels.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<T: Into<String>> From<T> for PaymentCode {
    fn from(text: T) -> Self {
        Self(text.into())
    }
}

impl fmt::Display for PaymentCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl RefundId {
    /// Returns the text as it travels.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<T: Into<String>> From<T> for RefundId {
    fn from(text: T) -> Self {
        Self(text.into())
    }
}

impl fmt::Display for RefundId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl BureauReference {
    /// Returns the text as it travels.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<T: Into<String>> From<T> for BureauReference {
    fn from(text: T) -> Self {
        Self(text.into())
    }
}

impl fmt::Display for BureauReference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
