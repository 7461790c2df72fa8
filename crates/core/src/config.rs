//! Limits of a call: time, size, repeats.

use std::time::Duration;

use crate::retry::Retry;

/// What a client allows a call to take. The same for every call of that client.
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
    /// Repeats of reads. Writes are never repeated.
    pub retry: Retry,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            timeout: Duration::from_secs(30),
            connect_timeout: Duration::from_secs(10),
            max_body_bytes: 8 << 20,
            retry: Retry::default(),
        }
    }
}

impl Config {
    /// Sets the time of one try, connecting included.
    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Sets the time for opening a connection.
    #[must_use]
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// Sets the longest answer, in bytes.
    #[must_use]
    pub fn max_body_bytes(mut self, bytes: usize) -> Self {
        self.max_body_bytes = bytes;
        self
    }

    /// Sets how reads are repeated.
    #[must_use]
    pub fn retry(mut self, retry: Retry) -> Self {
        self.retry = retry;
        self
    }
}
