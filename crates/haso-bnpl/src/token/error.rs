//! The error of a token's source.

use std::error::Error as StdError;
use std::fmt;

use crate::error::Error;

/// The reason why a token is absent. No form was made, so nothing was ordered.
#[non_exhaustive]
pub enum TokenError {
    /// `/Index/GetToken` failed.
    Call(Error),
    /// The program's own source failed.
    Other(Box<dyn StdError + Send + Sync>),
}

impl TokenError {
    /// Wraps an error of the program's own source.
    pub fn other(error: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self::Other(error.into())
    }
}

impl From<Error> for TokenError {
    fn from(error: Error) -> Self {
        Self::Call(error)
    }
}

/// Only HASO's error shows itself, because a foreign one may hold a token.
impl fmt::Debug for TokenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Call(error) => f.debug_tuple("Call").field(error).finish(),
            Self::Other(_) => f.write_str("Other"),
        }
    }
}

impl fmt::Display for TokenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no token for the form")
    }
}

impl StdError for TokenError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::Call(error) => Some(error),
            Self::Other(error) => Some(&**error),
        }
    }
}
