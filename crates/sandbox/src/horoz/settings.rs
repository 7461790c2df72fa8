//! The choices of a world.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

/// The choices of a world.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Settings {
    /// The key that every call but `serviceControl` needs in its header `processKey`.
    pub process_key: String,
    /// The account codes that Horoz knows, for senders and recipients.
    pub accounts: BTreeSet<i64>,
    /// Where the result code of an order, cancel or label is. Default: inside `response`.
    pub envelope: Envelope,
    /// How long tracking refuses to answer again for the same order, in milliseconds. Default: one
    /// hour, as one public web shop waits; the page itself shows no figure.
    pub tracking_pause: i64,
    /// How parcels move on. Default: by hand.
    pub progress: Progress,
    /// Whether the caller's address is on Horoz' list. Otherwise every call is answered with a page
    /// and status 403.
    pub is_address_allowed: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            process_key: "0123456789abcdef0123456789abcdef".to_owned(),
            accounts: BTreeSet::from([77, 123_456, 801_452]),
            envelope: Envelope::Response,
            tracking_pause: 3_600_000,
            progress: Progress::ByHand,
            is_address_allowed: true,
        }
    }
}

/// Where a result code is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Envelope {
    /// Inside `response`.
    Response,
    /// At the top level.
    Bare,
}

/// How parcels move on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Progress {
    /// Only when a test says so.
    ByHand,
    /// One step every `n` milliseconds, goods acceptance included, by
    /// [`tick`](crate::Provider::tick).
    After(i64),
    /// One movement of an accepted order before every n-th tracking answer.
    AfterReads(u32),
}
