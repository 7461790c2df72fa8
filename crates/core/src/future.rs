//! A future whose type nobody names.

use std::future::Future;
use std::pin::Pin;

/// A future of a [`Transport`](crate::Transport) or a [`Host`](crate::Host).
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;
