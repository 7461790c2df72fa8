//! Times, and the day of Istanbul, which is three hours ahead of UTC all year.

use serde::{Deserialize, Serialize};

const MILLIS_OF_DAY: i64 = 86_400_000;
const ISTANBUL: i64 = 3 * 3_600_000;

/// Milliseconds since 1970, UTC.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct Moment(pub i64);

/// A day of the calendar, counted from 1 January 1970.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct Day(pub i64);

/// Date and time of day as a clock on a wall in Istanbul shows them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Civil {
    /// The year.
    pub year: i64,
    /// 1 to 12.
    pub month: i64,
    /// 1 to 31.
    pub day: i64,
    /// 0 to 23.
    pub hour: i64,
    /// 0 to 59.
    pub minute: i64,
    /// 0 to 59.
    pub second: i64,
    /// 0 to 999.
    pub milli: i64,
}

impl Moment {
    /// The beginning of the year 1 in Istanbul: the first moment that a clock shows.
    pub const FIRST: Moment = Moment(-62_135_596_800_000 - ISTANBUL);

    /// The end of the year 9999 in Istanbul: the last moment that a clock shows, because no date on the
    /// wire has a year of five digits.
    pub const LAST: Moment = Moment(253_402_300_799_999 - ISTANBUL);

    /// Reads a wall clock of Istanbul; `None` when such a day or time does not exist.
    pub fn istanbul(date: (i64, i64, i64), time: (i64, i64, i64)) -> Option<Self> {
        let (year, month, day) = date;
        let (hour, minute, second) = time;
        let at = Day::of(year, month, day)?;
        let fits =
            (0..24).contains(&hour) && (0..60).contains(&minute) && (0..60).contains(&second);
        let millis = ((hour * 60 + minute) * 60 + second) * 1000;
        fits.then(|| Moment(at.0 * MILLIS_OF_DAY + millis - ISTANBUL))
    }

    /// Reads `dd.MM.yyyy HH:mm:ss` or `dd.MM.yyyy`, in the time of Istanbul.
    pub fn parse_turkish(text: &str) -> Option<Self> {
        let (date, time) = text.trim().split_once(' ').unwrap_or((text.trim(), ""));
        let [day, month, year] = three(date, '.')?;
        let time = if time.is_empty() {
            [0; 3]
        } else {
            three(time, ':')?
        };
        Moment::istanbul((year, month, day), (time[0], time[1], time[2]))
    }

    /// Reads a time with its offset, as `2026-11-28T10:00:00+03:00`.
    pub fn parse_iso(text: &str) -> Option<Self> {
        let time = chrono::DateTime::parse_from_rfc3339(text).ok()?;
        Some(Moment(time.timestamp_millis()))
    }

    /// Returns the time `millis` milliseconds later.
    #[must_use]
    pub fn plus(self, millis: i64) -> Self {
        Moment(self.0.saturating_add(millis))
    }

    /// Returns the day in Istanbul.
    pub fn day(self) -> Day {
        Day(self.0.saturating_add(ISTANBUL).div_euclid(MILLIS_OF_DAY))
    }

    /// Returns the next midnight in Istanbul.
    #[must_use]
    pub fn next_midnight(self) -> Self {
        Moment(
            (self.day().0 + 1)
                .saturating_mul(MILLIS_OF_DAY)
                .saturating_sub(ISTANBUL),
        )
    }

    /// Returns date and time of day in Istanbul.
    pub fn civil(self) -> Civil {
        let (year, month, day) = self.day().civil();
        let millis = self.0.saturating_add(ISTANBUL).rem_euclid(MILLIS_OF_DAY);
        Civil {
            year,
            month,
            day,
            hour: millis / 3_600_000,
            minute: millis / 60_000 % 60,
            second: millis / 1000 % 60,
            milli: millis % 1000,
        }
    }

    /// Writes `dd.MM.yyyy HH:mm:ss`.
    pub fn turkish(self) -> String {
        let at = self.civil();
        format!(
            "{} {:02}:{:02}:{:02}",
            self.day().turkish(),
            at.hour,
            at.minute,
            at.second
        )
    }

    /// Writes `yyyy-MM-ddTHH:mm:ss.fff+03:00`, the fraction without zeros at its end.
    pub fn iso(self) -> String {
        let at = self.civil();
        let mut text = format!(
            "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}",
            at.year, at.month, at.day, at.hour, at.minute, at.second
        );
        if at.milli != 0 {
            let fraction = format!(".{:03}", at.milli);
            text.push_str(fraction.trim_end_matches('0'));
        }
        text + "+03:00"
    }
}

impl Day {
    /// Returns a day of the calendar, of the years 1 to 9999; `None` when it does not exist.
    pub fn of(year: i64, month: i64, day: i64) -> Option<Self> {
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let days = match month {
            4 | 6 | 9 | 11 => 30,
            2 if leap => 29,
            2 => 28,
            1..=12 => 31,
            _ => 0,
        };
        if !(1..=9999).contains(&year) || !(1..=days).contains(&day) {
            return None;
        }
        // Years that begin in March, so that the leap day is the last of its year.
        let shifted = if month > 2 { year } else { year - 1 };
        let era = shifted.div_euclid(400);
        let of_era = shifted.rem_euclid(400);
        let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
        let days = of_era * 365 + of_era / 4 - of_era / 100 + of_year;
        Some(Day(era * 146_097 + days - 719_468))
    }

    /// Returns year, month and day.
    pub fn civil(self) -> (i64, i64, i64) {
        let days = self.0.saturating_add(719_468);
        let era = days.div_euclid(146_097);
        let of_era = days.rem_euclid(146_097);
        let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year + year / 4 - year / 100);
        let shifted = (5 * of_year + 2) / 153;
        let day = of_year - (153 * shifted + 2) / 5 + 1;
        let month = if shifted < 10 {
            shifted + 3
        } else {
            shifted - 9
        };
        (year + era * 400 + i64::from(month <= 2), month, day)
    }

    /// Returns the day `days` days later.
    #[must_use]
    pub fn plus(self, days: i64) -> Self {
        Day(self.0.saturating_add(days))
    }

    /// Writes `dd.MM.yyyy`.
    pub fn turkish(self) -> String {
        let (year, month, day) = self.civil();
        format!("{day:02}.{month:02}.{year:04}")
    }
}

/// Three numbers of digits only.
fn three(text: &str, between: char) -> Option<[i64; 3]> {
    let parts: Vec<&str> = text.split(between).collect();
    let is_digits = |part: &&str| {
        !part.is_empty() && part.len() <= 4 && part.bytes().all(|b| b.is_ascii_digit())
    };
    if parts.len() != 3 || !parts.iter().all(is_digits) {
        return None;
    }
    Some([
        parts[0].parse().ok()?,
        parts[1].parse().ok()?,
        parts[2].parse().ok()?,
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_go_there_and_back() {
        for number in (-800_000..800_000).step_by(7) {
            let (year, month, day) = Day(number).civil();
            if (1..=9999).contains(&year) {
                assert_eq!(Day::of(year, month, day), Some(Day(number)));
            }
        }
        assert_eq!(Day::of(1970, 1, 1), Some(Day(0)));
        assert_eq!(Day::of(2026, 11, 28).unwrap().turkish(), "28.11.2026");
        for (year, month, day) in [(2026, 2, 29), (1900, 2, 29), (2026, 13, 1), (2026, 4, 0)] {
            assert_eq!(Day::of(year, month, day), None);
        }
    }

    #[test]
    fn the_day_begins_at_midnight_of_istanbul() {
        let evening = Moment::parse_turkish("28.11.2026 23:59:59").unwrap();
        let midnight = Moment::parse_turkish("29.11.2026").unwrap();
        assert_eq!(evening.plus(1000), midnight);
        assert_eq!(evening.day().plus(1), midnight.day());
        assert_eq!(evening.next_midnight(), midnight);
        assert_eq!(midnight.0 % 86_400_000, 21 * 3_600_000);
    }

    #[test]
    fn clocks_begin_and_end_with_years_of_four_digits() {
        assert_eq!(Moment::FIRST.iso(), "0001-01-01T00:00:00+03:00");
        assert_eq!(Moment::LAST.iso(), "9999-12-31T23:59:59.999+03:00");
    }

    #[test]
    fn writes_both_forms() {
        let at = Moment::parse_turkish("5.1.2025 09:12:38").unwrap();
        assert_eq!(at.turkish(), "05.01.2025 09:12:38");
        assert_eq!(at.iso(), "2025-01-05T09:12:38+03:00");
        assert_eq!(Moment::parse_iso(&at.iso()), Some(at));
        assert_eq!(Moment::parse_iso("2025-01-05T06:12:38Z"), Some(at));
        assert_eq!(Moment::parse_iso("2025-01-05T06:12:38"), None);
        assert_eq!(at.plus(940).iso(), "2025-01-05T09:12:38.94+03:00");
        for text in [
            "",
            "31.4.2026",
            "1.1.2026 24:00:00",
            "1.1.2026 1:1",
            "+1.1.2026",
        ] {
            assert_eq!(Moment::parse_turkish(text), None, "{text}");
        }
    }
}
