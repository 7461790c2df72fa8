//! Tokens of the browser's forms, and where they are from.

mod get;

use std::error::Error as StdError;
use std::fmt;

use kervan_core::Secret;
use kervan_core::transport::BoxFuture;
use serde::Deserialize;

pub use self::get::{GetToken, Held};
use crate::Error;
use crate::client::Client;

/// The token of a form. Never prints itself and does not serialise. Wire: `token`.
#[derive(Clone, Debug, Deserialize)]
#[serde(transparent)]
pub struct Token(Secret);

impl Token {
    /// The token as text. Whatever becomes of it is the caller's business.
    pub fn expose(&self) -> &str {
        self.0.expose()
    }
}

impl<T: Into<Secret>> From<T> for Token {
    fn from(text: T) -> Self {
        Self(text.into())
    }
}

/// Where tokens are from. Asked once for each form: how long a token lives and whether it may be
/// used twice is not documented.
///
/// A closure that gives a future is a source. A [`Token`] is a source that gives itself again and
/// again, for who knows that a token may be used for many forms.
pub trait TokenSource: Send + Sync + 'static {
    /// Gives a token for one form.
    fn token<'a>(&'a self, client: &'a Client) -> BoxFuture<'a, Result<Token, TokenError>>;
}

/// The default source: calls `/Index/GetToken` for each form. See [`GetToken`].
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct FromService;

impl TokenSource for FromService {
    fn token<'a>(&'a self, client: &'a Client) -> BoxFuture<'a, Result<Token, TokenError>> {
        Box::pin(async move { Ok(client.get_token(&GetToken::new()).await?) })
    }
}

impl TokenSource for Token {
    fn token<'a>(&'a self, _client: &'a Client) -> BoxFuture<'a, Result<Token, TokenError>> {
        Box::pin(std::future::ready(Ok(self.clone())))
    }
}

impl<F, A> TokenSource for F
where
    F: Fn() -> A + Send + Sync + 'static,
    A: Future<Output = Result<Token, TokenError>> + Send + 'static,
{
    fn token<'a>(&'a self, _client: &'a Client) -> BoxFuture<'a, Result<Token, TokenError>> {
        Box::pin(self())
    }
}

/// Why there is no token. No form was made, so nothing was ordered.
#[non_exhaustive]
pub enum TokenError {
    /// `/Index/GetToken` failed.
    Call(Error),
    /// The program's own source failed.
    Other(Box<dyn StdError + Send + Sync>),
}

impl TokenError {
    /// An error of the program's own source.
    pub fn other(error: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self::Other(error.into())
    }
}

impl From<Error> for TokenError {
    fn from(error: Error) -> Self {
        Self::Call(error)
    }
}

/// A foreign error may hold a token, so only the own one shows itself.
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
