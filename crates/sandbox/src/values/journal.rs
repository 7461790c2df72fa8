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

/// How many writes a hosted world keeps, the last ones. What they did is in its state.
const KEPT: usize = 1000;

/// Forgets the oldest entries.
pub(crate) fn forget_old<E>(journal: &mut Vec<Entry<E>>) {
    let surplus = journal.len().saturating_sub(KEPT);
    journal.drain(..surplus);
}

/// Returns the entries whose key is this one.
pub(crate) fn of<'a, E>(journal: &'a [Entry<E>], key: &str) -> Vec<&'a Entry<E>> {
    journal.iter().filter(|entry| entry.key == key).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_writes_are_kept() {
        let write = |number: usize| Entry {
            at: Moment(0),
            operation: "write".to_owned(),
            key: number.to_string(),
            effects: Vec::<()>::new(),
        };
        let mut journal: Vec<_> = (0..KEPT + 2).map(write).collect();
        forget_old(&mut journal);
        assert_eq!((journal.len(), journal[0].key.as_str()), (KEPT, "2"));
    }
}
