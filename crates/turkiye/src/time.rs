//! The provider's calendar day, and the forms in which dates travel.

use std::time::SystemTime;

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, NaiveDateTime, TimeDelta, Utc};

/// Seconds from UTC to Türkiye: three hours, all year since September 2016. Earlier moments had
/// summer time and are off by up to an hour here.
const ISTANBUL_SECONDS: i32 = 3 * 3600;

/// Returns the calendar day in Türkiye at a moment.
///
/// ```
/// use chrono::{DateTime, NaiveDate};
/// let moment = "2026-03-31T21:00:00Z".parse::<DateTime<chrono::Utc>>()?;
/// assert_eq!(Some(kervan_turkiye::time::istanbul_day(moment)), NaiveDate::from_ymd_opt(2026, 4, 1));
/// # Ok::<(), chrono::ParseError>(())
/// ```
pub fn istanbul_day(moment: DateTime<Utc>) -> NaiveDate {
    istanbul(moment).date()
}

/// Returns the calendar day in Türkiye at a time of the system's clock.
pub fn istanbul_day_at(time: SystemTime) -> NaiveDate {
    istanbul_day(time.into())
}

/// Returns the time on the wall in Türkiye at a moment.
pub fn istanbul(moment: DateTime<Utc>) -> NaiveDateTime {
    match FixedOffset::east_opt(ISTANBUL_SECONDS) {
        Some(offset) => moment.with_timezone(&offset).naive_local(),
        None => moment.naive_utc(),
    }
}

/// Returns the time at which the wall in Türkiye shows this.
///
/// ```
/// use chrono::{DateTime, Utc};
/// use kervan_turkiye::time::{istanbul, istanbul_time};
/// let moment = "2026-03-31T21:00:00Z".parse::<DateTime<Utc>>()?;
/// assert_eq!(istanbul_time(istanbul(moment)), moment.into());
/// # Ok::<(), chrono::ParseError>(())
/// ```
pub fn istanbul_time(wall: NaiveDateTime) -> SystemTime {
    let ahead = TimeDelta::seconds(i64::from(ISTANBUL_SECONDS));
    // The first hours of the calendar, 262,000 years ago, have no such time.
    let utc = wall.checked_sub_signed(ahead).unwrap_or(wall);
    utc.and_utc().into()
}

/// How a provider writes a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DateForm {
    /// `2024-09-16`.
    Iso,
    /// `16.09.2024`.
    Dotted,
    /// `16/09/2024`.
    Slashed,
}

impl DateForm {
    /// Every form.
    pub const ALL: [Self; 3] = [Self::Iso, Self::Dotted, Self::Slashed];

    fn pattern(self) -> &'static str {
        match self {
            Self::Iso => "%Y-%m-%d",
            Self::Dotted => "%d.%m.%Y",
            Self::Slashed => "%d/%m/%Y",
        }
    }

    /// Writes a day. Years have four digits; `None` for a year outside 0 to 9999.
    pub fn write(self, day: NaiveDate) -> Option<String> {
        let year = u32::try_from(day.year())
            .ok()
            .filter(|year| *year <= 9999)?;
        let year = [two_digits(year / 100), two_digits(year % 100)].concat();
        let (month, day) = (two_digits(day.month()), two_digits(day.day()));
        Some(match self {
            Self::Iso => [&year, "-", &month, "-", &day].concat(),
            Self::Dotted => [&day, ".", &month, ".", &year].concat(),
            Self::Slashed => [&day, "/", &month, "/", &year].concat(),
        })
    }

    /// Reads a day: ten characters, zeros in front included, a day that exists.
    pub fn read(self, text: &str) -> Option<NaiveDate> {
        let day = NaiveDate::parse_from_str(text, self.pattern()).ok()?;
        (self.write(day)? == text).then_some(day)
    }
}

/// Returns a number below 100 with a zero in front where it needs one. Faster than a format string, and
/// every order has several dates.
fn two_digits(number: u32) -> String {
    [number / 10, number % 10]
        .into_iter()
        .filter_map(|digit| char::from_digit(digit, 10))
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_day_begins_at_21_utc() {
        let day = |text: &str| istanbul_day(text.parse().unwrap()).to_string();
        assert_eq!(day("2026-11-20T20:59:59Z"), "2026-11-20");
        assert_eq!(day("2026-11-20T21:00:00Z"), "2026-11-21");
        assert_eq!(day("2026-07-20T21:00:00Z"), "2026-07-21");
    }

    #[test]
    fn reads_exactly_one_spelling() {
        assert!(DateForm::Dotted.read("16.09.2024").is_some());
        for text in [
            "16.9.2024",
            " 16.09.2024",
            "31.02.2024",
            "16.09.+2024",
            "16-09-2024",
            "",
        ] {
            assert_eq!(DateForm::Dotted.read(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn every_form_round_trips(days in 0_i64..3_652_058) {
            let day = NaiveDate::from_ymd_opt(0, 1, 1).unwrap() + chrono::Duration::days(days);
            for form in DateForm::ALL {
                let text = form.write(day).unwrap();
                prop_assert_eq!(text.len(), 10);
                prop_assert_eq!(form.read(&text), Some(day));
            }
        }

        #[test]
        fn reading_never_panics(text in "[0-9.:TZ +-]{0,30}|\\PC{0,20}") {
            for form in DateForm::ALL {
                let _ = form.read(&text);
            }
        }
    }
}
