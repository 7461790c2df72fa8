//! Keys and numbers of the marketplace, each a type of its own.

use std::fmt;
use std::hash::{Hash, Hasher};

use kervan_core::Secret;
use kervan_turkiye::line::sent;
use serde::{Deserialize, Serialize};
use sha1::{Digest, Sha1};

/// The key of the marketplace, which most calls send. Never prints itself. Wire: `ETS_GUID`.
#[derive(Clone, Debug, Deserialize)]
#[serde(transparent)]
pub struct MarketplaceKey(pub(crate) Secret);

/// The key of the merchant, which cancellations and refunds send. Never prints itself. Wire: `GUID`.
#[derive(Clone, Debug, Deserialize)]
#[serde(transparent)]
pub struct MerchantKey(pub(crate) Secret);

// Neither is made by `into`: a builder that takes both would not notice that they are exchanged.
impl MarketplaceKey {
    /// Creates it from the key that Param gave for the marketplace, its `ETS_GUID`.
    pub fn new(key: impl Into<Secret>) -> Self {
        Self(key.into())
    }
}

impl MerchantKey {
    /// Creates it from the key that Param gave for the merchant, its `GUID`.
    pub fn new(key: impl Into<Secret>) -> Self {
        Self(key.into())
    }
}

/// The key of a seller (sub-merchant), 36 characters. Two are equal without regard to letter case, as the
/// provider compares them, and to blanks around them, which are not sent. Wire: `GUID_AltUyeIsyeri`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SubMerchantId(#[serde(deserialize_with = "kervan_wire::charset::whole")] String);

/// The key of an order: one seller's share of one payment. Keep it; every later call needs it. The
/// documents say 36 characters; an old sample has a number of 21 digits. Two are equal without regard to
/// letter case, as the provider compares them, and to blanks around them, which are not sent. Wire:
/// `PYSiparis_GUID`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct OrderKey(#[serde(deserialize_with = "kervan_wire::charset::whole")] String);

/// The number of a payment, for example 1247910825. After a 3-D payment it is the callback's
/// `TURKPOS_RETVAL_SanalPOS_Islem_ID`, not its `TURKPOS_RETVAL_Islem_ID`. Wire: `SanalPOS_Islem_ID`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PaymentId(u64);

impl SubMerchantId {
    /// Returns the key as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl OrderKey {
    /// Returns the key as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl PaymentId {
    /// Creates a payment's number.
    pub fn new(number: u64) -> Self {
        Self(number)
    }

    /// Returns the number.
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

/// Returns a key in the form in which two are compared: as it is sent, in small letters.
pub(crate) fn folded(key: &str) -> String {
    sent(key).to_ascii_lowercase()
}

/// Returns whether two keys are the same, as the provider compares GUIDs.
pub(crate) fn same(one: &str, other: &str) -> bool {
    sent(one).eq_ignore_ascii_case(&sent(other))
}

/// Returns whether a text can be a key: neither blank nor a GUID of zeros, which is a placeholder.
pub(crate) fn is_key(text: &str) -> bool {
    let filler = |c: char| matches!(c, '0' | '-' | '{' | '}') || c.is_whitespace();
    !sent(text).chars().all(filler)
}

macro_rules! compared_as_guid {
    ($($name:ident)+) => {$(
        impl PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                same(&self.0, &other.0)
            }
        }

        impl Eq for $name {}

        impl Hash for $name {
            fn hash<H: Hasher>(&self, state: &mut H) {
                folded(&self.0).hash(state);
            }
        }
    )+};
}

compared_as_guid!(SubMerchantId OrderKey);

/// Computes a digest of personal data (64 bits of SHA-1). It shows that two attempts are about the same
/// object.
pub(crate) fn digest(parts: &[&str]) -> String {
    let mut sha = Sha1::new();
    for part in parts {
        sha.update(part.len().to_be_bytes());
        sha.update(part.as_bytes());
    }
    let digest = sha.finalize();
    let (kept, _) = digest.split_at(8);
    let number = kept
        .iter()
        .fold(0_u64, |number, byte| (number << 8) | u64::from(*byte));
    format!("{number:016x}")
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    const KEY: &str = "1d4e8a77-0000-4000-8000-0000000000b2";

    #[test]
    fn w8_keys_are_compared_without_letter_case() {
        let copied = format!("\u{200b}{KEY}\u{feff}");
        let spelled = [
            KEY.to_owned(),
            KEY.to_uppercase(),
            format!(" {KEY}\n"),
            copied,
        ];
        let orders: HashSet<_> = spelled.iter().cloned().map(OrderKey::from).collect();
        assert_eq!(orders.len(), 1);
        let sellers: HashSet<_> = spelled.into_iter().map(SubMerchantId::from).collect();
        assert_eq!(sellers.len(), 1);
        assert_ne!(OrderKey::from(KEY), OrderKey::from(&KEY[1..]));
    }

    #[test]
    fn w9_blanks_and_zeros_are_not_keys() {
        for text in ["", " ", "0", "00000000-0000-0000-0000-000000000000"] {
            assert!(!is_key(text), "{text}");
        }
        assert!(is_key(KEY) && is_key("000000000000000000001"));
    }

    #[test]
    fn a_digest_tells_parts_apart() {
        assert_ne!(digest(&["ab", "c"]), digest(&["a", "bc"]));
        assert_eq!(digest(&["ab"]).len(), 16);
    }
}
