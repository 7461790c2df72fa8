//! Posts that are refused before anything follows from them.

use std::fmt;

use axum_core::response::{IntoResponse, Response};
use http::{HeaderValue, StatusCode, header};
use kervan_core::Reason;
use kervan_core::error::Unreadable;

use crate::answer::Answer;
use crate::callback::Sender;
use crate::page;

/// The reason why a post is refused. It holds nothing that was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Fault {
    /// The method is not POST.
    Method,
    /// The body is larger than anything the provider sends.
    TooLarge,
    /// The body ends too early.
    CutOff,
    /// The body did not arrive in time.
    Slow,
    /// The content type is not the callback's.
    ContentType,
    /// The reader of the callback cannot read it. The text is the reason's stable name, as `missing`.
    Unreadable(&'static str),
    /// The sender did not show the login that the shipper gave to the carrier.
    Sender,
}

impl Fault {
    /// Returns the status of the answer. It is never a success, so that a server posts again.
    pub fn status(self) -> StatusCode {
        match self {
            Self::Method => StatusCode::METHOD_NOT_ALLOWED,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::CutOff | Self::Unreadable(_) => StatusCode::BAD_REQUEST,
            Self::Slow => StatusCode::REQUEST_TIMEOUT,
            Self::ContentType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::Sender => StatusCode::FORBIDDEN,
        }
    }

    /// Returns its stable name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Method => "method",
            Self::TooLarge => "too_large",
            Self::CutOff => "cut_off",
            Self::Slow => "slow",
            Self::ContentType => "content_type",
            Self::Unreadable(reason) => reason,
            Self::Sender => "sender",
        }
    }

    fn text(self) -> &'static str {
        match self {
            Self::Method => "only POST",
            Self::TooLarge => "too large",
            Self::CutOff => "cut off",
            Self::Slow => "too slow",
            Self::ContentType => "wrong content type",
            Self::Unreadable(_) => "unreadable",
            Self::Sender => "unknown sender",
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the post is refused: {}", self.name())
    }
}

impl std::error::Error for Fault {}

impl From<&Unreadable> for Fault {
    fn from(error: &Unreadable) -> Self {
        match error.reason() {
            Reason::TooLarge => Self::TooLarge,
            Reason::ContentType(_) => Self::ContentType,
            reason => Self::Unreadable(reason.name()),
        }
    }
}

/// A refused post, as a response: plain text for a server, a short page for a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refusal {
    fault: Fault,
    sender: Sender,
}

impl Refusal {
    pub(crate) fn new(fault: Fault, sender: Sender) -> Self {
        Self { fault, sender }
    }

    /// Returns why.
    pub fn fault(self) -> Fault {
        self.fault
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let status = self.fault.status();
        let mut response = match self.sender {
            Sender::Server => Answer::text(status, self.fault.text()).into_response(),
            Sender::Browser => page::not_read(status),
        };
        if self.fault == Fault::Method {
            let allowed = HeaderValue::from_static("POST");
            response.headers_mut().insert(header::ALLOW, allowed);
        }
        response
    }
}
