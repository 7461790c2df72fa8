//! The one place that sends: one request, once, whatever HTTP library does it.

use std::time::Duration;

use crate::error::TransportError;
use crate::message::{HttpRequest, Reply};

pub use crate::future::BoxFuture;

/// The limits of one try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// For the whole try, from connecting to the last byte received. The client's own timer ends it
    /// by dropping the future; a transport that goes on when it is dropped has to stop by itself.
    pub timeout: Duration,
    /// The longest body that is read, in bytes.
    pub max_body_bytes: usize,
    /// Which connection may be used.
    pub connection: Connection,
}

/// Which connection a try may use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "a connection is either new or not")]
pub enum Connection {
    /// Any.
    Any,
    /// One that carried nothing before, and carries nothing afterwards.
    Fresh,
}

impl Limits {
    /// Limits of one try, over any connection.
    pub fn new(timeout: Duration, max_body_bytes: usize) -> Self {
        Self {
            timeout,
            max_body_bytes,
            connection: Connection::Any,
        }
    }

    /// Sets which connection may be used.
    #[must_use]
    pub fn connection(mut self, connection: Connection) -> Self {
        self.connection = connection;
        self
    }
}

/// Sends one request and reads the whole reply.
///
/// An implementation sends exactly once, follows no redirect, reads no longer body than the
/// [`Limits`] allow, and reports
/// [`TransportKind::Connect`](crate::TransportKind) only when it is certain that nothing of the
/// request left the machine: a shop decides by it whether to send again.
pub trait Transport: Send + Sync + 'static {
    /// Sends one request once.
    fn send<'a>(
        &'a self,
        request: &'a HttpRequest,
        limits: Limits,
    ) -> BoxFuture<'a, Result<Reply, TransportError>>;
}
