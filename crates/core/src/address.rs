//! Addresses that may be called: https, or plain http to this machine.

use std::fmt;
use std::net::{Ipv4Addr, Ipv6Addr};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::{Deserialize, Serialize};

/// The part of a provider's address before the method's own path, without a trailing slash.
///
/// Only `https` is taken, and `http` to loopback (`localhost`, `127.x.x.x`, `[::1]`). A provider
/// that publishes a plain-http host needs
/// [`over_plain_http`](BaseUrl::over_plain_http), by name.
///
/// The form is strict on purpose, so that no two readers can disagree about the host: ASCII host
/// names, no user part, no query, no fragment, a path of plain segments. A host whose last part is
/// a number is an IPv4 address of four decimal parts, since some readers take `127.1` or `0x7f.1`
/// for one as well.
///
/// ```
/// use kervan_core::BaseUrl;
/// assert_eq!(BaseUrl::parse("https://api.example.com/v1/")?.as_str(), "https://api.example.com/v1");
/// assert!(BaseUrl::parse("http://api.example.com/v1").is_err());
/// # Ok::<(), kervan_core::AddressError>(())
/// ```
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct BaseUrl(String);

impl BaseUrl {
    /// Reads a base address.
    ///
    /// # Errors
    ///
    /// [`AddressError`] for another form, or for plain http to another machine.
    pub fn parse(text: &str) -> Result<Self, AddressError> {
        let base = Self::over_plain_http(text)?;
        if base.is_https() || is_loopback(host_of(&base.0)) {
            Ok(base)
        } else {
            Err(AddressError::PlainHttp)
        }
    }

    /// Reads a base address and accepts plain http to any host.
    ///
    /// **Everything sent, credentials included, can be read on the way.** For hosts that the
    /// provider publishes that way and inside private networks only.
    ///
    /// # Errors
    ///
    /// [`AddressError`] for another form.
    pub fn over_plain_http(text: &str) -> Result<Self, AddressError> {
        read(text).map(Self)
    }

    /// Returns the address as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns whether calls to this address are encrypted.
    pub fn is_https(&self) -> bool {
        self.0.starts_with("https://")
    }

    /// Returns the address of a service that is one address, as SOAP services are.
    pub fn url(&self) -> Url {
        Url(self.0.clone())
    }

    /// Returns the address of one method: this base, a slash, and a relative path as `createOrder`.
    ///
    /// # Errors
    ///
    /// [`AddressError::Path`] when the path holds more than plain segments.
    pub fn join(&self, path: &str) -> Result<Url, AddressError> {
        let path = path.strip_prefix('/').unwrap_or(path);
        if path.is_empty() || !is_plain_path(path) {
            return Err(AddressError::Path);
        }
        Ok(Url([self.0.as_str(), "/", path].concat()))
    }
}

impl fmt::Debug for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl TryFrom<String> for BaseUrl {
    type Error = AddressError;

    /// As [`BaseUrl::parse`]: a stored plain-http address has to be chosen again by name.
    fn try_from(text: String) -> Result<Self, AddressError> {
        Self::parse(&text)
    }
}

impl From<BaseUrl> for String {
    fn from(base: BaseUrl) -> Self {
        base.0
    }
}

/// A full address, made by [`BaseUrl::join`] or [`BaseUrl::url`] only, with a query where
/// [`with_query`](Url::with_query) or [`parameter`](Url::parameter) added one.
///
/// `Debug` shows the address up to its query: a query may hold what opens a parcel or an account.
#[derive(Clone, PartialEq, Eq)]
pub struct Url(String);

impl Url {
    /// Returns the address as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the address up to its query.
    pub fn without_query(&self) -> &str {
        self.0.split('?').next().unwrap_or_default()
    }

    /// Returns the path, from its leading slash, without the query.
    pub fn path(&self) -> &str {
        let address = self.without_query();
        let after_scheme = address.find("://").map_or(0, |at| at + 3);
        address[after_scheme..]
            .find('/')
            .map_or("/", |at| &address[after_scheme + at..])
    }

    /// Adds a parameter to the query. In name and value, all but ASCII letters, digits and `-._~` is
    /// written in percent form, as UTF-8.
    #[must_use]
    pub fn parameter(mut self, name: &str, value: &str) -> Self {
        self.0.push(if self.0.contains('?') { '&' } else { '?' });
        self.0.extend(utf8_percent_encode(name, ENCODED));
        self.0.push('=');
        self.0.extend(utf8_percent_encode(value, ENCODED));
        self
    }

    /// Returns the same address with a query, which is encoded already: `code=3513773163316`. An empty one
    /// adds nothing.
    ///
    /// # Errors
    ///
    /// [`AddressError::Query`] for a character that a query cannot hold unencoded, as a blank or a `#`,
    /// and when there is a query already.
    pub fn with_query(self, query: &str) -> Result<Self, AddressError> {
        let plain = |byte: u8| byte.is_ascii_graphic() && !b"#\"<>\\^`{|}".contains(&byte);
        if self.0.contains('?') || !query.bytes().all(plain) {
            return Err(AddressError::Query);
        }
        if query.is_empty() {
            return Ok(self);
        }
        Ok(Self([self.0.as_str(), "?", query].concat()))
    }
}

/// All but letters, digits and the four signs that are never encoded in an address.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

impl fmt::Debug for Url {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = self.without_query();
        let hidden = if shown.len() < self.0.len() {
            "?[redacted]"
        } else {
            ""
        };
        write!(f, "\"{shown}{hidden}\"")
    }
}

/// Why an address is refused. Never holds the address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AddressError {
    /// Neither `https://` nor `http://`.
    #[error("an address starts with `https://`")]
    Scheme,
    /// Plain http to another machine.
    #[error("plain http would show credentials on the way; use https")]
    PlainHttp,
    /// A user name or a password precedes the host. Credentials go into the client's settings.
    #[error(
        "the address holds a user name or a password before the host; leave out what is before `@`"
    )]
    UserInfo,
    /// The host is empty or holds something besides letters, digits, dots and hyphens.
    #[error("the host of the address is not a plain host name")]
    Host,
    /// The port is not a number from 1 to 65535.
    #[error("the port of the address is not a number from 1 to 65535")]
    Port,
    /// The path holds something besides plain segments, or a query or fragment follows.
    #[error("the path of the address holds more than plain segments")]
    Path,
    /// The query holds something that has to be encoded, or there is one already.
    #[error("the query of the address is not encoded")]
    Query,
}

/// Returns the address in its one form: scheme and host in small letters, no slash at the end.
fn read(text: &str) -> Result<String, AddressError> {
    let text = text.trim_matches(|c: char| c.is_ascii_whitespace());
    let (scheme, rest) = text.split_once("://").ok_or(AddressError::Scheme)?;
    let scheme = scheme.to_ascii_lowercase();
    if scheme != "https" && scheme != "http" {
        return Err(AddressError::Scheme);
    }
    let rest = rest.strip_suffix('/').unwrap_or(rest);
    let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
    check_authority(authority).map_err(|error| {
        // A password may hold what looks like the end of a host.
        let before_query = rest.split(['?', '#']).next().unwrap_or_default();
        if before_query.contains('@') {
            AddressError::UserInfo
        } else {
            error
        }
    })?;
    if !path.is_empty() && !is_plain_path(path) {
        return Err(AddressError::Path);
    }
    let slash = if path.is_empty() { "" } else { "/" };
    let authority = authority.to_ascii_lowercase();
    Ok([&scheme, "://", &authority, slash, path].concat())
}

fn check_authority(authority: &str) -> Result<(), AddressError> {
    let (host, port) = split_port(authority);
    if let Some(port) = port {
        let digits = port.bytes().all(|b| b.is_ascii_digit());
        if !digits || !port.parse::<u16>().is_ok_and(|number| number > 0) {
            return Err(AddressError::Port);
        }
    }
    let is_name = !host.is_empty()
        && !host.starts_with(['.', '-'])
        && !host.contains("..")
        && host
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'.' || b == b'-');
    if v6_of(host).is_some()
        || (is_name && (!ends_in_a_number(host) || host.parse::<Ipv4Addr>().is_ok()))
    {
        Ok(())
    } else {
        Err(AddressError::Host)
    }
}

/// Returns whether readers of addresses may take a host for an IPv4 address.
fn ends_in_a_number(host: &str) -> bool {
    let host = host.strip_suffix('.').unwrap_or(host);
    let last = host.rsplit('.').next().unwrap_or(host);
    let is_hex = |digits: &str| digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    last.bytes().all(|byte| byte.is_ascii_digit())
        || last
            .strip_prefix("0x")
            .or_else(|| last.strip_prefix("0X"))
            .is_some_and(is_hex)
}

fn split_port(authority: &str) -> (&str, Option<&str>) {
    match authority.rfind(':') {
        Some(at) if !authority[at..].contains(']') => {
            (&authority[..at], Some(&authority[at + 1..]))
        }
        _ => (authority, None),
    }
}

fn host_of(base: &str) -> &str {
    let after_scheme = base.find("://").map_or(base, |at| &base[at + 3..]);
    let authority = after_scheme.split('/').next().unwrap_or_default();
    split_port(authority).0
}

fn v6_of(host: &str) -> Option<Ipv6Addr> {
    let inside = host.strip_prefix('[')?.strip_suffix(']')?;
    inside.parse().ok()
}

fn is_loopback(host: &str) -> bool {
    host == "localhost"
        || host
            .parse::<Ipv4Addr>()
            .is_ok_and(|address| address.is_loopback())
        || v6_of(host).is_some_and(|address| address.is_loopback())
}

fn is_plain_path(path: &str) -> bool {
    path.split('/').all(|segment| {
        !segment.is_empty()
            && segment != "."
            && segment != ".."
            && segment
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b"-._~".contains(&b))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_is_written_in_percent_form_and_not_shown() {
        let base = BaseUrl::parse("https://api.example.com/v1").unwrap();
        let url = base.join("list").unwrap();
        let url = url.parameter("no", "KV-1 ş&=?#/%").parameter("x", "");
        assert_eq!(
            url.as_str(),
            "https://api.example.com/v1/list?no=KV-1%20%C5%9F%26%3D%3F%23%2F%25&x="
        );
        assert_eq!(url.without_query(), "https://api.example.com/v1/list");
        assert!(!format!("{url:?}").contains("KV-1"), "{url:?}");
    }

    #[test]
    fn a_query_is_encoded_already_and_does_not_print() {
        let base = BaseUrl::parse("https://example.com").unwrap();
        let page = || base.join("page.aspx").unwrap();
        let url = page().with_query("code=35%2013&sifre=s3cret").unwrap();
        assert_eq!(
            url.as_str(),
            "https://example.com/page.aspx?code=35%2013&sifre=s3cret"
        );
        assert_eq!(
            (url.path(), url.without_query()),
            ("/page.aspx", "https://example.com/page.aspx")
        );
        assert_eq!(
            format!("{url:?}"),
            "\"https://example.com/page.aspx?[redacted]\""
        );
        assert_eq!(page().with_query(""), Ok(page()));
        for query in ["a b", "a#b", "a\nb", "ş", "a<b"] {
            assert_eq!(
                page().with_query(query),
                Err(AddressError::Query),
                "{query}"
            );
        }
        assert_eq!(url.with_query("a=b"), Err(AddressError::Query));
    }

    #[test]
    fn takes_https_and_loopback() {
        for (given, kept) in [
            ("https://API.example.com", "https://api.example.com"),
            (
                "HTTPS://api.example.com/a/b_1/",
                "https://api.example.com/a/b_1",
            ),
            ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
            ("http://localhost:1/x", "http://localhost:1/x"),
            ("http://[::1]:9", "http://[::1]:9"),
        ] {
            assert_eq!(
                BaseUrl::parse(given).as_ref().map(BaseUrl::as_str),
                Ok(kept)
            );
        }
    }

    #[test]
    fn refuses_what_two_readers_could_read_differently() {
        use AddressError as E;
        for (given, error) in [
            ("ftp://a.b", E::Scheme),
            ("http://a.b", E::PlainHttp),
            ("http://127.0.0.1.evil.example", E::PlainHttp),
            ("http://0x7f.1", E::Host),
            ("http://127.1", E::Host),
            ("https://2130706433", E::Host),
            ("https://0x7f000001", E::Host),
            ("https://a.0X", E::Host),
            ("https://1.2.3.4.5", E::Host),
            ("https://010.0.0.1", E::Host),
            ("https://256.0.0.1", E::Host),
            ("https://127.0.0.1.", E::Host),
            ("https://a..b", E::Host),
            ("https://a.b..", E::Host),
            ("https://.a.b", E::Host),
            ("https://-a.b", E::Host),
            ("https://.", E::Host),
            ("https://[::1", E::Host),
            ("https://[1.2.3.4]", E::Host),
            ("https://", E::Host),
            ("https://user@a.b", E::UserInfo),
            ("https://user:pw@a.b", E::UserInfo),
            ("https://user:8080@a.b/x", E::UserInfo),
            ("http://user:pw@127.0.0.1:8080", E::UserInfo),
            ("https://:pw@[::1]", E::UserInfo),
            ("https://user:p/w@a.b", E::UserInfo),
            ("https://a.b\\@c.d", E::UserInfo),
            ("https://a.b/x@y", E::Path),
            ("https://a.b?x=y@z", E::Host),
            ("https://a b", E::Host),
            ("https://şişli.example", E::Host),
            ("https://a.b:0", E::Port),
            ("https://a.b:+80", E::Port),
            ("https://a.b:99999", E::Port),
            ("https://a.b/x?y=1", E::Path),
            ("https://a.b/../x", E::Path),
            ("https://a.b//x", E::Path),
            ("https://a.b/%2e%2e", E::Path),
            ("https://a.b/x\r\nHost: c", E::Path),
        ] {
            assert_eq!(BaseUrl::parse(given), Err(error), "{given}");
        }
    }

    #[test]
    fn takes_hosts_that_only_look_odd() {
        for host in [
            "192.0.2.7",
            "1a.example",
            "a.b1",
            "a.0xyz",
            "xn--ili-1cb.example",
            "a.b.",
        ] {
            let address = format!("https://{host}");
            assert_eq!(BaseUrl::parse(&address).unwrap().as_str(), address);
        }
    }

    #[test]
    fn plain_http_takes_its_own_word() {
        let base = BaseUrl::over_plain_http("http://a.b:7800/x/v1").unwrap();
        let url = base.join("/createOrder").unwrap();
        assert_eq!(url.as_str(), "http://a.b:7800/x/v1/createOrder");
        assert_eq!(url.path(), "/x/v1/createOrder");
        assert_eq!(base.join("a?b"), Err(AddressError::Path));
    }
}
