//! The login, which every call but `SHA2B64` sends.

use kervan_core::Secret;
use kervan_wire::scrub::scrub_all;
use serde::Deserialize;

/// The login that Param issues. Never prints itself. Wire: the block `G`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Credentials {
    /// The terminal's number. The documents say five digits, but numbers of six digits are in use. Wire:
    /// `CLIENT_CODE`.
    pub client_code: Secret,
    /// Wire: `CLIENT_USERNAME`.
    pub username: Secret,
    /// Wire: `CLIENT_PASSWORD`.
    pub password: Secret,
}

/// The terminal's number, apart from the other parts of a login by its type. Never prints itself.
#[derive(Clone, Debug, Deserialize)]
#[serde(transparent)]
pub struct ClientCode(Secret);

/// The user name of a login, apart from its other parts by its type. Never prints itself.
#[derive(Clone, Debug, Deserialize)]
#[serde(transparent)]
pub struct Username(Secret);

/// The password of a login, apart from its other parts by its type. Never prints itself.
#[derive(Clone, Debug, Deserialize)]
#[serde(transparent)]
pub struct Password(Secret);

// None is made by `into`: a login would not notice that they are exchanged.
impl ClientCode {
    /// Creates it from the number that Param gave as `CLIENT_CODE`.
    pub fn new(code: impl Into<Secret>) -> Self {
        Self(code.into())
    }
}

impl Username {
    /// Creates it from the name that Param gave as `CLIENT_USERNAME`.
    pub fn new(name: impl Into<Secret>) -> Self {
        Self(name.into())
    }
}

impl Password {
    /// Creates it from the password that Param gave as `CLIENT_PASSWORD`.
    pub fn new(password: impl Into<Secret>) -> Self {
        Self(password.into())
    }
}

impl Credentials {
    /// Creates a login. Its parts cannot be exchanged:
    ///
    /// ```compile_fail,E0308
    /// use param_marketplace::{ClientCode, Credentials, Password, Username};
    ///
    /// let code = ClientCode::new("10738");
    /// Credentials::new(code, Password::new("secret"), Username::new("Test"));
    /// ```
    pub fn new(client_code: ClientCode, username: Username, password: Password) -> Self {
        Self {
            client_code: client_code.0,
            username: username.0,
            password: password.0,
        }
    }

    /// Returns the login of the provider's published test account.
    pub fn published_test_account() -> Self {
        Self::new(
            ClientCode::new("10738"),
            Username::new("Test"),
            Password::new("Test"),
        )
    }

    pub(crate) fn redacted() -> Self {
        Self {
            client_code: Secret::redacted(),
            username: Secret::redacted(),
            password: Secret::redacted(),
        }
    }

    /// Hides the login wherever a text repeats it. A short value is hidden only where it is a word of its
    /// own.
    pub(crate) fn scrub(&self, text: &str) -> String {
        scrub_all(text, [&self.client_code, &self.username, &self.password])
    }
}
