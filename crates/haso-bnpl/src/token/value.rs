//! The token of a form.

use kervan_core::Secret;
use serde::Deserialize;

/// The token of a form. Never prints itself and does not serialise. Wire: `token`.
#[derive(Clone, Debug, Deserialize)]
#[serde(transparent)]
pub struct Token(Secret);

impl Token {
    /// Returns the token as text, which the caller has to keep secret.
    pub fn expose(&self) -> &str {
        self.0.expose()
    }
}

impl<T: Into<Secret>> From<T> for Token {
    fn from(text: T) -> Self {
        Self(text.into())
    }
}
