//! Internet addresses of customers.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use crate::fault::{Fault, FaultKind, InputError, MISSING, REDACTED};
use crate::letters::trimmed;

const NAME: &str = "client_address";

/// The text is an address of version 4 or 6.
pub static FORM: Fault = Fault::new(
    "client_address.form",
    FaultKind::Form,
    "`{path}` is not an IP address",
    "`{path}` bir IP adresi değil",
);

/// A header of a proxy lists several addresses. Only the shop knows which of them it can trust.
pub static SEVERAL: Fault = Fault::new(
    "client_address.several",
    FaultKind::Ambiguous,
    "`{path}` lists several addresses, as the header of a proxy does",
    "`{path}` alanında, vekil sunucu başlığındaki gibi birden çok adres var",
);

/// The faults of an address.
pub static ALL: &[&Fault] = &[&FORM, &SEVERAL];

/// The address of a customer.
///
/// One of version 4 that is written as version 6 (`::ffff:203.0.113.7`) becomes version 4, because a
/// server that listens to both versions sees all addresses that way. `Debug` prints nothing of it.
///
/// ```
/// use kervan_turkiye::client_address::{ClientAddress, Reach};
/// let address = ClientAddress::from_input("::ffff:203.0.113.7")?;
/// assert_eq!(address.to_text(), "203.0.113.7");
/// let address = ClientAddress::from_input("::ffff:10.0.0.5")?;
/// assert_eq!(address.reach(), Reach::Private);
/// # Ok::<(), kervan_turkiye::fault::InputError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClientAddress(IpAddr);

/// Where an address can be reached from, by the registries of special addresses (IANA).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Reach {
    /// From everywhere.
    Public,
    /// Nowhere: it is for examples, as `203.0.113.7` and `2001:db8::1`.
    Documentation,
    /// Inside of a private network: `10.0.0.5`, `192.168.1.2`, `fd00::1`.
    Private,
    /// Inside of the network of a provider of internet: `100.64.3.2`.
    Shared,
    /// From this machine: `127.0.0.1`, `::1`.
    Loopback,
    /// From the same wire: `169.254.0.1`, `fe80::1`.
    LinkLocal,
    /// Nowhere: `0.0.0.0`, `::`.
    Unspecified,
    /// All machines: `255.255.255.255`.
    Broadcast,
    /// Many machines: `224.0.0.1`, `ff02::1`.
    Multicast,
    /// Nowhere: kept for protocols, measurements or later.
    Reserved,
}

impl ClientAddress {
    /// Reads an address as a server or a header has it, with blanks, brackets or a port.
    ///
    /// # Errors
    ///
    /// One of [`ALL`], or [`MISSING`].
    pub fn from_input(text: &str) -> Result<Self, InputError> {
        let text = trimmed(text);
        if text.is_empty() {
            return Err(MISSING.of(NAME));
        }
        let bare = text
            .strip_prefix('[')
            .and_then(|rest| rest.strip_suffix(']'))
            .unwrap_or(text);
        let address = bare
            .parse()
            .or_else(|_| text.parse::<SocketAddr>().map(|socket| socket.ip()));
        address.map(Self::from).map_err(|_| {
            let is_list = text.contains([',', ';']);
            if is_list { &SEVERAL } else { &FORM }.of(NAME)
        })
    }

    /// Reads the form that is sent: what [`to_text`](Self::to_text) writes, in any case and with zeros
    /// or without.
    ///
    /// # Errors
    ///
    /// [`FORM`], also for one of version 4 that is written as version 6.
    pub fn new(text: &str) -> Result<Self, InputError> {
        let address: IpAddr = text.parse().map_err(|_| FORM.of(NAME))?;
        let found = Self::from(address);
        if found.0 == address {
            Ok(found)
        } else {
            Err(FORM.of(NAME))
        }
    }

    /// Returns the address.
    pub fn ip(self) -> IpAddr {
        self.0
    }

    /// Returns the address as it is sent.
    pub fn to_text(self) -> String {
        self.0.to_string()
    }

    /// Returns where it can be reached from.
    pub fn reach(self) -> Reach {
        match self.0 {
            IpAddr::V4(address) => reach_of_v4(address),
            IpAddr::V6(address) => reach_of_v6(address),
        }
    }

    /// Returns whether a customer on the internet can have it. Addresses for examples count, so that
    /// tests and documents can use them.
    pub fn is_public(self) -> bool {
        matches!(self.reach(), Reach::Public | Reach::Documentation)
    }
}

fn reach_of_v4(address: Ipv4Addr) -> Reach {
    match address.octets() {
        [255, 255, 255, 255] => Reach::Broadcast,
        [0, 0, 0, 0] => Reach::Unspecified,
        [127, ..] => Reach::Loopback,
        [10, ..] | [192, 168, ..] | [172, 16..=31, ..] => Reach::Private,
        [100, 64..=127, ..] => Reach::Shared,
        [169, 254, ..] => Reach::LinkLocal,
        [192, 0, 2, _] | [198, 51, 100, _] | [203, 0, 113, _] => Reach::Documentation,
        [224..=239, ..] => Reach::Multicast,
        // Anycast addresses of 192.0.0.0/24 are reached, but no customer has one.
        [0 | 240..=255, ..] | [192, 0, 0, _] | [198, 18 | 19, ..] => Reach::Reserved,
        _ => Reach::Public,
    }
}

fn reach_of_v6(address: Ipv6Addr) -> Reach {
    match address.segments() {
        [0, 0, 0, 0, 0, 0, 0, 0] => Reach::Unspecified,
        [0, 0, 0, 0, 0, 0, 0, 1] => Reach::Loopback,
        [0x2001, 0xdb8, ..] | [0x3fff, 0..=0x0fff, ..] => Reach::Documentation,
        [0xfc00..=0xfdff, ..] => Reach::Private,
        [0xfe80..=0xfebf, ..] => Reach::LinkLocal,
        [0xff00..=0xffff, ..] => Reach::Multicast,
        // Of 2001::/23 only tunnels (2001::/32) reach customers; 5f00::/16 is for routers.
        [0x2001, 1..=0x1ff, ..] | [0x5f00, ..] => Reach::Reserved,
        // Global addresses are in 2000::/3, and those that a network translates from version 4 in
        // 64:ff9b::/96.
        [0x2000..=0x3fff, ..] | [0x64, 0xff9b, 0, 0, 0, 0, ..] => Reach::Public,
        _ => Reach::Reserved,
    }
}

impl From<IpAddr> for ClientAddress {
    fn from(address: IpAddr) -> Self {
        Self(address.to_canonical())
    }
}

impl fmt::Debug for ClientAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(REDACTED)
    }
}

/// Reads the form that is sent, as [`new`](Self::new) does.
impl std::str::FromStr for ClientAddress {
    type Err = InputError;

    fn from_str(text: &str) -> Result<Self, InputError> {
        Self::new(text)
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for ClientAddress {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for ClientAddress {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        crate::number_type::read_stored(deserializer, Self::new)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn t8_addresses_are_sent_and_judged_as_what_they_are() {
        for (text, sent, reach) in [
            ("::ffff:203.0.113.7", "203.0.113.7", Reach::Documentation),
            ("::ffff:10.0.0.5", "10.0.0.5", Reach::Private),
            ("100.64.3.2", "100.64.3.2", Reach::Shared),
            ("255.255.255.255", "255.255.255.255", Reach::Broadcast),
            // More of both versions.
            ("::FFFF:c0a8:0102", "192.168.1.2", Reach::Private),
            ("::ffff:100.127.255.255", "100.127.255.255", Reach::Shared),
            ("88.255.1.2", "88.255.1.2", Reach::Public),
            ("100.128.0.1", "100.128.0.1", Reach::Public),
            ("172.32.0.1", "172.32.0.1", Reach::Public),
            ("172.31.0.1", "172.31.0.1", Reach::Private),
            ("0.0.0.0", "0.0.0.0", Reach::Unspecified),
            ("0.1.2.3", "0.1.2.3", Reach::Reserved),
            ("127.9.9.9", "127.9.9.9", Reach::Loopback),
            ("169.254.1.1", "169.254.1.1", Reach::LinkLocal),
            ("224.0.0.1", "224.0.0.1", Reach::Multicast),
            ("240.0.0.1", "240.0.0.1", Reach::Reserved),
            ("198.19.0.1", "198.19.0.1", Reach::Reserved),
            ("2A00:1450:4001::1", "2a00:1450:4001::1", Reach::Public),
            ("2001:db8::1", "2001:db8::1", Reach::Documentation),
            ("2001:2::1", "2001:2::1", Reach::Reserved),
            ("::1", "::1", Reach::Loopback),
            ("::", "::", Reach::Unspecified),
            ("fd00::1", "fd00::1", Reach::Private),
            ("fe80::1", "fe80::1", Reach::LinkLocal),
            ("ff02::1", "ff02::1", Reach::Multicast),
            ("64:ff9b::5858:101", "64:ff9b::5858:101", Reach::Public),
            ("64:ff9b:1::1", "64:ff9b:1::1", Reach::Reserved),
            ("100::1", "100::1", Reach::Reserved),
            (" 88.255.1.2:51234 ", "88.255.1.2", Reach::Public),
            ("[2a00::1]:443", "2a00::1", Reach::Public),
            ("[::ffff:88.255.1.2]", "88.255.1.2", Reach::Public),
        ] {
            let address = ClientAddress::from_input(text).unwrap();
            assert_eq!(address.to_text(), sent, "{text}");
            assert_eq!(address.reach(), reach, "{text}");
            let is_public = matches!(reach, Reach::Public | Reach::Documentation);
            assert_eq!(address.is_public(), is_public, "{text}");
        }
    }

    #[test]
    fn t8_other_texts_are_refused() {
        for (text, code) in [
            ("", "text.missing"),
            ("x", "client_address.form"),
            ("256.1.1.1", "client_address.form"),
            ("010.0.0.1", "client_address.form"),
            ("fe80::1%eth0", "client_address.form"),
            ("88.255.1.2:99999", "client_address.form"),
            ("88.255.1.2, 10.0.0.1", "client_address.several"),
        ] {
            assert_eq!(
                ClientAddress::from_input(text).unwrap_err().code(),
                code,
                "{text}"
            );
        }
        assert!(ClientAddress::new("::ffff:88.255.1.2").is_err());
        assert!(ClientAddress::new("88.255.1.2").is_ok());
    }
}
