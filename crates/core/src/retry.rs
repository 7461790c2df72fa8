//! The repeats of reads: which calls, how often, and how long the wait is.

use std::time::Duration;

use crate::error::{Error, TransportKind};
use crate::host::Host;

/// How reads are repeated. [`Caller::call`](crate::Caller::call) never repeats a write;
/// `resume` and `send_or_settle` of `kervan-settling` send a keyed write again.
///
/// The pause before try *n* is drawn evenly from zero to `first_pause * 2^(n-2)`, at most
/// `longest_pause`: to `first_pause` before the second try, to twice that before the third. The seconds of
/// a `Retry-After` header are waited where they fit into `deadline`; where they do not, and where it is not a
/// number of seconds but a date or anything else, the call fails at once.
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

    /// Sets the upper ends of the first and of every pause.
    #[must_use]
    pub fn pauses(mut self, first: Duration, longest: Duration) -> Self {
        self.first_pause = first;
        self.longest_pause = longest;
        self
    }

    /// Returns the pause before the next try, after `tried` tries that took `elapsed` in all. `None` when
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
        let asked = match error {
            Error::Status(status) => status.reply().header("retry-after"),
            _ => None,
        };
        let pause = match asked {
            // A date: it is for the caller to come again.
            Some(asked) => Duration::from_secs(asked.trim().parse().ok()?),
            None => self.backoff(tried, host),
        };
        (pause < self.deadline.saturating_sub(elapsed)).then_some(pause)
    }

    /// Returns a pause drawn evenly from zero to the upper end after `tried` tries.
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

crate::setters! { Retry {
    /// Sets how often a call is tried in all.
    tries: u32,
    /// Sets the time for all tries and pauses together.
    deadline: Duration,
} }

/// Returns whether the cause may be gone a moment later.
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

#[cfg(test)]
mod tests {
    use std::time::SystemTime;

    use super::*;
    use crate::class::Class;
    use crate::error::tests::No;
    use crate::error::{Failure, TransportError, UnexpectedStatus};
    use crate::host::still::StillHost;
    use crate::message::Reply;

    fn host() -> StillHost {
        StillHost::at(SystemTime::UNIX_EPOCH + Duration::from_secs(1_800_000_000))
    }

    fn busy(retry_after: &str) -> Error<No> {
        let header = ("Retry-After".to_owned(), retry_after.to_owned());
        let status = UnexpectedStatus {
            hint: None,
            reply: Box::new(Reply::new(503, vec![header], Vec::new())),
        };
        Error::Status(Failure::new("op", Class::Read, status))
    }

    fn lost(kind: TransportKind) -> Error<No> {
        Error::Transport(Failure::new("op", Class::Read, TransportError::new(kind)))
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
    fn a_wait_until_a_date_is_left_to_the_caller() {
        for asked in ["Fri, 15 Jan 2027 08:00:30 GMT", "soon", "", "-1", "1.5"] {
            let pause = Retry::default().pause_after(&busy(asked), 1, Duration::ZERO, &host());
            assert_eq!(pause, None, "{asked}");
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
        let error = lost(TransportKind::Interrupted);
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
        let large = lost(TransportKind::TooLarge);
        assert!(
            retry
                .pause_after(&large, 1, Duration::ZERO, &host())
                .is_none()
        );
    }
}
