//! A transport for clients that only read.

use kervan_core::transport::{BoxFuture, Limits};
use kervan_core::{HttpRequest, Reply, Transport, TransportError};

/// Sends nothing and never answers.
pub(crate) struct Nowhere;

impl Transport for Nowhere {
    fn send<'a>(
        &'a self,
        _request: &'a HttpRequest,
        _limits: Limits,
    ) -> BoxFuture<'a, Result<Reply, TransportError>> {
        Box::pin(std::future::pending())
    }
}
