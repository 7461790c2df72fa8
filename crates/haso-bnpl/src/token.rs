//! Tokens of the browser's forms.

pub(crate) mod error;
pub(crate) mod get;
pub(crate) mod value;

pub use self::error::TokenError;
pub use self::get::{GetToken, IssuedToken};
pub use self::value::Token;
