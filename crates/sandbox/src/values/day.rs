//! Days of the calendar in Istanbul, which is three hours ahead of UTC all year.

use chrono::{DateTime, Months, NaiveDate, NaiveDateTime};

use crate::Moment;

const HOURS: i64 = 3;

/// Returns the wall clock in Istanbul.
pub(crate) fn istanbul(moment: Moment) -> NaiveDateTime {
    let shifted = moment.0.saturating_add(HOURS * 3_600_000);
    DateTime::from_timestamp_millis(shifted)
        .unwrap_or_default()
        .naive_utc()
}

/// Returns the day in Istanbul.
pub(crate) fn day(moment: Moment) -> NaiveDate {
    istanbul(moment).date()
}

/// Returns the same day some months later, or the last one of a shorter month.
pub(crate) fn months_later(day: NaiveDate, months: u32) -> NaiveDate {
    day.checked_add_months(Months::new(months)).unwrap_or(day)
}

/// `2026-12-22T00:00:00`.
pub(crate) fn iso(moment: NaiveDateTime) -> String {
    moment.format("%Y-%m-%dT%H:%M:%S").to_string()
}

/// `22.12.2026`.
pub(crate) fn turkish(day: NaiveDate) -> String {
    day.format("%d.%m.%Y").to_string()
}

/// `22.12.2026 14:05`.
pub(crate) fn turkish_minute(moment: NaiveDateTime) -> String {
    moment.format("%d.%m.%Y %H:%M").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_changes_at_nine_in_the_evening_of_utc() {
        let before = Moment(1_795_813_199_999);
        assert_eq!(turkish(day(before)), "27.11.2026");
        assert_eq!(turkish(day(Moment(before.0 + 1))), "28.11.2026");
        assert_eq!(iso(istanbul(Moment(before.0 + 1))), "2026-11-28T00:00:00");
    }

    #[test]
    fn months_end_where_they_end() {
        let day = NaiveDate::from_ymd_opt(2026, 12, 31).unwrap();
        assert_eq!(turkish(months_later(day, 2)), "28.02.2027");
    }
}
