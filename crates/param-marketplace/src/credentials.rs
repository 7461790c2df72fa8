//! The login, which nearly every call has (`SHA2B64` has none).

use kervan_core::Secret;
use serde::Deserialize;

/// The login that Param issues. Never prints itself. Wire: the block `G`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Credentials {
    /// The terminal's number. The documents say five digits, six are in use. Wire: `CLIENT_CODE`.
    pub client_code: Secret,
    /// Wire: `CLIENT_USERNAME`.
    pub username: Secret,
    /// Wire: `CLIENT_PASSWORD`.
    pub password: Secret,
}

impl Credentials {
    /// A login.
    pub fn new(
        client_code: impl Into<Secret>,
        username: impl Into<Secret>,
        password: impl Into<Secret>,
    ) -> Self {
        Self {
            client_code: client_code.into(),
            username: username.into(),
            password: password.into(),
        }
    }

    /// The login of the provider's published test account.
    pub fn published_test_account() -> Self {
        Self::new("10738", "Test", "Test")
    }

    pub(crate) fn redacted() -> Self {
        Self {
            client_code: Secret::redacted(),
            username: Secret::redacted(),
            password: Secret::redacted(),
        }
    }

    /// Hides the login wherever a text repeats it; a short value only where it is a word of its own.
    pub(crate) fn scrub(&self, text: &str) -> String {
        [&self.client_code, &self.username, &self.password]
            .into_iter()
            .fold(text.to_owned(), |text, secret| secret.scrub(&text))
    }
}
