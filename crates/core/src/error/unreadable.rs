//! Why an answer cannot be read, and where.

use std::borrow::Cow;

use crate::drift::path::tidy;
use crate::secret::Scrub;

/// An answer or a post that cannot be read: where, and why. Never holds what was read.
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
    /// Creates the error of an answer that cannot be read as a whole.
    pub fn whole(reason: Reason) -> Self {
        Self {
            path: String::new(),
            reason,
        }
    }

    /// Creates the error of one field that cannot be read. The path is in the provider's names, as
    /// `response.responseCode`.
    pub fn at(path: impl Into<String>, reason: Reason) -> Self {
        Self {
            path: tidy(&path.into()),
            reason,
        }
    }

    /// Returns the field in the provider's names; empty for the answer as a whole.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Returns why it cannot be read.
    pub fn reason(&self) -> &Reason {
        &self.reason
    }

    /// Returns the same with what may not be repeated hidden in its path, in which names of the answer are.
    #[must_use]
    pub fn scrubbed_by(self, scrub: &(impl Scrub + ?Sized)) -> Self {
        let path = scrub.scrub(&self.path);
        Self { path, ..self }
    }
}

/// Why something cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Reason {
    /// Nothing was sent.
    #[error("the body is empty")]
    Empty,
    /// A page for people, as gateways and firewalls send.
    #[error("the body is a page, not data")]
    Page,
    /// Not text in any charset the provider uses.
    #[error("the body is not text in a known charset")]
    Charset,
    /// Ends in the middle.
    #[error("the body ends too early")]
    CutOff,
    /// Not in the format it should be in.
    #[error("the body is malformed")]
    Malformed,
    /// Nested deeper than any answer of a provider.
    #[error("the body is nested too deep")]
    TooDeep,
    /// Larger than anything a provider sends.
    #[error("the body is too large")]
    TooLarge,
    /// A post has another content type than the reader takes. The text names it, where it can be shown.
    #[error("the content type is {0}")]
    ContentType(Cow<'static, str>),
    /// A required field is missing.
    #[error("the field is missing")]
    Missing,
    /// A field is duplicate.
    #[error("the field stands there twice")]
    Twice,
    /// A field holds another kind of value.
    #[error("expected {0}")]
    Unexpected(Cow<'static, str>),
}

impl Reason {
    /// Returns the stable name of the reason, as in reports.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Page => "page",
            Self::Charset => "charset",
            Self::CutOff => "cut_off",
            Self::Malformed => "malformed",
            Self::TooDeep => "too_deep",
            Self::TooLarge => "too_large",
            Self::ContentType(_) => "content_type",
            Self::Missing => "missing",
            Self::Twice => "twice",
            Self::Unexpected(_) => "unexpected",
        }
    }
}
