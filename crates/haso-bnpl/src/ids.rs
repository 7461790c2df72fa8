//! Numbers and codes, each a type of its own.
//!
//! A number is compared, signed, sent and stored in one form, that of [`sent`]: letters together with their
//! marks, a blank for a line end, no blanks at its ends. Two spellings of a number are therefore equal.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};

use kervan_turkiye::line::sent;
use serde::{Deserialize, Serialize, Serializer};

use crate::check::TypedText;

/// The shop's number of an order, 1 to 20 characters, used once. Wire: `merchantOid`.
///
/// Two spellings of it are equal. HASO answers with [`as_str`](Self::as_str), so store that.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct OrderNumber(Number);

/// HASO's number of a customer, at most 10 characters. Wire: `customerId`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CustomerId(Number);

/// HASO's number of an order. Store it next to the order's own. Wire: `transactionCode`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TransactionCode(Number);

/// HASO's code of one installment. Wire: `paymentCode`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PaymentCode(Number);

/// The shop's number of a refund: the key that makes a repeat harmless. Wire: `refundId`.
///
/// Two spellings of it are equal, and are one refund.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RefundId(Number);

/// The number of a request to the credit bureau. Wire: `kkbRefNo`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct BureauReference(Number);

/// Returns whether a text of an answer is a number of the request, in any spelling.
pub(crate) fn is_same(one: &str, other: &str) -> bool {
    sent(one) == sent(other)
}

/// The text of a number as it travels. The given text is kept for the check, which reports the changes.
#[derive(Clone)]
struct Number {
    sent: String,
    /// `None` where it is the same.
    given: Option<String>,
}

impl From<String> for Number {
    fn from(given: String) -> Self {
        let text = sent(&given).into_owned();
        let given = (given != text).then_some(given);
        Self { sent: text, given }
    }
}

impl fmt::Debug for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.sent, f)
    }
}

impl PartialEq for Number {
    fn eq(&self, other: &Self) -> bool {
        self.sent == other.sent
    }
}

impl Eq for Number {}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Number {
    fn cmp(&self, other: &Self) -> Ordering {
        self.sent.cmp(&other.sent)
    }
}

impl Hash for Number {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.sent.hash(state);
    }
}

/// Writes the text as it travels.
impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.sent)
    }
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        kervan_wire::charset::whole(deserializer)
    }
}

macro_rules! numbers {
    ($($type:ident),*) => {$(
        impl $type {
            /// Returns the text as it travels.
            pub fn as_str(&self) -> &str {
                &self.0.sent
            }
        }

        impl<T: Into<String>> From<T> for $type {
            fn from(text: T) -> Self {
                Self(Number::from(text.into()))
            }
        }

        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl TypedText for $type {
            fn given(&self) -> &str {
                self.0.given.as_deref().unwrap_or(&self.0.sent)
            }
        }
    )*};
}

numbers!(
    OrderNumber,
    CustomerId,
    TransactionCode,
    PaymentCode,
    RefundId,
    BureauReference
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn t10_two_spellings_of_a_number_are_one() {
        for (parts, whole) in [
            ("S\u{327}I\u{307}S\u{327}E-1", "ŞİŞE-1"),
            ("s\u{327}ube-7 ", "şube-7"),
            ("A\n1", "A 1"),
            ("KV\u{a0}1\u{fe0f}", "KV 1"),
        ] {
            let (one, other) = (RefundId::from(parts), RefundId::from(whole));
            assert_eq!((&one, one.as_str(), one.given()), (&other, whole, parts));
            assert_eq!(one.cmp(&other), Ordering::Equal);
            let numbers = std::collections::HashSet::from([one.clone(), other]);
            assert_eq!(numbers.len(), 1);
            assert_eq!(serde_json::to_value(&one).unwrap(), whole);
            let read: RefundId = serde_json::from_value(parts.into()).unwrap();
            assert_eq!((read.as_str(), read.given()), (whole, parts));
            assert!(is_same(parts, whole));
        }
        // Cannot be sent: the check refuses it.
        assert_eq!(RefundId::from("A\0").as_str(), "A\0");
        assert!(!is_same("A", "Ä"));
    }
}
