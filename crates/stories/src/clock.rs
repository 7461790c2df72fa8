//! Virtual time: the right one, and the clocks of the machine that a client runs on.

use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Wake, Waker};
use std::time::{Duration, SystemTime};

use kervan_core::Host;
use kervan_sandbox::Moment;
use kervan_testing::MovableHost;

/// Noon of 22 November 2026 in Türkiye, in seconds since 1970.
const START: u64 = 1_795_338_000;

/// The right time, and the machine that the program runs on.
///
/// The simulated provider follows the right time. The machine's wall clock can be wrong, and its
/// steady clock begins anew with each program.
#[derive(Clone, Debug)]
pub(crate) struct Clock {
    pub(crate) host: MovableHost,
    /// The time that had passed when the program began.
    begun: Duration,
}

impl Clock {
    pub(crate) fn new(seed: u64) -> Self {
        Self {
            host: MovableHost::at(start()).seed(seed),
            begun: Duration::ZERO,
        }
    }

    /// Returns the time since the story began.
    pub(crate) fn elapsed(&self) -> Duration {
        self.begun + self.host.steady()
    }

    /// Returns the right time, as the simulated providers count it.
    pub(crate) fn moment(&self) -> Moment {
        let millis = (Duration::from_secs(START) + self.elapsed()).as_millis();
        Moment(i64::try_from(millis).unwrap_or(i64::MAX))
    }

    /// Sets the wall clock, so many seconds ahead of the right time or behind it.
    pub(crate) fn set_wall(&self, ahead: i64) {
        let right = start() + self.elapsed();
        let off = Duration::from_secs(ahead.unsigned_abs());
        let wall = if ahead < 0 { right - off } else { right + off };
        self.host.set_wall(wall);
    }

    /// Returns the same machine for a new program. The wall clock stays as wrong as it was.
    pub(crate) fn restarted(&self) -> Self {
        Self {
            host: MovableHost::at(self.host.now()).seed(self.host.random()),
            begun: self.elapsed(),
        }
    }
}

fn start() -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(START)
}

/// Returns the day on which stories begin.
pub(crate) fn today() -> chrono::NaiveDate {
    chrono::DateTime::<chrono::Utc>::from(start()).date_naive()
}

/// Runs a future. The clock moves to the next sleeper whenever nothing else can go on.
///
/// `None` when the program crashes: the future is dropped when it waits for the `crash`th time.
pub(crate) fn run<F: Future>(
    host: &MovableHost,
    future: F,
    crash: Option<u32>,
) -> Option<F::Output> {
    let mut future = pin!(future);
    let woken = Arc::new(Woken::default());
    let waker = Waker::from(Arc::clone(&woken));
    let mut waits = 0;
    loop {
        if let Poll::Ready(output) = future.as_mut().poll(&mut Context::from_waker(&waker)) {
            return Some(output);
        }
        waits += 1;
        if crash.is_some_and(|crash| waits >= crash) {
            return None;
        }
        if woken.0.swap(false, Ordering::SeqCst) {
            continue;
        }
        host.advance(host.next_wake()?);
    }
}

#[derive(Default)]
struct Woken(AtomicBool);

impl Wake for Woken {
    fn wake(self: Arc<Self>) {
        self.0.store(true, Ordering::SeqCst);
    }
}
