//! The numbers of a payment. Each has a type of its own, and two are equal if they are sent alike. Blanks
//! around a number are ignored, because answers pad a number that the forms repeat without blanks. Composed
//! and decomposed letters are the same, because a file may hold the letter and its mark apart.

use std::borrow::Cow;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::net::IpAddr;

use kervan_core::secret::REDACTED;
use kervan_core::{Personal, Problems};
use kervan_turkiye::client_address::ClientAddress;
use kervan_turkiye::line;
use kervan_turkiye::problems::check_client_address;
use serde::{Deserialize, Serialize};

use crate::typed;
use crate::wire::held_as_text;

/// The shop's own number of an order, up to 36 characters. **When it was used before, the service assigns
/// another one and reports it**: keep the number of the answer. Wire: `Siparis_ID`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PaymentOrder(#[serde(deserialize_with = "kervan_wire::charset::whole")] String);

/// The shop's own key of one attempt to pay, unique to it. Callbacks repeat it, and it finds a payment with
/// an unknown outcome. Wire: `Islem_ID` of requests.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PaymentKey(#[serde(deserialize_with = "kervan_wire::charset::whole")] String);

/// The number of a receipt, which exists once money has moved. It is not the number of the payment
/// ([`PaymentId`](crate::PaymentId)). Wire: `Dekont_ID`, and `Islem_ID` in answers without 3-D.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ReceiptId(#[serde(deserialize_with = "kervan_wire::charset::whole")] String);

/// The number of a reservation, as its answer reported it. Wire: `Prov_ID`, and `Islem_ID` in answers of
/// reservations.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ProvisionId(#[serde(deserialize_with = "kervan_wire::charset::whole")] String);

macro_rules! text {
    ($($name:ident)+) => {$(
        impl $name {
            /// Returns the number as text, as it was given or received.
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// Returns the number as it is sent and compared.
            pub(crate) fn sent(&self) -> Cow<'_, str> {
                line::sent(&self.0)
            }
        }

        impl PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                self.sent() == other.sent()
            }
        }

        impl Eq for $name {}

        impl Hash for $name {
            fn hash<H: Hasher>(&self, state: &mut H) {
                self.sent().hash(state);
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
    /// Reads the receipt of a payment that was made: digits, not all of them zero.
    pub(crate) fn of_money(text: &str) -> Option<Self> {
        let text = text.trim();
        let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        (digits && text.bytes().any(|byte| byte != b'0')).then(|| text.into())
    }
}

/// The customer's address on the internet, as a server or a header has it: of version 4 or 6, with a port
/// or without. Does not print itself. Wire: `IPAdr`.
///
/// An address of version 4 inside of version 6 is sent as version 4: `::ffff:203.0.113.7` as `203.0.113.7`.
/// One that is not public, for example `10.0.0.5`, is a warning. A list of several is an error.
#[derive(Clone, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CustomerIp(Personal);

impl CustomerIp {
    /// Returns the address; `None` for a text that is not one.
    pub fn get(&self) -> Option<ClientAddress> {
        ClientAddress::from_input(self.0.as_str()).ok()
    }

    pub(crate) fn check(&self, problems: &mut Problems, path: &'static str) {
        check_client_address(problems, path, self.0.as_str());
    }

    /// Returns the address as it is sent.
    pub(crate) fn sent(&self) -> String {
        let read = self.get().map(ClientAddress::to_text);
        read.unwrap_or_else(|| typed::line(&self.0).into_owned())
    }
}

impl PartialEq for CustomerIp {
    fn eq(&self, other: &Self) -> bool {
        self.sent() == other.sent()
    }
}

impl Eq for CustomerIp {}

impl From<ClientAddress> for CustomerIp {
    fn from(address: ClientAddress) -> Self {
        address.to_text().into()
    }
}

impl From<IpAddr> for CustomerIp {
    fn from(address: IpAddr) -> Self {
        ClientAddress::from(address).into()
    }
}

impl From<String> for CustomerIp {
    fn from(text: String) -> Self {
        Self(text.into())
    }
}

impl From<&str> for CustomerIp {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

impl fmt::Debug for CustomerIp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(REDACTED)
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
    fn t10_both_spellings_of_a_number_are_one() {
        for (one, other) in [
            ("ŞİŞE-1", "S\u{327}I\u{307}S\u{327}E-1"),
            ("gül-2", "gu\u{308}l-2"),
            ("KV-2001", "KV\u{ad}-2001"),
            ("KV 2001", "KV\u{a0}2001"),
            ("KV-2001", "KV-\u{fe0f}2001\u{200d}"),
        ] {
            assert_eq!(PaymentOrder::from(one), PaymentOrder::from(other));
            let both: std::collections::HashSet<_> =
                [one, other].map(PaymentKey::from).into_iter().collect();
            assert_eq!(both.len(), 1, "{one}");
        }
    }

    #[test]
    fn t8_an_address_is_sent_as_version_4() {
        for (text, sent) in [
            ("::ffff:203.0.113.7", "203.0.113.7"),
            ("::FFFF:c0a8:0102", "192.168.1.2"),
            (" 88.255.1.2:51234 ", "88.255.1.2"),
            ("2A00:1450:4001::1", "2a00:1450:4001::1"),
        ] {
            let address = CustomerIp::from(text);
            assert_eq!(address.sent(), sent);
            assert_eq!(address, CustomerIp::from(sent));
            assert!(!format!("{address:?}").contains(sent));
        }
        let mapped: IpAddr = "::ffff:10.0.0.5".parse().unwrap();
        assert_eq!(CustomerIp::from(mapped).sent(), "10.0.0.5");
        assert!(CustomerIp::from("yok").get().is_none());
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
