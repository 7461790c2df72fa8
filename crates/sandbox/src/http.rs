//! Requests and answers, without an HTTP library.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A request as it arrived.
///
/// Its `Debug` shows neither header values nor the query nor the body, because they hold logins and
/// personal data.
#[derive(Clone, PartialEq, Eq)]
pub struct Request {
    /// The method, in capitals.
    pub method: String,
    /// Path and query.
    pub path: String,
    /// Names and values in order.
    pub headers: Vec<(String, String)>,
    /// The body; empty when it is absent.
    pub body: Vec<u8>,
}

impl Request {
    /// Puts a request together.
    pub fn new(
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: impl Into<Vec<u8>>,
    ) -> Self {
        Request {
            method: method.to_owned(),
            path: path.to_owned(),
            headers: owned(headers),
            body: body.into(),
        }
    }

    /// Returns the first header of that name, in any letter case.
    pub fn header(&self, name: &str) -> Option<&str> {
        header(&self.headers, name)
    }

    /// Returns the path without its query.
    pub fn route(&self) -> &str {
        self.path
            .split_once('?')
            .map_or(self.path.as_str(), |(route, _)| route)
    }
}

impl fmt::Debug for Request {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Request")
            .field("method", &self.method)
            .field("route", &self.route())
            .field("body", &format_args!("{} bytes", self.body.len()))
            .finish_non_exhaustive()
    }
}

/// An answer.
#[derive(Clone, PartialEq, Eq)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// Names and values in order.
    pub headers: Vec<(String, String)>,
    /// The body; empty when it is absent.
    pub body: Vec<u8>,
    /// Why the request was refused, for the people who look at the sandbox. It never travels.
    pub refused: Option<Refused>,
}

/// Why a request was refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Refused {
    /// The provider's code as it is on the wire; empty where the answer has none.
    pub code: String,
    /// The broken rule in words, with the name of the field on the wire, such as
    /// `Siparis_ID: 40 characters long, at most 36`. It never quotes a value.
    pub rule: String,
}

impl Refused {
    /// Names a code and a rule.
    pub fn new(code: impl Into<String>, rule: impl Into<String>) -> Self {
        Refused {
            code: code.into(),
            rule: rule.into(),
        }
    }
}

impl Answer {
    /// Puts an answer of a content type together.
    pub fn new(status: u16, content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        Answer {
            status,
            headers: owned(&[("Content-Type", content_type)]),
            body: body.into(),
            refused: None,
        }
    }

    /// Adds why the request was refused.
    #[must_use]
    pub fn refusing(mut self, code: impl Into<String>, rule: impl Into<String>) -> Self {
        self.refused = Some(Refused::new(code, rule));
        self
    }

    /// Answers 501: the provider has the operation, and the sandbox does not simulate it.
    pub fn not_simulated(operation: &str) -> Self {
        let text = format!("not simulated: {operation}\n");
        Answer::new(501, "text/plain; charset=utf-8", text)
            .refusing("501", "the sandbox does not simulate this operation")
    }

    /// Returns the first header of that name, in any letter case.
    pub fn header(&self, name: &str) -> Option<&str> {
        header(&self.headers, name)
    }

    /// Returns the body as text, with U+FFFD for bytes that are not UTF-8.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

impl fmt::Debug for Answer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Answer")
            .field("status", &self.status)
            .field("body", &format_args!("{} bytes", self.body.len()))
            .finish_non_exhaustive()
    }
}

fn owned(headers: &[(&str, &str)]) -> Vec<(String, String)> {
    let pairs = headers.iter();
    pairs
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect()
}

fn header<'a>(headers: &'a [(String, String)], name: &str) -> Option<&'a str> {
    headers
        .iter()
        .find(|(listed, _)| listed.eq_ignore_ascii_case(name))
        .map(|(_, value)| value.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_shows_no_values() {
        let request = Request::new("POST", "/a?key=secret", &[("Key", "secret")], "secret");
        assert!(!format!("{request:?}").contains("secret"));
        assert_eq!(request.route(), "/a");
        assert_eq!(request.header("KEY"), Some("secret"));
        let answer = Answer::new(200, "text/plain", "secret");
        assert!(!format!("{answer:?}").contains("secret"));
        assert_eq!(answer.header("content-type"), Some("text/plain"));
        assert_eq!(Answer::not_simulated("X").status, 501);
    }
}
