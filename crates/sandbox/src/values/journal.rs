//! The journal of accepted writes.

use serde::{Deserialize, Serialize};

use crate::Moment;

/// A write that the provider accepted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Entry<E> {
    /// When it was accepted.
    pub at: Moment,
    /// The operation's name on the wire.
    pub operation: String,
    /// The key of the object: an order number, a refund number, a customer number.
    pub key: String,
    /// Its effects; empty when a repeat changed nothing.
    pub effects: Vec<E>,
}

/// Returns the entries whose key is this one.
pub(crate) fn of<'a, E>(journal: &'a [Entry<E>], key: &str) -> Vec<&'a Entry<E>> {
    journal.iter().filter(|entry| entry.key == key).collect()
}
