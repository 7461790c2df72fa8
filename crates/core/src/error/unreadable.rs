//! Why an answer cannot be read, and where.

use std::borrow::Cow;

use serde::Serialize;

/// An answer that cannot be read: where, and why. Never holds what was read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}{reason}", place(path))]
pub struct Unreadable {
    path: String,
    reason: Reason,
}

fn place(path: &str) -> String {
    if path.is_empty() {
        String::new()
    } else {
        format!("at `{path}`: ")
    }
}

impl Unreadable {
    /// The answer as a whole cannot be read.
    pub fn whole(reason: Reason) -> Self {
        Self {
            path: String::new(),
            reason,
        }
    }

    /// One field cannot be read. The path is in the provider's names, as
    /// `response.responseCode`.
    pub fn at(path: impl Into<String>, reason: Reason) -> Self {
        Self {
            path: path.into(),
            reason,
        }
    }

    /// The field in the provider's names; empty for the answer as a whole.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Why it cannot be read.
    pub fn reason(&self) -> &Reason {
        &self.reason
    }
}

/// Why something cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, thiserror::Error)]
#[non_exhaustive]
pub enum Reason {
    /// Nothing was sent.
    #[error("the answer is empty")]
    #[serde(rename = "empty")]
    Empty,
    /// A page for people, as gateways and firewalls send.
    #[error("the answer is a page, not data")]
    #[serde(rename = "page")]
    Page,
    /// Not text in any charset the provider uses.
    #[error("the answer is not text in a known charset")]
    #[serde(rename = "charset")]
    Charset,
    /// Ends in the middle.
    #[error("the answer ends too early")]
    #[serde(rename = "cut_off")]
    CutOff,
    /// Not in the format it should be in.
    #[error("the answer is malformed")]
    #[serde(rename = "malformed")]
    Malformed,
    /// Nested deeper than any answer of a provider.
    #[error("the answer is nested too deep")]
    #[serde(rename = "too_deep")]
    TooDeep,
    /// Larger than anything a provider sends.
    #[error("the body is too large")]
    #[serde(rename = "too_large")]
    TooLarge,
    /// A required field is missing.
    #[error("the field is missing")]
    #[serde(rename = "missing")]
    Missing,
    /// A field stands there twice.
    #[error("the field stands there twice")]
    #[serde(rename = "twice")]
    Twice,
    /// A field holds another kind of value.
    #[error("expected {0}")]
    #[serde(rename = "unexpected")]
    Unexpected(Cow<'static, str>),
}

impl Reason {
    /// The stable name of the reason, as in reports.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Page => "page",
            Self::Charset => "charset",
            Self::CutOff => "cut_off",
            Self::Malformed => "malformed",
            Self::TooDeep => "too_deep",
            Self::TooLarge => "too_large",
            Self::Missing => "missing",
            Self::Twice => "twice",
            Self::Unexpected(_) => "unexpected",
        }
    }
}
