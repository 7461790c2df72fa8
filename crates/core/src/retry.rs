//! What may be repeated, how often, and how long it waits.

use std::time::{Duration, SystemTime};

use crate::error::{Error, TransportKind};
use crate::host::Host;
use crate::message::Reply;

/// How reads are repeated. [`Caller::call`](crate::Caller::call) never repeats a write;
/// [`resume`](crate::Caller::resume) and [`send_or_settle`](crate::Caller::send_or_settle) send a keyed
/// write again.
///
/// The pause before try *n* is drawn evenly from zero to `first_pause * 2^(n-2)`, at most
/// `longest_pause`: to `first_pause` before the second try, to twice that before the third. A
/// `Retry-After` header is obeyed where it fits into `deadline`; where it does not, the call fails at once.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Retry {
    /// How often a call is tried in all. 3; with 1 nothing is repeated.
    pub tries: u32,
    /// Upper end of the first pause. 200 milliseconds.
    pub first_pause: Duration,
    /// Upper end of every pause. 5 seconds.
    pub longest_pause: Duration,
    /// All tries and pauses together. 60 seconds.
    pub deadline: Duration,
}

impl Default for Retry {
    fn default() -> Self {
        Self {
            tries: 3,
            first_pause: Duration::from_millis(200),
            longest_pause: Duration::from_secs(5),
            deadline: Duration::from_secs(60),
        }
    }
}

impl Retry {
    /// Nothing is repeated.
    pub fn never() -> Self {
        Self {
            tries: 1,
            ..Self::default()
        }
    }

    /// Sets how often a call is tried in all.
    #[must_use]
    pub fn tries(mut self, tries: u32) -> Self {
        self.tries = tries;
        self
    }

    /// Sets the upper ends of the first and of every pause.
    #[must_use]
    pub fn pauses(mut self, first: Duration, longest: Duration) -> Self {
        self.first_pause = first;
        self.longest_pause = longest;
        self
    }

    /// Sets the time for all tries and pauses together.
    #[must_use]
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.deadline = deadline;
        self
    }

    /// The pause before the next try, after `tried` tries that took `elapsed` in all. `None` when
    /// the call has to fail now.
    pub(crate) fn pause_after<R>(
        &self,
        error: &Error<R>,
        tried: u32,
        elapsed: Duration,
        host: &dyn Host,
    ) -> Option<Duration> {
        if tried >= self.tries || !is_passing(error) {
            return None;
        }
        let pause = match error {
            Error::Status(status) => retry_after(status.reply(), host),
            _ => None,
        };
        let pause = pause.unwrap_or_else(|| self.backoff(tried, host));
        (pause < self.deadline.saturating_sub(elapsed)).then_some(pause)
    }

    /// A pause drawn evenly from zero to the upper end after `tried` tries.
    pub(crate) fn backoff(&self, tried: u32, host: &dyn Host) -> Duration {
        let doublings = tried.saturating_sub(1).min(20);
        let end = self
            .first_pause
            .saturating_mul(1 << doublings)
            .min(self.longest_pause);
        let draw = host.random() >> 11;
        #[expect(clippy::cast_precision_loss, reason = "53 bits fit")]
        let share = draw as f64 / (1_u64 << 53) as f64;
        end.mul_f64(share)
    }
}

/// Whether the cause may be gone a moment later.
fn is_passing<R>(error: &Error<R>) -> bool {
    match error {
        Error::Transport(failure) => matches!(
            failure.kind(),
            TransportKind::Connect
                | TransportKind::Timeout
                | TransportKind::Interrupted
                | TransportKind::Malformed
        ),
        Error::Status(status) => matches!(status.reply().status, 429 | 502 | 503 | 504),
        _ => false,
    }
}

/// The wait that a reply asks for: seconds, or a date.
fn retry_after(reply: &Reply, host: &dyn Host) -> Option<Duration> {
    let value = reply.header("retry-after")?.trim();
    if let Ok(seconds) = value.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let date = http_date(value)?;
    Some(date.duration_since(host.now()).unwrap_or_default())
}

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

/// Reads a date of HTTP in the one form that may be sent, as `Wed, 21 Oct 2015 07:28:00 GMT`. The day of
/// the week is not compared.
fn http_date(text: &str) -> Option<SystemTime> {
    let (_, text) = text.split_once(", ")?;
    let [day, month, year, time, "GMT"] = *text.split(' ').collect::<Vec<_>>() else {
        return None;
    };
    let [hour, minute, second] = *time.split(':').collect::<Vec<_>>() else {
        return None;
    };
    let number = |text: &str, digits: usize| {
        let is_number = text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit());
        is_number.then(|| text.parse::<u64>().ok()).flatten()
    };
    let (day, year) = (number(day, 2)?, number(year, 4)?);
    let (hour, minute, second) = (number(hour, 2)?, number(minute, 2)?, number(second, 2)?);
    let month = MONTHS.iter().position(|name| *name == month)?;
    let is_leap = |year: u64| {
        year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
    };
    let in_month = |month: usize| match month {
        1 if is_leap(year) => 29,
        1 => 28,
        3 | 5 | 8 | 10 => 30,
        _ => 31,
    };
    // A leap second is the first of the next minute.
    if year < 1970
        || !(1..=in_month(month)).contains(&day)
        || hour > 23
        || minute > 59
        || second > 60
    {
        return None;
    }
    let in_years: u64 = (1970..year)
        .map(|year| 365 + u64::from(is_leap(year)))
        .sum();
    let days = in_years + (0..month).map(in_month).sum::<u64>() + day - 1;
    let seconds = ((days * 24 + hour) * 60 + minute) * 60 + second;
    SystemTime::UNIX_EPOCH.checked_add(Duration::from_secs(seconds))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::class::Class;
    use crate::error::{TransportError, UnexpectedStatus};
    use crate::host::MovableHost;

    fn host() -> MovableHost {
        MovableHost::at(SystemTime::UNIX_EPOCH + Duration::from_secs(1_800_000_000))
    }

    fn busy(retry_after: &str) -> Error<crate::error::tests::No> {
        let header = ("Retry-After".to_owned(), retry_after.to_owned());
        Error::Status(UnexpectedStatus::new(
            "op",
            Class::Read,
            None,
            Reply::new(503, vec![header], Vec::new()),
        ))
    }

    #[test]
    fn obeys_retry_after_within_the_deadline() {
        let retry = Retry::default();
        let zero = Duration::ZERO;
        assert_eq!(
            retry.pause_after(&busy("7"), 1, zero, &host()),
            Some(Duration::from_secs(7))
        );
        assert_eq!(retry.pause_after(&busy("61"), 1, zero, &host()), None);
        assert_eq!(
            retry.pause_after(&busy("18446744073709551615"), 1, zero, &host()),
            None
        );
    }

    #[test]
    fn a_pause_ends_before_the_deadline() {
        let retry = Retry::never().tries(2).deadline(Duration::from_secs(9));
        let pause = |seconds| retry.pause_after(&busy(seconds), 1, Duration::from_secs(2), &host());
        assert_eq!(pause("6"), Some(Duration::from_secs(6)));
        assert_eq!(pause("7"), None, "nothing is left for the try itself");
    }

    #[test]
    fn never_means_one_try() {
        let zero = Duration::ZERO;
        assert_eq!(
            Retry::never().pause_after(&busy("0"), 1, zero, &host()),
            None
        );
        assert_eq!(Retry::never().tries(3), Retry::default());
    }

    #[test]
    fn reads_a_date_in_retry_after() {
        let wait = |date: &str| {
            let host = host();
            Retry::default().pause_after(&busy(date), 1, Duration::ZERO, &host)
        };
        assert_eq!(wait("Wed, 21 Oct 2015 07:28:00 GMT"), Some(Duration::ZERO));
        // The clock of the host is at 2027-01-15T08:00:00Z.
        assert_eq!(
            wait("Fri, 15 Jan 2027 08:00:30 GMT"),
            Some(Duration::from_secs(30))
        );
        assert_eq!(wait("Fri, 15 Jan 2027 08:01:30 GMT"), None);
    }

    #[test]
    fn reads_dates_of_http() {
        let seconds = |text: &str| {
            let since = |date: SystemTime| date.duration_since(SystemTime::UNIX_EPOCH);
            http_date(text).map(|date| since(date).unwrap().as_secs())
        };
        for (text, known) in [
            ("Thu, 01 Jan 1970 00:00:00 GMT", 0),
            ("Wed, 21 Oct 2015 07:28:00 GMT", 1_445_412_480),
            ("Tue, 29 Feb 2000 23:59:59 GMT", 951_868_799),
            ("Thu, 31 Dec 2099 23:59:60 GMT", 4_102_444_800),
            ("Mon, 01 Mar 2100 00:00:00 GMT", 4_107_542_400),
        ] {
            assert_eq!(seconds(text), Some(known), "{text}");
        }
        for text in [
            "",
            "Wed, 21 Oct 2015 07:28:00",
            "Wed, 21 Oct 2015 07:28:00 UTC",
            "Wed, 31 Jun 2015 07:28:00 GMT",
            "Mon, 29 Feb 2100 00:00:00 GMT",
            "Wed, 00 Oct 2015 07:28:00 GMT",
            "Wed, 21 okt 2015 07:28:00 GMT",
            "Wed, 21 Oct 1969 07:28:00 GMT",
            "Wed, 21 Oct 2015 24:00:00 GMT",
            "Wed, 21 Oct +015 07:28:00 GMT",
            "Wed, 21 Oct 2015 7:28:00 GMT",
            "Wednesday, 21-Oct-15 07:28:00 GMT",
        ] {
            assert_eq!(seconds(text), None, "{text}");
        }
    }

    #[test]
    fn the_pause_before_the_second_try_is_the_first() {
        let host = host();
        let end = Duration::from_millis(100);
        let retry = Retry::default().pauses(end, Duration::from_secs(60));
        let longest = (0..200).map(|_| retry.backoff(1, &host)).max().unwrap();
        assert!(longest <= end && longest > end / 2, "{longest:?}");
        let longest = (0..200).map(|_| retry.backoff(2, &host)).max().unwrap();
        assert!(longest <= end * 2 && longest > end, "{longest:?}");
    }

    #[test]
    fn pauses_grow_to_the_longest_and_stay_below_it() {
        let host = host();
        let retry = Retry::default().pauses(Duration::from_millis(100), Duration::from_millis(250));
        for tried in 1..40 {
            let end = 100_u64.saturating_mul(1 << (tried - 1).min(20)).min(250);
            assert!(retry.backoff(tried, &host) <= Duration::from_millis(end));
        }
        let draws: std::collections::HashSet<_> =
            (0..20).map(|_| retry.backoff(9, &host)).collect();
        assert!(draws.len() > 1, "pauses are drawn, not fixed");
    }

    #[test]
    fn gives_up_after_the_tries_and_for_lasting_causes() {
        let retry = Retry::default();
        let error: Error<crate::error::tests::No> = Error::transport(
            "op",
            Class::Read,
            TransportError::new(TransportKind::Interrupted),
        );
        assert!(
            retry
                .pause_after(&error, 1, Duration::ZERO, &host())
                .is_some()
        );
        assert!(
            retry
                .pause_after(&error, 3, Duration::ZERO, &host())
                .is_none()
        );
        assert!(
            retry
                .pause_after(&error, 1, Duration::from_secs(61), &host())
                .is_none()
        );
        let large: Error<crate::error::tests::No> = Error::transport(
            "op",
            Class::Read,
            TransportError::new(TransportKind::TooLarge),
        );
        assert!(
            retry
                .pause_after(&large, 1, Duration::ZERO, &host())
                .is_none()
        );
    }
}
