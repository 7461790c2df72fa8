//! A request that a provider, or a customer's browser on its behalf, sent to the program.

use std::fmt;
use std::net::IpAddr;
use std::time::SystemTime;

/// A post that arrived at the program's own address: a callback, a return from a bank's page, a push.
///
/// Every reader of such posts takes one, so that a web framework is bound in one place, and what arrived
/// can be stored before anything is read. Anybody may have sent it: nothing in it is true before it is
/// verified.
///
/// ```
/// use std::time::SystemTime;
/// use kervan_core::Delivery;
///
/// let headers = [("Content-Type", "application/x-www-form-urlencoded"), ("Cookie", "session=1")];
/// let delivery = Delivery::new(headers, "Success=True", SystemTime::UNIX_EPOCH);
/// assert_eq!(delivery.content_type(), Some("application/x-www-form-urlencoded"));
/// assert_eq!(delivery.header("cookie"), None, "it is not listed");
/// ```
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Delivery {
    /// The headers that are [listed](Self::HEADERS), in their order.
    pub headers: Vec<(String, String)>,
    /// The body, byte for byte.
    pub body: Vec<u8>,
    /// When it arrived, by the program's clock.
    pub arrived_at: SystemTime,
    /// Who sent it, where that is known. Behind a proxy it is the proxy's address.
    pub peer: Option<IpAddr>,
    /// The shop's own name for whatever the address belongs to, as `order 17`. Not the unguessable part of the
    /// address itself.
    pub reference: Option<String>,
}

impl Delivery {
    /// The headers that are kept, in small letters. A browser's cookies and a proxy's credentials are not
    /// among them.
    pub const HEADERS: [&str; 5] = [
        "content-type",
        "soapaction",
        "user-agent",
        "forwarded",
        "x-forwarded-for",
    ];

    /// Takes in what arrived. Headers that are not listed are dropped.
    pub fn new<N: Into<String>, V: Into<String>>(
        headers: impl IntoIterator<Item = (N, V)>,
        body: impl Into<Vec<u8>>,
        arrived_at: SystemTime,
    ) -> Self {
        let is_listed = |name: &str| Self::HEADERS.contains(&&*name.to_ascii_lowercase());
        let headers = headers.into_iter();
        let headers = headers.map(|(name, value)| (name.into(), value.into()));
        Self {
            headers: headers
                .filter(|(name, _): &(String, _)| is_listed(name))
                .collect(),
            body: body.into(),
            arrived_at,
            peer: None,
            reference: None,
        }
    }

    /// Sets who sent it.
    #[must_use]
    pub fn peer(mut self, peer: IpAddr) -> Self {
        self.peer = Some(peer);
        self
    }

    /// Sets the shop's own name for whatever the address belongs to. Some posts name nothing themselves.
    #[must_use]
    pub fn reference(mut self, reference: impl Into<String>) -> Self {
        self.reference = Some(reference.into());
        self
    }

    /// Returns a header's first value; letter case does not matter.
    pub fn header(&self, name: &str) -> Option<&str> {
        header(&self.headers, name)
    }

    /// Returns the content type as it was sent.
    pub fn content_type(&self) -> Option<&str> {
        self.header("content-type")
    }
}

/// Shows sizes, and nothing that was sent.
impl fmt::Debug for Delivery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Delivery")
            .field("headers", &self.headers.len())
            .field("body_bytes", &self.body.len())
            .field("arrived_at", &self.arrived_at)
            .finish_non_exhaustive()
    }
}

/// Joins numbers into one key, as of an attempt, or of the subject of a post. A slash in a number, as in
/// `2026/15`, is written as `~1`, so that two lists of numbers never have one key.
///
/// ```
/// assert_eq!(kervan_core::joined(&["paid", "2026/15"]), "paid/2026~115");
/// ```
pub fn joined(numbers: &[&str]) -> String {
    let numbers = numbers.iter();
    let numbers: Vec<_> = numbers
        .map(|number| number.replace('~', "~0").replace('/', "~1"))
        .collect();
    numbers.join("/")
}

pub(crate) fn header<'h>(headers: &'h [(String, String)], name: &str) -> Option<&'h str> {
    let mut same = headers
        .iter()
        .filter(|(have, _)| have.eq_ignore_ascii_case(name));
    same.next().map(|(_, value)| value.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_lists_of_numbers_never_have_one_key() {
        assert_eq!(joined(&["KV-1", "TRX-1"]), "KV-1/TRX-1");
        for (one, other) in [
            (["2026/15", "P"].as_slice(), ["2026", "15", "P"].as_slice()),
            (&["A/B", "C"], &["A", "B/C"]),
            (&["A~1B"], &["A/B"]),
            (&["A~", "1"], &["A", "~1"]),
        ] {
            assert_ne!(joined(one), joined(other));
        }
    }

    #[test]
    fn keeps_the_listed_headers_and_prints_none() {
        let headers = [
            ("CONTENT-TYPE", "text/xml"),
            ("Authorization", "s3cret"),
            ("content-type", "text/plain"),
            ("User-Agent", "s3cret"),
        ];
        let delivery = Delivery::new(headers, "s3cret", SystemTime::UNIX_EPOCH)
            .peer(IpAddr::from([203, 0, 113, 7]));
        let names: Vec<_> = delivery.headers.iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["CONTENT-TYPE", "content-type", "User-Agent"]);
        assert_eq!(delivery.content_type(), Some("text/xml"));
        assert_eq!(delivery.peer, Some(IpAddr::from([203, 0, 113, 7])));
        let shown = format!("{delivery:?} {delivery:#?}");
        assert!(
            !shown.contains("s3cret") && !shown.contains("203."),
            "{shown}"
        );
    }
}
