//! A clock that runs faster than the machine's, the same in every process of a trial.

use std::time::{Duration, SystemTime};

use kervan_core::Host;
use kervan_core::transport::BoxFuture;
use kervan_reqwest::SystemHost;

/// How many seconds pass in one of the machine's: leases and settling times take minutes.
pub(crate) const FASTER: u32 = 300;

/// The start of the trial by this clock: half past midnight in Istanbul, so that a trial stays within a day.
pub(crate) const START: Duration = Duration::from_secs(1_795_469_400);

/// The fast clock.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FastHost {
    began: SystemTime,
    /// How far it is ahead of the others, in seconds.
    ahead: i64,
}

impl FastHost {
    /// Creates a clock of a trial that began then, by the machine's clock.
    pub(crate) fn since(began: SystemTime) -> Self {
        Self { began, ahead: 0 }
    }

    /// Puts it so many seconds ahead of the others, or behind them.
    pub(crate) fn ahead(self, seconds: i64) -> Self {
        let ahead = seconds;
        Self { ahead, ..self }
    }
}

impl Host for FastHost {
    fn now(&self) -> SystemTime {
        let passed = SystemHost::new().now().duration_since(self.began);
        let now = SystemTime::UNIX_EPOCH + START + passed.unwrap_or_default() * FASTER;
        let wrong = Duration::from_secs(self.ahead.unsigned_abs());
        if self.ahead < 0 {
            now - wrong
        } else {
            now + wrong
        }
    }

    fn steady(&self) -> Duration {
        SystemHost::new().steady() * FASTER
    }

    fn sleep(&self, pause: Duration) -> BoxFuture<'static, ()> {
        SystemHost::new().sleep(pause / FASTER)
    }

    fn random(&self) -> u64 {
        SystemHost::new().random()
    }
}
