//! The journal: requests that arrived, and their effects.

use std::fmt::{self, Debug, Display, Formatter};

use serde::{Deserialize, Serialize};

use crate::{Fault, Moment, Refused};

/// Who caused an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Origin {
    /// A request, done when it arrived.
    Request,
    /// A request that the provider did late, after the client had given up.
    LateRequest,
    /// The provider itself: when time passed, or because it did a request twice.
    Provider,
    /// Somebody outside who is not a client: a customer on a page, a courier.
    Outside,
}

/// One line of the journal: a request that was handled, work of the provider's own, or a step of
/// somebody outside.
///
/// It holds neither bodies nor logins.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Entry<E> {
    /// The number of the exchange, from 1; for anything else than a request, the last one before it.
    pub exchange: u64,
    /// When it was handled.
    pub at: Moment,
    /// Who caused it.
    pub origin: Origin,
    /// The operation; empty when no request was behind it.
    pub operation: String,
    /// The request's own key; only writes have one.
    pub key: Option<String>,
    /// Whether the request only asks.
    pub is_read: bool,
    /// The fault that was applied.
    pub fault: Fault,
    /// The status of the provider's own answer, delivered or not.
    pub status: u16,
    /// Why the provider refused it.
    pub refused: Option<Refused>,
    /// The effects on the outside world.
    pub effects: Vec<E>,
}

impl<E> Entry<E> {
    /// Returns whether it is a write that a client caused and that had an effect.
    pub fn is_accepted_write(&self) -> bool {
        let by_client = matches!(self.origin, Origin::Request | Origin::LateRequest);
        by_client && !self.is_read && !self.effects.is_empty()
    }
}

impl<E: Debug> Display for Entry<E> {
    /// Writes one line; two runs of one seed give equal lines.
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "{} {} {:?} {} {} {:?} {} {:?}",
            self.exchange,
            self.at.0,
            self.origin,
            self.operation,
            self.key.as_deref().unwrap_or("-"),
            self.fault,
            self.status,
            self.effects
        )
    }
}
