//! Moments as the service sends them: in several forms, so kept as text beside their value.

use chrono::NaiveDateTime;
use kervan_turkiye::moment::{Moment, MomentForm};
use serde::{Deserialize, Serialize};

/// A moment as it was received, and its value.
///
/// Tables write `2025-01-20T09:12:38.94+03:00`, other answers `20.01.2025 09:12:38`, callbacks `5.01.2025
/// 14:52:20`. The text is kept, so that a moment that cannot be read does not cost the rest of the answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ReceivedMoment(String);

impl ReceivedMoment {
    /// Returns the moment as it was received.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the local time in Türkiye; a day alone is its midnight. Times without an offset count as
    /// local times, which no page states. The placeholder of .NET, `0001-01-01T00:00:00`, gives `None`.
    pub fn time(&self) -> Option<NaiveDateTime> {
        let moment = MomentForm::new().short_days().read(&self.0);
        moment.map(Moment::or_midnight)
    }
}

impl<T: Into<String>> From<T> for ReceivedMoment {
    fn from(text: T) -> Self {
        Self(text.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        let time = ReceivedMoment::from(text).time();
        time.map_or_else(String::new, |time| time.to_string())
    }

    #[test]
    fn reads_the_moments_of_tables_answers_and_callbacks() {
        for (text, time) in [
            ("2025-01-20T09:12:38.94+03:00", "2025-01-20 09:12:38.940"),
            ("20.01.2025 09:12:38", "2025-01-20 09:12:38"),
            ("5.01.2025 14:52:20", "2025-01-05 14:52:20"),
            ("20.01.2025", "2025-01-20 00:00:00"),
            ("01/20/2025", ""),
        ] {
            assert_eq!(read(text), time, "{text}");
        }
    }

    #[test]
    fn t12_the_empty_date_of_net_is_no_time() {
        // The last two are more: as a callback would write it, and in the zone of tables.
        for text in [
            "0001-01-01T00:00:00",
            "1.01.0001 00:00:00",
            "0001-01-01T00:00:00+03:00",
        ] {
            assert_eq!(read(text), "", "{text}");
        }
    }
}
