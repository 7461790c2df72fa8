//! Days and times in the forms that a .NET server may print.

use std::fmt;

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, NaiveTime, Timelike};
use kervan_turkiye::time::istanbul;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A day of an answer, with its time where one was sent, in Türkiye.
///
/// The time zone of the provider's dates is not documented; a time without one is read as
/// Türkiye's. Writes itself as `2026-12-01` or `2026-12-01T10:30:00`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub struct Moment {
    /// The day.
    pub day: NaiveDate,
    /// The time of day, where one was sent; midnight is one.
    pub time: Option<NaiveTime>,
}

/// Milliseconds beyond which no moment is meant (the year 5138).
const MOST_MILLISECONDS: i64 = 100_000_000_000_000;

impl Moment {
    /// Reads ISO 8601 with or without time and zone, `dd.MM.yyyy` with or without time, and
    /// `/Date(milliseconds)/`. A day before 1900 is `None`, because .NET writes a missing date as
    /// `0001-01-01T00:00:00`.
    pub fn read(text: &str) -> Option<Self> {
        Self::read_any(text).filter(|moment| moment.day.year() >= 1900)
    }

    fn read_any(text: &str) -> Option<Self> {
        let text = text.trim();
        if !text.is_ascii() || text.len() > 40 {
            return None;
        }
        let day = |day| Self { day, time: None };
        if text.len() == 10 {
            let forms = ["%Y-%m-%d", "%d.%m.%Y"];
            return forms
                .iter()
                .find_map(|form| NaiveDate::parse_from_str(text, form).ok())
                .map(day);
        }
        if let Some(inner) = text
            .strip_prefix("/Date(")
            .and_then(|rest| rest.strip_suffix(")/"))
        {
            // A zone behind the number is for showing only.
            let end = inner[1.min(inner.len())..]
                .find(['+', '-'])
                .map_or(inner.len(), |at| at + 1);
            let milliseconds: i64 = inner[..end].parse().ok()?;
            let known = (-MOST_MILLISECONDS..MOST_MILLISECONDS).contains(&milliseconds);
            let moment = DateTime::from_timestamp_millis(milliseconds).filter(|_| known)?;
            return Some(istanbul(moment).into());
        }
        let zoned = DateTime::parse_from_rfc3339(text).ok();
        if let Some(moment) = zoned.filter(|_| text.as_bytes().get(4) == Some(&b'-')) {
            return Some(istanbul(moment.to_utc()).into());
        }
        let forms = [
            "%Y-%m-%dT%H:%M:%S%.f",
            "%Y-%m-%dT%H:%M",
            "%Y-%m-%d %H:%M:%S%.f",
            "%Y-%m-%d %H:%M",
            "%d.%m.%Y %H:%M:%S",
            "%d.%m.%Y %H:%M",
        ];
        let local = forms
            .iter()
            .find_map(|form| NaiveDateTime::parse_from_str(text, form).ok());
        local.map(Self::from)
    }
}

impl From<NaiveDateTime> for Moment {
    fn from(moment: NaiveDateTime) -> Self {
        let time = moment.time();
        Self {
            day: moment.date(),
            time: Some(time.with_nanosecond(0).unwrap_or(time)),
        }
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.day.fmt(f)?;
        self.time.map_or(Ok(()), |time| write!(f, "T{time}"))
    }
}

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::read(&text).ok_or_else(|| serde::de::Error::custom("expected a day"))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn reads_every_form() {
        for (text, moment) in [
            ("2026-12-01", "2026-12-01"),
            ("01.12.2026", "2026-12-01"),
            ("2026-12-01T00:00:00", "2026-12-01T00:00:00"),
            ("2026-12-01T10:30:00.123", "2026-12-01T10:30:00"),
            ("2026-12-01 10:30", "2026-12-01T10:30:00"),
            ("01.12.2026 10:30:05", "2026-12-01T10:30:05"),
            ("2026-11-30T21:00:00Z", "2026-12-01T00:00:00"),
            ("2026-12-01T00:00:00+03:00", "2026-12-01T00:00:00"),
            ("/Date(1796072400000)/", "2026-12-01T00:00:00"),
            ("/Date(1796072400000+0300)/", "2026-12-01T00:00:00"),
            ("/Date(-1000)/", "1970-01-01T02:59:59"),
        ] {
            assert_eq!(
                Moment::read(text).map(|m| m.to_string()).as_deref(),
                Some(moment),
                "{text}"
            );
        }
        for text in [
            "",
            "2026-13-01",
            "31.02.2026",
            "12/01/2026",
            "/Date()/",
            "/Date(x)/",
            "/Date(9223372036854775807)/",
            "1.12.2026",
            "0001-01-01T00:00:00",
            "01.01.0001",
            "/Date(-62135596800000)/",
            "bugün",
        ] {
            assert_eq!(Moment::read(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn never_panics(text in "\\PC{0,30}", number in any::<i64>()) {
            let _ = Moment::read(&text);
            let _ = Moment::read(&format!("/Date({number})/"));
        }
    }
}
