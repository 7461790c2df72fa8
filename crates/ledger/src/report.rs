//! Open writes in sentences, for the person at the desk.

use std::time::{Duration, SystemTime};

use kervan_core::Language;

use crate::entry::Entry;
use crate::state::State;

impl State {
    /// Returns the state as words for people.
    pub fn text(self, language: Language) -> &'static str {
        let (english, turkish) = match self {
            Self::Prepared => ("not sent yet", "henüz gönderilmedi"),
            Self::Sending => ("is being sent", "gönderiliyor"),
            Self::Unknown => ("may have happened", "yapılmış olabilir"),
            Self::NeedsAPerson => (
                "may have happened, and a person decides",
                "yapılmış olabilir, bir kişinin bakması gerekiyor",
            ),
            Self::Done | Self::Proven => ("done", "yapıldı"),
            Self::InState => ("is so, whoever did it", "durum böyle, kim yaptıysa"),
            Self::Exists => ("exists", "var"),
            Self::Refused => ("refused", "reddedildi"),
            Self::Abandoned => ("seen by nobody", "kimse görmedi"),
            Self::ResolvedDone => ("done, as a person saw", "yapılmış, bir kişi baktı"),
            Self::ResolvedNotDone => ("not done, as a person saw", "yapılmamış, bir kişi baktı"),
        };
        match language {
            Language::Turkish => turkish,
            _ => english,
        }
    }
}

impl Entry {
    /// Says in two lines which write it is, since when it is as it is, why, and what settles it.
    ///
    /// ```
    /// # use kervan_core::Language;
    /// # use kervan_ledger::{Account, Contents, Entry};
    /// # use std::time::{Duration, SystemTime};
    /// # let account = Account { provider: "param".to_owned(), merchant: "live 10738".to_owned() };
    /// # let contents = Contents::stored("0".repeat(64));
    /// # let at = SystemTime::UNIX_EPOCH;
    /// let entry = Entry::new(account.key("approve", "share 2"), "order 17", contents, at);
    /// let now = at + Duration::from_secs(3 * 3600 + 120);
    /// assert_eq!(
    ///     entry.report(now, Language::English),
    ///     "0. approve `share 2` at param (live 10738), object `order 17`\n   \
    ///      not sent yet for 3 h 2 min: send the same request again; that cannot do it twice\n"
    /// );
    /// ```
    pub fn report(&self, now: SystemTime, language: Language) -> String {
        let is_turkish = language == Language::Turkish;
        let pick = |english: String, turkish: String| if is_turkish { turkish } else { english };
        let (number, key, object) = (self.number, &self.key, &self.object);
        let first = pick(
            format!("{number}. {key}, object `{object}`"),
            format!("{number}. {key}, nesne `{object}`"),
        );
        let since = |time: Result<Duration, _>| length(time.unwrap_or_default(), is_turkish);
        let (state, age) = (
            self.state.text(language),
            since(now.duration_since(self.since)),
        );
        let mut second = vec![pick(
            format!("{state} for {age}"),
            format!("{state}, {age} süredir"),
        )];
        if self.tries > 0 {
            let tries = self.tries;
            let times = if tries == 1 {
                "once".to_owned()
            } else {
                format!("{tries} times")
            };
            second.push(pick(
                format!(", sent {times}"),
                format!(", {tries} kez gönderildi"),
            ));
        }
        second.extend(self.why.as_ref().map(|why| format!(" ({why})")));
        second.push(format!(": {}", self.next_step().text(language)));
        if let Some(due) = self.due {
            let left = since(due.duration_since(now));
            second.push(pick(
                format!("; by itself in {left}"),
                format!("; {left} sonra kendiliğinden"),
            ));
        }
        format!("{first}\n   {}\n", second.concat())
    }
}

/// Returns a length of time in its two largest units.
fn length(time: Duration, is_turkish: bool) -> String {
    let seconds = time.as_secs();
    let [day, hour, minute, second] = if is_turkish {
        ["gün", "sa", "dk", "sn"]
    } else {
        ["d", "h", "min", "s"]
    };
    match seconds {
        0..60 => format!("{seconds} {second}"),
        60..3_600 => format!("{} {minute}", seconds / 60),
        3_600..86_400 => format!(
            "{} {hour} {} {minute}",
            seconds / 3_600,
            seconds % 3_600 / 60
        ),
        _ => format!(
            "{} {day} {} {hour}",
            seconds / 86_400,
            seconds % 86_400 / 3_600
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_have_their_two_largest_units() {
        for (seconds, english, turkish) in [
            (59, "59 s", "59 sn"),
            (60, "1 min", "1 dk"),
            (3_600, "1 h 0 min", "1 sa 0 dk"),
            (86_399, "23 h 59 min", "23 sa 59 dk"),
            (90_000, "1 d 1 h", "1 gün 1 sa"),
        ] {
            let time = Duration::from_secs(seconds);
            assert_eq!(length(time, false), english);
            assert_eq!(length(time, true), turkish);
        }
    }

    #[test]
    fn every_state_has_words_in_both_languages() {
        for state in State::ALL {
            let texts = [Language::English, Language::Turkish].map(|one| state.text(one));
            assert_ne!(texts[0], texts[1], "{state:?}");
        }
    }
}
