//! The pace and the rules of a run.

use std::time::Duration;

/// The longest pause between the starts of two writes.
pub(crate) const LONGEST_PAUSE: Duration = Duration::from_secs(24 * 60 * 60);

/// The pace and the rules of a run.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RunPlan {
    /// How many writes are sent at once, from 1 to 256. Default: 4. No provider documents a limit.
    pub at_once: usize,
    /// The least time between the starts of two writes, at most a day. Default: 50 milliseconds, which is 20
    /// writes a second.
    pub pause: Duration,
    /// How many writes in a row may end without an answer of the provider, or with one and the same code that is
    /// not listed, before the run stops. Default: 20.
    pub stop_after: usize,
    /// Whether writes that were refused, or had a taken key, are sent again unchanged. Default: no. It helps
    /// after refusals with a cause outside the write, as an account that the provider had not registered.
    pub send_refused: bool,
    /// Whether only this shop uses its keys. Default: yes, because a ledger relies on it. Then a key that is
    /// taken after a try was sent is taken by that try. If not, such a write stays unknown, with reason `exists`.
    pub own_keys: bool,
    /// Whether writes that the ledger does not know as sent may have been sent, as after the ledger was lost.
    /// Default: no, so a key that is taken at a first try is another write's. If yes, each of them is settled as
    /// after a lost answer, and a taken key is its own, where [`own_keys`](Self::own_keys) is set.
    pub trust_duplicates: bool,
}

impl Default for RunPlan {
    fn default() -> Self {
        Self {
            at_once: 4,
            pause: Duration::from_millis(50),
            stop_after: 20,
            send_refused: false,
            own_keys: true,
            trust_duplicates: false,
        }
    }
}

impl RunPlan {
    /// Sets how many writes are sent at once. A count outside of 1 to 256 becomes the nearest limit.
    #[must_use]
    pub fn at_once(mut self, count: usize) -> Self {
        self.at_once = count.clamp(1, 256);
        self
    }

    /// Sets the least time between the starts of two writes. Zero for no pause; more than a day counts as a
    /// day.
    #[must_use]
    pub fn pause(mut self, pause: Duration) -> Self {
        self.pause = pause.min(LONGEST_PAUSE);
        self
    }
}

kervan_core::setters! { RunPlan {
    /// Sets how many writes in a row may end without an answer, or with one and the same code that is not
    /// listed, before the run stops.
    stop_after: usize,
    /// Sets whether refused writes are sent again unchanged.
    send_refused: bool,
    /// Sets whether only this shop uses its keys.
    own_keys: bool,
    /// Sets whether writes that the ledger does not know may have been sent.
    trust_duplicates: bool,
}}
