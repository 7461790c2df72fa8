//! Days and times in the forms that a .NET server may print.

use kervan_turkiye::moment::{Moment, MomentForm};
use serde::{Deserialize, Deserializer};

/// A moment of an answer. The provider's time zone and its form are not documented. A day of one digit is
/// not read: whether it comes before the month is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Received(pub(crate) Moment);

impl<'de> Deserialize<'de> for Received {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let read = MomentForm::new().read(&text);
        let moment = read.ok_or_else(|| serde::de::Error::custom("expected a day"))?;
        Ok(Self(moment))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<String> {
        let json = serde_json::Value::from(text);
        let received = serde_json::from_value::<Received>(json).ok()?;
        Some(received.0.to_string())
    }

    #[test]
    fn reads_the_forms_of_net() {
        for (text, moment) in [
            ("2026-12-01", "2026-12-01"),
            ("01.12.2026", "2026-12-01"),
            ("01.12.2026 10:30:05", "2026-12-01T10:30:05"),
            ("2026-11-30T21:00:00Z", "2026-12-01T00:00:00"),
            ("/Date(1796072400000+0300)/", "2026-12-01T00:00:00"),
        ] {
            assert_eq!(read(text).as_deref(), Some(moment), "{text}");
        }
        for text in ["", "2026-13-01", "12/01/2026", "1.12.2026", "bugün"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn t12_the_empty_date_of_net_is_no_day() {
        // The last two are more: as a callback would post it, and in a zone.
        for text in [
            "0001-01-01T00:00:00",
            "/Date(-62135596800000)/",
            "01.01.0001 00:00:00",
            "0001-01-01T00:00:00+03:00",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
