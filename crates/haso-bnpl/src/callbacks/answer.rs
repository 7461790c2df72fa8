//! The answers to posts, and the key that recognizes a repeat.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use kervan_core::Reason;
use kervan_core::error::Unreadable;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// The answer to a callback. HASO repeats it until it gets HTTP 200, and treats a redirect
/// as something else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct CallbackAnswer {
    /// The HTTP status.
    pub status: u16,
    /// The body, as `text/plain`.
    pub body: &'static str,
}

impl CallbackAnswer {
    /// Stops the repeats. **Only after the post was stored for good**, and for repeats of one that
    /// was. HASO also waits for the activation.
    pub const RECEIVED: Self = Self {
        status: 200,
        body: "OK",
    };
    /// The post is unreadable. If it was HASO's, it comes again.
    pub const UNREADABLE: Self = Self {
        status: 400,
        body: "unreadable",
    };
    /// The post is larger than anything HASO sends.
    pub const TOO_LARGE: Self = Self {
        status: 413,
        body: "too large",
    };
    /// The post does not fit the shop's order. If it was HASO's, it comes again, and somebody should
    /// look at it.
    pub const MISMATCH: Self = Self {
        status: 409,
        body: "does not fit the order",
    };
    /// The post could not be stored now.
    pub const TRY_AGAIN: Self = Self {
        status: 503,
        body: "try again",
    };

    /// Returns the answer to a post that cannot be read.
    pub fn to_unreadable(error: &Unreadable) -> Self {
        match error.reason() {
            Reason::TooLarge => Self::TOO_LARGE,
            _ => Self::UNREADABLE,
        }
    }
}

/// A key that is equal for two posts of the same event: for completed orders both numbers, the status, the
/// amounts and a digest of the rest, so that the browser's post and the service's have the same; for failed
/// ones the number and a digest of the reasons; else a digest of the body. It holds no personal data and at
/// most some 400 bytes.
///
/// **A repeat is one only of a post that `confirm` accepted**: anybody can send a post, and one that was not
/// accepted must not block HASO's own.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DeliveryKey(String);

impl DeliveryKey {
    pub(super) fn of(parts: &[&str]) -> Self {
        let part = |part: &&str| {
            if part.len() > MAX_PART {
                ["sha256:", &digest(part.as_bytes())].concat()
            } else {
                measured(part)
            }
        };
        Self(parts.iter().map(part).collect::<Vec<_>>().join("/"))
    }

    pub(super) fn of_body(body: &[u8]) -> Self {
        Self::of(&["body", &digest(body)])
    }

    /// Returns the key as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The longest part that a key holds unchanged.
const MAX_PART: usize = 64;

/// Returns a digest of texts, each apart from the next.
pub(super) fn digest_of<T: AsRef<str>>(texts: impl IntoIterator<Item = T>) -> String {
    let texts = texts.into_iter().map(|text| measured(text.as_ref()));
    digest(texts.collect::<Vec<_>>().join("/").as_bytes())
}

/// Puts the length of a text before it, which keeps `a/b` and `c` apart from `a` and `b/c`.
fn measured(text: &str) -> String {
    format!("{}:{text}", text.len())
}

fn digest(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(bytes))
}
