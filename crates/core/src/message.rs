//! The request that goes out and the reply that comes back over HTTP, without any HTTP library.

use std::borrow::Cow;
use std::fmt;

use crate::address::Url;
use crate::delivery::header;
use crate::secret::Secret;

/// The verb of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Method {
    /// Reads.
    Get,
    /// Sends a body.
    Post,
}

impl Method {
    /// Returns the verb as it travels.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
        }
    }
}

/// The value of a header.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum HeaderValue {
    /// Safe to print.
    Public(Cow<'static, str>),
    /// A credential.
    Secret(Secret),
}

impl HeaderValue {
    /// Returns the value as it travels.
    pub fn expose(&self) -> &str {
        match self {
            Self::Public(text) => text,
            Self::Secret(secret) => secret.expose(),
        }
    }
}

/// A request as bytes, ready for a [`Transport`](crate::Transport).
///
/// `Debug` shows the call, verb, address without its query, header names and the length of the body, never their
/// contents.
#[derive(Clone)]
#[non_exhaustive]
pub struct HttpRequest {
    /// The verb.
    pub method: Method,
    /// Where it goes.
    pub url: Url,
    /// Header names in the provider's spelling, in order.
    pub headers: Vec<(&'static str, HeaderValue)>,
    /// The body, empty for a reading verb.
    pub body: Vec<u8>,
    /// The provider's name of the call, for a transport that logs, counts or scripts calls. It does not
    /// travel. Empty for a request that no client wrote.
    pub operation: &'static str,
}

impl HttpRequest {
    /// Creates a request without a body.
    pub fn get(url: Url) -> Self {
        Self {
            method: Method::Get,
            url,
            headers: Vec::new(),
            body: Vec::new(),
            operation: "",
        }
    }

    /// Creates a request with a body.
    pub fn post(url: Url, content_type: impl Into<Cow<'static, str>>, body: Vec<u8>) -> Self {
        Self {
            method: Method::Post,
            url,
            headers: Vec::new(),
            body,
            operation: "",
        }
        .header("Content-Type", content_type)
    }

    /// Adds a header that is safe to print.
    #[must_use]
    pub fn header(mut self, name: &'static str, value: impl Into<Cow<'static, str>>) -> Self {
        self.headers.push((name, HeaderValue::Public(value.into())));
        self
    }

    /// Adds a header that holds a credential.
    #[must_use]
    pub fn secret_header(mut self, name: &'static str, value: Secret) -> Self {
        self.headers.push((name, HeaderValue::Secret(value)));
        self
    }
}

impl fmt::Debug for HttpRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.headers.iter().map(|(name, _)| name).collect();
        f.debug_struct("HttpRequest")
            .field("operation", &self.operation)
            .field("method", &self.method.as_str())
            .field("url", &self.url)
            .field("headers", &names)
            .field("body_bytes", &self.body.len())
            .finish()
    }
}

/// The answer of the provider: status, headers, and the whole body.
///
/// `Debug` shows the status and lengths only: bodies hold personal data.
#[derive(Clone)]
#[non_exhaustive]
pub struct Reply {
    /// The HTTP status, as 200.
    pub status: u16,
    /// Headers in the order received.
    pub headers: Vec<(String, String)>,
    /// The body, at most as long as [`Config::max_body_bytes`](crate::Config) allows.
    pub body: Vec<u8>,
}

impl Reply {
    /// Creates a reply from its parts.
    pub fn new(status: u16, headers: Vec<(String, String)>, body: Vec<u8>) -> Self {
        Self {
            status,
            headers,
            body,
        }
    }

    /// Returns the first header of a name, whatever its case.
    pub fn header(&self, name: &str) -> Option<&str> {
        header(&self.headers, name)
    }

    /// Returns whether the status is from 200 to 299.
    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }
}

impl fmt::Debug for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reply")
            .field("status", &self.status)
            .field("headers", &self.headers.len())
            .field("body_bytes", &self.body.len())
            .finish()
    }
}
