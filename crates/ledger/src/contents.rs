//! A keyed hash of what a write asks for, which tells a changed request from the same one.

use std::fmt;
use std::fmt::Write as _;

use hmac::{Hmac, KeyInit, Mac};
use kervan_core::client::USER_AGENT;
use kervan_core::{Caller, Context, EncodeError, HttpRequest, Service};
use kervan_settling::Settle;
use serde::{Deserialize, Serialize};
use sha2::Sha256;

/// A keyed hash of a request, as 64 hexadecimal digits. Without the key nobody can guess personal data from
/// it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Contents(String);

impl Contents {
    /// Takes a stored hash.
    pub fn stored(hash: String) -> Self {
        Self(hash)
    }

    /// Returns the hash.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The secret that keys the hashes of one shop. It may not change while writes are open.
#[derive(Clone)]
pub struct ContentsKey(Hmac<Sha256>);

impl ContentsKey {
    /// Takes 32 random bytes.
    pub fn new(secret: [u8; 32]) -> Self {
        let mut block = hmac::digest::Key::<Hmac<Sha256>>::default();
        // Shorter than a block, so that the rest stays zero, as HMAC asks.
        block[..secret.len()].copy_from_slice(&secret);
        Self(Hmac::new(&block))
    }

    /// Hashes the request of a write, its address included, or the part of it that lasts. Its credentials are
    /// left out, so that a new password does not make it another one.
    pub(crate) fn of<O: Settle>(
        &self,
        client: &Caller<O::Service>,
        operation: &O,
    ) -> Result<Contents, EncodeError> {
        if let Some(lasting) = operation.lasting_contents() {
            return Ok(self.hash(&[operation.name().as_bytes(), &lasting]));
        }
        let settings = client.settings().redacted();
        let request = operation.encode(&Context::new(&settings, client.host().now()))?;
        Ok(self.of_request(operation.name(), &request))
    }

    fn of_request(&self, operation: &str, request: &HttpRequest) -> Contents {
        let mut parts = vec![operation.as_bytes(), request.url.as_str().as_bytes()];
        for (name, value) in &request.headers {
            // It holds the version of the client.
            if *name != USER_AGENT {
                parts.push(name.as_bytes());
                parts.push(value.expose().as_bytes());
            }
        }
        parts.push(&request.body);
        self.hash(&parts)
    }

    /// Hashes parts, with their borders.
    pub(crate) fn hash(&self, parts: &[&[u8]]) -> Contents {
        let mut hash = self.0.clone();
        for part in parts {
            // The length first, so that no two lists of parts give the same bytes.
            hash.update(&(part.len() as u64).to_be_bytes());
            hash.update(part);
        }
        let mut text = String::with_capacity(64);
        for byte in hash.finalize().into_bytes() {
            // Writing to a text cannot fail.
            let _ = write!(text, "{byte:02x}");
        }
        Contents(text)
    }
}

impl fmt::Debug for ContentsKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}
