//! The two ways to give a payment back: cancellation and refund.

use chrono::{DateTime, NaiveDate, Utc};
use kervan_turkiye::time::istanbul_day;
use serde::{Deserialize, Serialize};

/// The way in which a payment is given back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Undo {
    /// A cancellation, on the calendar day of the payment. Wire: `IPTAL`.
    #[serde(rename = "cancel")]
    Cancel,
    /// A refund, on a later day. Wire: `IADE`.
    #[serde(rename = "refund")]
    Refund,
}

impl Undo {
    /// Returns the way for a payment made at one moment and given back at another, by the calendar day in
    /// Türkiye.
    pub fn between(paid: DateTime<Utc>, now: DateTime<Utc>) -> Self {
        Self::on_days(istanbul_day(paid), istanbul_day(now))
    }

    /// Returns the way for a payment made on one day and given back on another.
    pub fn on_days(paid: NaiveDate, today: NaiveDate) -> Self {
        if paid == today {
            Self::Cancel
        } else {
            Self::Refund
        }
    }

    pub(crate) fn wire(self) -> &'static str {
        match self {
            Self::Cancel => "IPTAL",
            Self::Refund => "IADE",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_in_turkiye_decides() {
        let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        let paid = at("2026-11-20T20:30:00Z");
        assert_eq!(
            Undo::between(paid, at("2026-11-20T20:59:59Z")),
            Undo::Cancel
        );
        assert_eq!(
            Undo::between(paid, at("2026-11-20T21:00:00Z")),
            Undo::Refund
        );
    }
}
