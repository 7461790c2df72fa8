//! When something happened, in the forms in which carriers write it.

use std::cmp::Ordering;
use std::hash::{Hash, Hasher};

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use kervan_turkiye::moment::{Moment, MomentForm};
use serde::{Deserialize, Serialize};

/// Carriers write the day first, with any mark and with one digit, and keep the times of years ago.
const FORM: MomentForm = MomentForm::new()
    .short_days()
    .day_first_always()
    .turkish_offsets_as_written();
/// The longest text that is kept. A longer one is not a date.
const MAX_CHARS: usize = 64;

/// The time of an event, by the clock on a wall in Türkiye, and as the carrier wrote it.
///
/// Two moments are equal when day and time are; the texts of a query and of a page differ. A text
/// that is not a date is kept, equals only the same text, and comes after every date.
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
    /// `10-04-2014 11:00`, with the time and its parts optional. Never fails: any other text is kept,
    /// cut to 64 characters, without a date; so is .NET's `0001-01-01T00:00:00`.
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
        let found = FORM.read(text);
        Self {
            text: text.chars().take(MAX_CHARS).collect(),
            day: found.map(|moment| moment.day),
            time: found.and_then(|moment| moment.time),
        }
    }

    /// Reads a day and a time from two texts.
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

    /// Creates a moment on Türkiye's clock.
    pub fn at(moment: NaiveDateTime) -> Self {
        Self {
            text: Moment::from(moment).to_string(),
            day: Some(moment.date()),
            time: Some(moment.time()),
        }
    }

    /// Returns the text as the carrier wrote it.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns the day; `None` when the text is not a date.
    pub fn day(&self) -> Option<NaiveDate> {
        self.day
    }

    /// Returns the time of day; `None` when the text has none.
    pub fn time(&self) -> Option<NaiveTime> {
        self.time
    }

    /// Returns day and time; `None` when the text lacks either.
    pub fn moment(&self) -> Option<NaiveDateTime> {
        Some(self.day?.and_time(self.time?))
    }

    /// Returns the key of comparisons.
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
    fn t12_the_empty_date_of_net_is_no_day() {
        // The last two are more: a day alone, and a time beside it.
        for text in [
            "0001-01-01T00:00:00",
            "0001-01-01T00:00:00+03:00",
            "01.01.0001",
            "1/1/0001 09:30",
        ] {
            let read = EventTime::read(text);
            assert_eq!((read.text(), read.day(), read.time()), (text, None, None));
        }
        assert_eq!(
            EventTime::read_apart("0001-01-01T00:00:00", "09:30").day(),
            None
        );
        let earlier = EventTime::read("01.01.1990");
        assert!(earlier < EventTime::read("0001-01-01T00:00:00"));
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
