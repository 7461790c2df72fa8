//! Limits of a call: time, size, repeats.

use std::time::Duration;

use crate::retry::Retry;

/// The limits of a call. They are the same for every call of a client.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Config {
    /// For one try as a whole: connecting, sending, and receiving to the last byte. 30 seconds.
    /// A try of a read has less where [`Retry::deadline`] comes first.
    pub timeout: Duration,
    /// For opening the connection, within `timeout`. 10 seconds. A call that fails here was never
    /// sent; one that `timeout` ends counts as sent.
    pub connect_timeout: Duration,
    /// The longest answer that is read. 8 MiB.
    pub max_body_bytes: usize,
    /// Repeats of reads. A write is not repeated by it; its tries and pauses also limit how often
    /// `send_or_settle` asks, or sends a keyed write again.
    pub retry: Retry,
    /// How long a write may take to show at the provider; before that, absence proves nothing. 10
    /// minutes, and never below `timeout` plus one minute. No provider documents it.
    pub settling: Duration,
    /// Whether a write, and a read-back that settles one, uses a connection that carried nothing
    /// before, so that no late or doubled answer of another call is taken for its own. `true`.
    pub fresh_connections: bool,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            timeout: Duration::from_secs(30),
            connect_timeout: Duration::from_secs(10),
            max_body_bytes: 8 << 20,
            retry: Retry::default(),
            settling: Duration::from_secs(600),
            fresh_connections: true,
        }
    }
}

impl Config {
    /// Returns the settling time that is used: never below `timeout` plus one minute.
    pub fn settling_time(&self) -> Duration {
        let least = self.timeout.saturating_add(Duration::from_secs(60));
        self.settling.max(least)
    }
}

crate::setters! { Config {
    /// Sets the time of one try, connecting included.
    timeout: Duration,
    /// Sets the time for opening a connection.
    connect_timeout: Duration,
    /// Sets the longest answer, in bytes.
    max_body_bytes: usize,
    /// Sets how long a write may take to show at the provider.
    settling: Duration,
    /// Sets whether writes and what settles them use connections of their own.
    fresh_connections: bool,
    /// Sets how reads are repeated.
    retry: Retry,
} }
