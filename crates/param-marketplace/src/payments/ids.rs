//! The numbers of a payment. Each has a type of its own, and two are equal without regard to blanks
//! around them, because answers pad a number that the forms repeat without blanks.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::net::IpAddr;

use serde::{Deserialize, Serialize};

use crate::wire::held_as_text;

/// The shop's own number of an order, up to 36 characters. **When it was used before, the service
/// assigns another one and reports it**: keep what the answer says. Wire: `Siparis_ID`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PaymentOrder(#[serde(deserialize_with = "kervan_wire::charset::whole")] String);

/// The shop's own key of one attempt to pay, unique to it. It comes back in callbacks, and it is what
/// a payment with an unknown outcome is looked up by. Wire: `Islem_ID` of requests.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PaymentKey(#[serde(deserialize_with = "kervan_wire::charset::whole")] String);

/// The number of a receipt, given when money has moved. It is not the number of the payment
/// ([`PaymentId`](crate::PaymentId)). Wire: `Dekont_ID`, and `Islem_ID` in answers without 3-D.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ReceiptId(#[serde(deserialize_with = "kervan_wire::charset::whole")] String);

/// The number of a reservation, as the answer that reserved told it. Wire: `Prov_ID`, and `Islem_ID` in
/// answers of reservations.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ProvisionId(#[serde(deserialize_with = "kervan_wire::charset::whole")] String);

macro_rules! text {
    ($($name:ident)+) => {$(
        impl $name {
            /// The number as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                self.0.trim() == other.0.trim()
            }
        }

        impl Eq for $name {}

        impl Hash for $name {
            fn hash<H: Hasher>(&self, state: &mut H) {
                self.0.trim().hash(state);
            }
        }

        impl<T: Into<String>> From<T> for $name {
            fn from(text: T) -> Self {
                Self(text.into())
            }
        }
    )+};
}

text!(PaymentOrder PaymentKey ReceiptId ProvisionId);
held_as_text! { PaymentOrder PaymentKey ReceiptId ProvisionId }

impl ReceiptId {
    /// A receipt of a payment that was made: digits, not all of them zero.
    pub(crate) fn of_money(text: &str) -> Option<Self> {
        let text = text.trim();
        let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        (digits && text.bytes().any(|byte| byte != b'0')).then(|| text.into())
    }
}

/// The customer's address on the internet. Does not print itself. Wire: `IPAdr`.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CustomerIp(IpAddr);

impl CustomerIp {
    /// The address.
    pub fn get(self) -> IpAddr {
        self.0
    }
}

impl From<IpAddr> for CustomerIp {
    fn from(address: IpAddr) -> Self {
        Self(address)
    }
}

impl fmt::Debug for CustomerIp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn c3_blanks_around_a_number_make_no_other_number() {
        let spelled = ["KV-2001", " KV-2001", "KV-2001\r\n"].map(PaymentOrder::from);
        let one: std::collections::HashSet<_> = spelled.into_iter().collect();
        assert_eq!(one.len(), 1);
        assert_ne!(PaymentKey::from("KV-2001"), PaymentKey::from("KV -2001"));
    }

    #[test]
    fn a_receipt_of_zero_is_none() {
        for text in ["", "0", " 000 ", "-1", "1a", "3007300695,"] {
            assert_eq!(ReceiptId::of_money(text), None, "{text}");
        }
        assert_eq!(
            ReceiptId::of_money(" 3007300695 ").unwrap().as_str(),
            "3007300695"
        );
    }
}
