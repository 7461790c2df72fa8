//! User names and passwords, each a type of its own, so that they cannot be exchanged.

use kervan_core::Secret;
use serde::Deserialize;

/// A user name, apart from a password by its type. Never prints itself.
#[derive(Clone, Debug, Deserialize)]
#[serde(transparent)]
pub struct UserName(Secret);

/// A password, apart from a user name by its type. Never prints itself.
#[derive(Clone, Debug, Deserialize)]
#[serde(transparent)]
pub struct Password(Secret);

// Neither is made by `into`: a login would not notice that they are exchanged.
impl UserName {
    /// Takes a user name of the carrier's, or of the shipper's own for pushes.
    pub fn new(name: impl Into<Secret>) -> Self {
        Self(name.into())
    }

    #[cfg(feature = "query")]
    pub(crate) fn into_secret(self) -> Secret {
        self.0
    }

    #[cfg(feature = "push")]
    pub(crate) fn as_secret(&self) -> &Secret {
        &self.0
    }
}

impl Password {
    /// Takes a password of the carrier's, or of the shipper's own for pushes.
    pub fn new(password: impl Into<Secret>) -> Self {
        Self(password.into())
    }

    #[cfg(feature = "query")]
    pub(crate) fn into_secret(self) -> Secret {
        self.0
    }

    #[cfg(feature = "push")]
    pub(crate) fn as_secret(&self) -> &Secret {
        &self.0
    }
}
