//! What to answer to a post, and how to tell a repeat.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use kervan_core::Reason;
use kervan_core::error::Unreadable;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// The answer to a callback. HASO repeats it until it gets HTTP 200, and takes a redirect for
/// something else.
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
    /// Nobody can read the post. If it was HASO's, it comes again.
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

    /// The answer to a post that cannot be read.
    pub fn to_unreadable(error: &Unreadable) -> Self {
        match error.reason() {
            Reason::TooLarge => Self::TOO_LARGE,
            _ => Self::UNREADABLE,
        }
    }
}

/// Equal for two posts of the same event: for orders the shop's number with HASO's, so that the
/// browser's post and the service's have the same; else a digest of the body. It holds no personal
/// data.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DeliveryKey(String);

impl DeliveryKey {
    pub(super) fn of(parts: &[&str]) -> Self {
        // The lengths keep `a/b` and `c` apart from `a` and `b/c`.
        let part = |part: &&str| [&part.len().to_string(), ":", part].concat();
        Self(parts.iter().map(part).collect::<Vec<_>>().join("/"))
    }

    pub(super) fn of_body(body: &[u8]) -> Self {
        let digest = URL_SAFE_NO_PAD.encode(Sha256::digest(body));
        Self::of(&["body", &digest])
    }

    /// The key as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
