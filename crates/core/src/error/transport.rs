//! Errors between here and the provider.

use std::error::Error as StdError;

use crate::outcome::Outcome;

/// The kind of a transport error.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TransportKind {
    /// No connection was made, so nothing was sent.
    #[error("no connection was made")]
    Connect,
    /// Time ran out. The connection may or may not have been made by then; a failure to connect
    /// within the connect time-out is [`Connect`](TransportKind::Connect).
    #[error("time ran out")]
    Timeout,
    /// The connection was closed or reset before the answer was complete, or the answer came from
    /// another address than was asked.
    #[error("the connection ended too early")]
    Interrupted,
    /// The answer is not valid HTTP: its status line, a header or the length of a part cannot be read.
    #[error("the answer is not proper HTTP")]
    Malformed,
    /// The answer is longer than [`Config::max_body_bytes`](crate::Config).
    #[error("the answer is longer than allowed")]
    TooLarge,
    /// The HTTP library refused the request; nothing was sent.
    #[error("the request was refused before sending")]
    Unsendable,
}

/// Why a [`Transport`](crate::Transport) has no reply.
#[derive(Debug, thiserror::Error)]
#[error("{kind}")]
pub struct TransportError {
    kind: TransportKind,
    #[source]
    source: Option<Box<dyn StdError + Send + Sync>>,
}

impl TransportError {
    /// Creates an error without a cause of its own.
    pub fn new(kind: TransportKind) -> Self {
        Self { kind, source: None }
    }

    /// Adds the cause. Its text must not hold addresses with queries, headers or bodies.
    #[must_use]
    pub fn caused_by(mut self, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        self.source = Some(source.into());
        self
    }

    /// Returns the kind of the error.
    pub fn kind(&self) -> TransportKind {
        self.kind
    }

    /// Returns whether the request may have arrived.
    pub fn outcome(&self) -> Outcome {
        match self.kind {
            TransportKind::Connect | TransportKind::Unsendable => Outcome::NotDone,
            TransportKind::Timeout
            | TransportKind::Interrupted
            | TransportKind::Malformed
            | TransportKind::TooLarge => Outcome::Unknown,
        }
    }
}
