//! Moments as the service sends them: in several forms, so kept as text beside their value.

use chrono::NaiveDateTime;
use kervan_turkiye::time;
use serde::{Deserialize, Serialize};

/// A moment as it was received, and what it means.
///
/// Tables write `2025-01-20T09:12:38.94+03:00`, other answers `20.01.2025 09:12:38`, callbacks
/// `5.01.2025 14:52:20`. A moment that cannot be read is no reason to lose an answer, so the text is
/// kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ReceivedMoment(String);

impl ReceivedMoment {
    /// The moment as it was received.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The time on the wall in Türkiye; a day alone is its midnight. Times without an offset are
    /// taken for Türkiye's, which no page states.
    pub fn time(&self) -> Option<NaiveDateTime> {
        time::read_moment(&self.0)
    }
}

impl<T: Into<String>> From<T> for ReceivedMoment {
    fn from(text: T) -> Self {
        Self(text.into())
    }
}
