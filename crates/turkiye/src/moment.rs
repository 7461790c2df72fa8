//! Days and times of answers, in the forms in which .NET services mix them: one reader, with options where
//! services differ.

use std::fmt;

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};

use crate::letters::is_digits;
use crate::time::istanbul;

/// Minutes from UTC to Türkiye.
const ISTANBUL_MINUTES: i64 = 180;
/// The offsets that Türkiye has had: in the winters before 2016, and since.
const TURKISH_OFFSETS: [i64; 2] = [120, ISTANBUL_MINUTES];
/// The longest text that is a moment, in bytes.
const MOST_BYTES: usize = 64;

/// A day, with its time where one was sent, by the clock on a wall in Türkiye.
///
/// Writes itself as `2026-12-01` or `2026-12-01T10:30:00`, with a fraction where it has one, and in serde's
/// shape too. It is read back in these two forms; [`MomentForm`] reads those of services.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment {
    /// The day.
    pub day: NaiveDate,
    /// The time of day, where one was sent; midnight is one.
    pub time: Option<NaiveTime>,
}

impl Moment {
    /// Returns day and time; a day alone is its midnight.
    pub fn or_midnight(self) -> NaiveDateTime {
        self.day.and_time(self.time.unwrap_or(NaiveTime::MIN))
    }
}

impl From<NaiveDateTime> for Moment {
    fn from(moment: NaiveDateTime) -> Self {
        Self {
            day: moment.date(),
            time: Some(moment.time()),
        }
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.day.fmt(f)?;
        self.time.map_or(Ok(()), |time| write!(f, "T{time}"))
    }
}

/// How a service writes moments.
///
/// Read by every form:
///
/// | text | moment |
/// |---|---|
/// | `2025-01-20T09:12:38.94+03:00`, with or without seconds, fraction and offset, a blank for the `T` | 2025-01-20 09:12:38.94 |
/// | `20.01.2025 09:12:38`, with or without seconds | 2025-01-20 09:12:38 |
/// | `2025-01-20`, `20.01.2025` | the day, without a time |
/// | `/Date(1737353558000)/`, `/Date(1737353558000+0300)/` | 2025-01-20 09:12:38 |
///
/// A time without an offset is treated as Türkiye's, although no page of a provider says so; one with an
/// offset is moved there. A text whose year is before 1900 or has not four digits is not a date, because
/// .NET writes `0001-01-01T00:00:00` for a missing one ([`is_empty_date`](crate::empty_date::is_empty_date)).
/// Neither is `10/5/2026 12:00:00 AM` a date, because its month is ambiguous.
///
/// ```
/// use kervan_turkiye::moment::MomentForm;
///
/// let form = MomentForm::new();
/// assert_eq!(form.read("2026-11-30T21:00:00Z").ok_or("no date")?.to_string(), "2026-12-01T00:00:00");
/// assert_eq!(form.read("0001-01-01T00:00:00"), None);
/// assert_eq!(form.read("5.12.2026"), None);
/// assert!(form.short_days().read("5.12.2026").is_some());
/// # Ok::<(), &str>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MomentForm {
    short_days: bool,
    day_first_always: bool,
    turkish_offsets_as_written: bool,
}

impl MomentForm {
    /// Reads the forms that every service may use.
    pub const fn new() -> Self {
        Self {
            short_days: false,
            day_first_always: false,
            turkish_offsets_as_written: false,
        }
    }

    /// Reads days and months of one digit too: `5.1.2025`.
    #[must_use]
    pub const fn short_days(mut self) -> Self {
        self.short_days = true;
        self
    }

    /// Reads `20/01/2025` and `20-01-2025` too: the day comes first, whatever the mark.
    #[must_use]
    pub const fn day_first_always(mut self) -> Self {
        self.day_first_always = true;
        self
    }

    /// Takes the time of an offset that Türkiye has had, +02:00 or +03:00, as it is written: it was on a wall
    /// there, in a winter before 2016 too.
    #[must_use]
    pub const fn turkish_offsets_as_written(mut self) -> Self {
        self.turkish_offsets_as_written = true;
        self
    }

    /// Reads a text; `None` when it is not a date.
    pub fn read(self, text: &str) -> Option<Moment> {
        let text = text.trim();
        if text.len() > MOST_BYTES {
            return None;
        }
        let moment = match text.strip_prefix("/Date(") {
            Some(rest) => of_milliseconds(rest.strip_suffix(")/")?)?,
            None => self.read_written(text)?,
        };
        (1900..=9999).contains(&moment.day.year()).then_some(moment)
    }

    fn read_written(self, text: &str) -> Option<Moment> {
        let end = text.find(|c: char| matches!(c, 'T' | 't') || c.is_whitespace());
        let (day, rest) = text.split_at(end.unwrap_or(text.len()));
        let day = self.read_day(day)?;
        let rest = rest.strip_prefix(['T', 't']).unwrap_or(rest).trim_start();
        if rest.is_empty() {
            // A `T` announces a time.
            let time = None;
            return (!text.ends_with(['T', 't'])).then_some(Moment { day, time });
        }
        let (clock, offset) = match rest.find(['Z', 'z', '+', '-']) {
            Some(at) => (rest[..at].trim_end(), Some(read_offset(&rest[at..])?)),
            None => (rest, None),
        };
        let moment = day.and_time(read_clock(clock)?);
        let minutes = offset.unwrap_or(ISTANBUL_MINUTES);
        let is_written = self.turkish_offsets_as_written && TURKISH_OFFSETS.contains(&minutes);
        let shift = if is_written {
            0
        } else {
            ISTANBUL_MINUTES - minutes
        };
        let moment = moment.checked_add_signed(TimeDelta::minutes(shift))?;
        Some(moment.into())
    }

    fn read_day(self, text: &str) -> Option<NaiveDate> {
        let mark = text.chars().find(|c| matches!(c, '-' | '.' | '/'))?;
        let mut parts = text.split(mark);
        let (first, month, last) = (parts.next()?, parts.next()?, parts.next()?);
        let (year, day) = match (mark, first.len()) {
            ('-', 4) => (first, last),
            ('.', _) => (last, first),
            ('/', 4) if self.day_first_always => (first, last),
            _ if self.day_first_always => (last, first),
            _ => return None,
        };
        if parts.next().is_some() || year.len() != 4 {
            return None;
        }
        let fewest = if self.short_days { 1 } else { 2 };
        let year = i32::try_from(number(year, 4, 4)?).ok()?;
        NaiveDate::from_ymd_opt(year, number(month, fewest, 2)?, number(day, fewest, 2)?)
    }
}

/// Reads what is inside of `/Date()/`. An offset behind the number is for showing only.
fn of_milliseconds(text: &str) -> Option<Moment> {
    let end = text.get(1..)?.find(['+', '-']).map(|end| end + 1);
    let milliseconds = text[..end.unwrap_or(text.len())].parse().ok()?;
    let moment = DateTime::from_timestamp_millis(milliseconds)?;
    // Not all moments can be moved.
    let is_year = (1..=9999).contains(&moment.year());
    is_year.then(|| istanbul(moment).into())
}

/// A number of ASCII digits.
fn number(text: &str, fewest: usize, most: usize) -> Option<u32> {
    let is_number = is_digits(text) && (fewest..=most).contains(&text.len());
    is_number.then(|| text.parse().ok()).flatten()
}

/// Reads a time of day: `9:05`, `09:05:12.345`.
pub(crate) fn read_clock(text: &str) -> Option<NaiveTime> {
    let (clock, fraction) = match text.split_once('.') {
        Some((clock, fraction)) => (clock, Some(fraction)),
        None => (text, None),
    };
    let mut parts = clock.split(':');
    let (hour, minute) = (number(parts.next()?, 1, 2)?, number(parts.next()?, 1, 2)?);
    let second = match parts.next() {
        Some(second) => number(second, 1, 2)?,
        None if fraction.is_some() => return None,
        None => 0,
    };
    let nanos = match fraction {
        Some(digits) if is_digits(digits) => {
            let nanos = format!("{:0<9}", digits.get(..9).unwrap_or(digits));
            nanos.parse().ok()?
        }
        Some(_) => return None,
        None => 0,
    };
    if parts.next().is_some() {
        return None;
    }
    NaiveTime::from_hms_nano_opt(hour, minute, second, nanos)
}

/// Reads the minutes of an offset: `Z`, `+03:00`, `+0300`, `+03`.
pub(crate) fn read_offset(text: &str) -> Option<i64> {
    if text.eq_ignore_ascii_case("z") {
        return Some(0);
    }
    let (sign, rest) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text.strip_prefix('+')?),
    };
    let (hours, minutes) = match rest.split_once(':') {
        Some(parts) => parts,
        None if rest.len() == 2 => (rest, "00"),
        None => rest.split_at_checked(2)?,
    };
    let (hours, minutes) = (number(hours, 1, 2)?, number(minutes, 2, 2)?);
    (hours <= 14 && minutes < 60).then(|| sign * i64::from(hours * 60 + minutes))
}

#[cfg(feature = "serde")]
impl serde::Serialize for Moment {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for Moment {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'_, str>>::deserialize(deserializer)?;
        let stored = MomentForm::new().read(&text);
        let stored = stored.filter(|moment| moment.to_string() == text);
        stored.ok_or_else(|| serde::de::Error::custom("expected a day, as 2026-12-01T10:30:00"))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const PLAIN: MomentForm = MomentForm::new();
    const SHORT: MomentForm = PLAIN.short_days();
    const ALL: MomentForm = SHORT.day_first_always().turkish_offsets_as_written();

    fn read(form: MomentForm, text: &str) -> String {
        let moment = form.read(text);
        moment.map_or_else(String::new, |moment| moment.to_string())
    }

    #[test]
    fn every_form_reads_these() {
        for (text, moment) in [
            ("2026-12-01", "2026-12-01"),
            (" 01.12.2026 ", "2026-12-01"),
            ("2026-12-01T00:00:00", "2026-12-01T00:00:00"),
            ("2026-12-01 10:30", "2026-12-01T10:30:00"),
            ("2026-12-01T10:30", "2026-12-01T10:30:00"),
            ("01.12.2026 10:30:05", "2026-12-01T10:30:05"),
            ("01.12.2026 9:05", "2026-12-01T09:05:00"),
            ("2025-01-20T09:12:38.94+03:00", "2025-01-20T09:12:38.940"),
            ("2025-01-20T22:12:38Z", "2025-01-21T01:12:38"),
            ("2014-04-10T01:00:00-07:00", "2014-04-10T11:00:00"),
            (
                "2021-07-28T09:51:13.1234567+0300",
                "2021-07-28T09:51:13.123456700",
            ),
            ("/Date(1796072400000)/", "2026-12-01T00:00:00"),
            ("/Date(1796072400000+0300)/", "2026-12-01T00:00:00"),
            ("/Date(-1000)/", "1970-01-01T02:59:59"),
        ] {
            for form in [PLAIN, SHORT, ALL] {
                assert_eq!(read(form, text), moment, "{text} {form:?}");
            }
        }
    }

    #[test]
    fn forms_differ_where_they_say_so() {
        for (text, plain, short, all) in [
            (
                "5.01.2025 14:52:20",
                "",
                "2025-01-05T14:52:20",
                "2025-01-05T14:52:20",
            ),
            ("05.1.2025", "", "2025-01-05", "2025-01-05"),
            ("10/04/2014 11:00", "", "", "2014-04-10T11:00:00"),
            ("10-04-2014", "", "", "2014-04-10"),
            ("2014/04/10", "", "", "2014-04-10"),
            ("7/4/2014", "", "", "2014-04-07"),
            (
                "2014-01-10T11:00:00+02:00",
                "2014-01-10T12:00:00",
                "2014-01-10T12:00:00",
                "2014-01-10T11:00:00",
            ),
        ] {
            assert_eq!(read(PLAIN, text), plain, "{text}");
            assert_eq!(read(SHORT, text), short, "{text}");
            assert_eq!(read(ALL, text), all, "{text}");
        }
    }

    #[test]
    fn t12_no_form_takes_the_empty_date_for_one() {
        for text in [
            "0001-01-01T00:00:00",
            "0001-01-01",
            "01.01.0001 00:00:00",
            "1.1.0001",
            "/Date(-62135596800000)/",
            // Two more: moved by an offset, and the end of the year before.
            "0001-01-01T00:00:00+03:00",
            "0001-01-01T00:00:00Z",
            "0000-12-31T22:00:00Z",
            "1899-12-31",
        ] {
            for form in [PLAIN, SHORT, ALL] {
                assert_eq!(form.read(text), None, "{text} {form:?}");
            }
        }
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in [
            "",
            "bugün",
            "2026-13-01",
            "31.02.2026",
            "12/31/2026",
            "10/5/2026 12:00:00 AM",
            "20.01.25",
            "2025.01.20",
            "+2025-01-20",
            "99999-01-01",
            "1.2.3.2024",
            "20.01.2025 25:00:00",
            "2025-01-20T",
            "2025-01-20T09",
            "2025-01-20T09:12:60",
            "2025-01-20T09:12.5",
            "2025-01-20T09:12:38.",
            "2025-01-20T09:12:38.5x",
            "2025-01-20T09:12:38+15:00",
            "2025-01-20T09:12:38+03:00 x",
            "2025-01-20+03:00",
            "/Date()/",
            "/Date(x)/",
            "/Date(é)/",
            "/Date(9223372036854775807)/",
            "/Date(253402300799999)/",
            "/Date(0)",
            "２０２６-12-01",
        ] {
            for form in [PLAIN, SHORT, ALL] {
                assert_eq!(form.read(text), None, "{text} {form:?}");
            }
        }
        assert_eq!(PLAIN.read(&"9".repeat(1 << 20)), None);
    }

    #[cfg(feature = "serde")]
    #[test]
    fn is_read_back_as_it_writes_itself() {
        for text in [
            "2026-12-01",
            "2026-12-01T10:30:00",
            "2026-12-01T10:30:00.500",
        ] {
            let json = format!("\"{text}\"");
            let moment: Moment = serde_json::from_str(&json).unwrap();
            assert_eq!(serde_json::to_string(&moment).unwrap(), json);
        }
        for text in ["01.12.2026", "2026-12-01T10:30:00Z", "0001-01-01T00:00:00"] {
            assert!(serde_json::from_str::<Moment>(&format!("\"{text}\"")).is_err());
        }
    }

    proptest! {
        #[test]
        fn never_panics(text in "[0-9TZ.:/+ -]{0,40}|/Date\\([-+0-9]{0,22}\\)/|\\PC{0,70}") {
            for form in [PLAIN, SHORT, ALL] {
                let _ = form.read(&text);
            }
        }

        #[test]
        fn every_moment_round_trips(
            seconds in -2_208_900_000_i64..4_102_444_800,
            millis in 0_u32..1000,
        ) {
            let moment = DateTime::from_timestamp(seconds, millis * 1_000_000).unwrap();
            let wall = istanbul(moment);
            let written = Moment::from(wall).to_string();
            for form in [PLAIN, SHORT, ALL] {
                prop_assert_eq!(form.read(&written), Some(wall.into()));
                prop_assert_eq!(form.read(&moment.to_rfc3339()), Some(wall.into()));
                let old = format!("/Date({})/", moment.timestamp_millis());
                prop_assert_eq!(form.read(&old), Some(wall.into()));
                let dotted = wall.format("%d.%m.%Y %H:%M:%S%.f").to_string();
                prop_assert_eq!(form.read(&dotted), Some(wall.into()));
                let day = wall.format("%d.%m.%Y").to_string();
                let alone = form.read(&day).map(Moment::or_midnight);
                prop_assert_eq!(alone, Some(wall.date().and_time(NaiveTime::MIN)));
            }
        }
    }
}
