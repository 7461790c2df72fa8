//! When something happened, in the forms in which carriers write it.

use std::cmp::Ordering;
use std::hash::{Hash, Hasher};

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};
use serde::{Deserialize, Serialize};

/// Minutes from UTC to Türkiye.
const ISTANBUL_MINUTES: i64 = 180;
/// The offsets that Türkiye has had: in the winters before 2016, and since.
const TURKISH_OFFSETS: [i64; 2] = [120, ISTANBUL_MINUTES];
/// The longest text that is kept. What is longer is no date.
const MAX_CHARS: usize = 64;

/// When something happened, by the clock on a wall in Türkiye, and how the carrier wrote it.
///
/// Two moments are equal when day and time are; the texts of a query and of a page differ. A text
/// that is no date is kept, equals only the same text, and comes after every date.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct EventTime {
    text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    day: Option<NaiveDate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    time: Option<NaiveTime>,
}

impl EventTime {
    /// Reads a text: `2014-04-10T11:00:00.000+03:00`, `10.04.2014 11:00:00`, `10/04/2014`,
    /// `10-04-2014 11:00`, with the time and its parts optional. Never fails: what is no date keeps
    /// its text, cut to 64 characters.
    ///
    /// A time with an offset that is not Turkish is moved to Türkiye's clock of today.
    ///
    /// ```
    /// use kervan_tracking::EventTime;
    /// let page = EventTime::read("10.04.2014 11:00");
    /// assert_eq!(page, EventTime::read("2014-04-10T11:00:00"));
    /// assert_eq!(page.text(), "10.04.2014 11:00");
    /// assert_eq!(EventTime::read("soon").day(), None);
    /// ```
    pub fn read(text: &str) -> Self {
        let text = text.trim();
        let found = if text.len() <= MAX_CHARS {
            read(text)
        } else {
            None
        };
        let (day, time) = found.unzip();
        Self {
            text: text.chars().take(MAX_CHARS).collect(),
            day,
            time: time.flatten(),
        }
    }

    /// Reads a day and a time that stand apart.
    pub fn read_apart(day: &str, time: &str) -> Self {
        match time.trim() {
            "" => Self::read(day),
            time => {
                // A day column may hold a midnight of its own.
                let day = day.trim();
                let end = day.find(|c: char| c == 'T' || c.is_whitespace());
                let both = Self::read(&format!("{} {time}", &day[..end.unwrap_or(day.len())]));
                if both.time.is_some() {
                    both
                } else {
                    Self::read(day)
                }
            }
        }
    }

    /// A moment on Türkiye's clock.
    pub fn at(moment: NaiveDateTime) -> Self {
        Self {
            text: moment.format("%Y-%m-%dT%H:%M:%S%.f").to_string(),
            day: Some(moment.date()),
            time: Some(moment.time()),
        }
    }

    /// The text as the carrier wrote it.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The day; `None` when the text is no date.
    pub fn day(&self) -> Option<NaiveDate> {
        self.day
    }

    /// The time of day; `None` when the text has none.
    pub fn time(&self) -> Option<NaiveTime> {
        self.time
    }

    /// Day and time; `None` when the text lacks either.
    pub fn moment(&self) -> Option<NaiveDateTime> {
        Some(self.day?.and_time(self.time?))
    }

    /// What counts in comparing.
    fn key(&self) -> (bool, Option<NaiveDate>, Option<NaiveTime>, &str) {
        let text = if self.day.is_none() { &self.text } else { "" };
        (self.day.is_none(), self.day, self.time, text)
    }
}

impl PartialEq for EventTime {
    fn eq(&self, other: &Self) -> bool {
        self.key() == other.key()
    }
}

impl Eq for EventTime {}

impl Hash for EventTime {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.key().hash(state);
    }
}

impl PartialOrd for EventTime {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for EventTime {
    fn cmp(&self, other: &Self) -> Ordering {
        self.key().cmp(&other.key())
    }
}

fn read(text: &str) -> Option<(NaiveDate, Option<NaiveTime>)> {
    let end = text.find(|c: char| c == 'T' || c.is_whitespace());
    let (day, rest) = text.split_at(end.unwrap_or(text.len()));
    let day = read_day(day)?;
    let rest = rest.strip_prefix('T').unwrap_or(rest).trim_start();
    if rest.is_empty() {
        return Some((day, None));
    }
    let (clock, offset) = split_offset(rest);
    let time = read_clock(clock)?;
    let minutes = match offset {
        None => return Some((day, Some(time))),
        Some(offset) => read_offset(offset)?,
    };
    if TURKISH_OFFSETS.contains(&minutes) {
        return Some((day, Some(time)));
    }
    let shift = TimeDelta::minutes(ISTANBUL_MINUTES - minutes);
    let moved = day.and_time(time).checked_add_signed(shift)?;
    Some((moved.date(), Some(moved.time())))
}

/// A number of at most so many ASCII digits.
fn number(text: &str, digits: usize) -> Option<u32> {
    let plain = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    (plain && text.len() <= digits)
        .then(|| text.parse().ok())
        .flatten()
}

fn read_day(text: &str) -> Option<NaiveDate> {
    let mark = text.chars().find(|c| matches!(c, '-' | '.' | '/'))?;
    let mut parts = text.split(mark);
    let (first, month, last) = (parts.next()?, parts.next()?, parts.next()?);
    let (year, day) = if first.len() == 4 {
        (first, last)
    } else {
        (last, first)
    };
    if parts.next().is_some() || year.len() != 4 {
        return None;
    }
    let year = i32::try_from(number(year, 4)?).ok()?;
    NaiveDate::from_ymd_opt(year, number(month, 2)?, number(day, 2)?)
}

fn split_offset(text: &str) -> (&str, Option<&str>) {
    match text.find(['Z', 'z', '+', '-']) {
        Some(at) => (text[..at].trim_end(), Some(&text[at..])),
        None => (text, None),
    }
}

fn read_clock(text: &str) -> Option<NaiveTime> {
    let (clock, fraction) = match text.split_once('.') {
        Some((clock, fraction)) => (clock, Some(fraction)),
        None => (text, None),
    };
    let mut parts = clock.split(':');
    let (hour, minute) = (number(parts.next()?, 2)?, number(parts.next()?, 2)?);
    let second = parts.next().map_or(Some(0), |part| number(part, 2))?;
    if parts.next().is_some() {
        return None;
    }
    let nanos = match fraction {
        None => 0,
        Some(digits) => number(&format!("{:0<9}", digits.get(..9).unwrap_or(digits)), 9)?,
    };
    NaiveTime::from_hms_nano_opt(hour, minute, second, nanos)
}

fn read_offset(text: &str) -> Option<i64> {
    if text.eq_ignore_ascii_case("z") {
        return Some(0);
    }
    let (sign, rest) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text.strip_prefix('+')?),
    };
    let (hours, minutes) = match rest.split_once(':') {
        Some(parts) => parts,
        None => (
            rest.get(..2)?,
            rest.get(2..).filter(|m| !m.is_empty()).unwrap_or("00"),
        ),
    };
    let (hours, minutes) = (number(hours, 2)?, number(minutes, 2)?);
    (hours <= 14 && minutes < 60).then(|| sign * i64::from(hours * 60 + minutes))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn moment(text: &str) -> String {
        let read = EventTime::read(text);
        match (read.day(), read.time()) {
            (Some(day), Some(time)) => format!("{day} {time}"),
            (Some(day), None) => day.to_string(),
            _ => String::new(),
        }
    }

    #[test]
    fn reads_every_form_that_was_met() {
        for text in [
            "2014-04-10T11:00:00",
            "2014-04-10 11:00:00",
            " 10.04.2014 11:00:00 ",
            "10/04/2014 11:00",
            "10-04-2014 11:00",
            "10.4.2014 11:00",
            "2014-04-10T11:00:00+03:00",
            "2014-04-10T11:00:00+0200",
            "2014-04-10T08:00:00Z",
            "2014-04-10T01:00:00-07:00",
        ] {
            assert_eq!(moment(text), "2014-04-10 11:00:00", "{text}");
        }
        assert_eq!(moment("2021-07-28 09:51:13.0"), "2021-07-28 09:51:13");
        assert_eq!(
            moment("2021-07-28T09:51:13.1234567+03:00"),
            "2021-07-28 09:51:13.123456700"
        );
        assert_eq!(moment("07/04/2014"), "2014-04-07");
        assert_eq!(moment("2026-11-20T22:30:00Z"), "2026-11-21 01:30:00");
    }

    #[test]
    fn keeps_what_is_no_date() {
        for text in [
            "",
            "soon",
            "31.02.2024",
            "2024-13-01",
            "10.04.14",
            "10.04.2014 25:00",
            "1.2.3.2024",
        ] {
            let read = EventTime::read(text);
            assert_eq!((read.text(), read.day()), (text, None), "{text}");
        }
        assert_eq!(EventTime::read(&"9".repeat(1 << 20)).text().len(), 64);
    }

    #[test]
    fn puts_a_day_and_a_time_together() {
        let together = EventTime::read("2014-04-10T11:05:00");
        assert_eq!(EventTime::read_apart("10.04.2014", "11:05"), together);
        assert_eq!(
            EventTime::read_apart("10.04.2014 00:00:00", "11:05:00"),
            together
        );
        let day = EventTime::read("10.04.2014");
        assert_eq!(EventTime::read_apart("10.04.2014", " "), day);
        assert_eq!(EventTime::read_apart("10.04.2014", "afternoon"), day);
    }

    #[test]
    fn what_is_no_date_comes_last() {
        let mut all: Vec<_> = ["x", "2024-01-02", "a", "01.01.2024 10:00", "01.01.2024"]
            .map(EventTime::read)
            .into();
        all.sort();
        let texts: Vec<_> = all.iter().map(EventTime::text).collect();
        assert_eq!(
            texts,
            ["01.01.2024", "01.01.2024 10:00", "2024-01-02", "a", "x"]
        );
    }

    proptest! {
        #[test]
        fn reading_never_panics(text in "[0-9TZ.:/+ -]{0,40}|\\PC{0,70}", time in "\\PC{0,12}") {
            let _ = EventTime::read(&text);
            let _ = EventTime::read_apart(&text, &time);
        }

        #[test]
        fn every_moment_round_trips(seconds in 0_i64..4_102_444_800) {
            let moment = chrono::DateTime::from_timestamp(seconds, 0).unwrap().naive_utc();
            let at = EventTime::at(moment);
            prop_assert_eq!(at.moment(), Some(moment));
            prop_assert_eq!(EventTime::read(at.text()), at.clone());
            let dotted = moment.format("%d.%m.%Y %H:%M:%S").to_string();
            prop_assert_eq!(EventTime::read(&dotted), at);
        }
    }
}
