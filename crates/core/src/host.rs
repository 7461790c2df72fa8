//! The machine that a client runs on.

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;
use std::time::{Duration, SystemTime};

use crate::future::BoxFuture;

/// The machine that a client runs on, as far as a client notices it.
///
/// Nothing else in these crates reads a clock, waits, or draws a number. The HTTP library of the default
/// transport has one timer of its own, for [`Config::connect_timeout`](crate::Config::connect_timeout).
pub trait Host: Send + Sync + 'static {
    /// Returns the time on the wall clock. It jumps when somebody sets the clock.
    fn now(&self) -> SystemTime;

    /// Returns the time since a start of the host's own choice. It never goes back, and is the same
    /// for every client of a program.
    fn steady(&self) -> Duration;

    /// Waits. The time runs from this call, not from the first poll of the future.
    fn sleep(&self, pause: Duration) -> BoxFuture<'static, ()>;

    /// Draws 64 random bits. They set the length of pauses; no secret is made of them.
    fn random(&self) -> u64;
}

impl<H: Host + ?Sized> Host for Arc<H> {
    fn now(&self) -> SystemTime {
        (**self).now()
    }

    fn steady(&self) -> Duration {
        (**self).steady()
    }

    fn sleep(&self, pause: Duration) -> BoxFuture<'static, ()> {
        (**self).sleep(pause)
    }

    fn random(&self) -> u64 {
        (**self).random()
    }
}

/// Runs a future until the timer ends, as one of [`Host::sleep`]. `None` when the timer was first.
pub async fn within<F: Future>(timer: BoxFuture<'static, ()>, work: F) -> Option<F::Output> {
    let (mut timer, mut work) = (timer, pin!(work));
    poll_fn(|context| {
        if let Poll::Ready(output) = work.as_mut().poll(context) {
            return Poll::Ready(Some(output));
        }
        timer.as_mut().poll(context).map(|()| None)
    })
    .await
}

/// A host whose clocks a test sets, and whose numbers repeat.
#[cfg(test)]
pub(crate) mod still {
    use std::sync::atomic::{AtomicU64, Ordering};
    use std::sync::{Mutex, MutexGuard};

    use super::{BoxFuture, Duration, Host, SystemTime};

    pub(crate) struct StillHost {
        clocks: Mutex<(SystemTime, Duration)>,
        draws: AtomicU64,
    }

    impl StillHost {
        pub(crate) fn at(wall: SystemTime) -> Self {
            Self {
                clocks: Mutex::new((wall, Duration::ZERO)),
                draws: AtomicU64::new(0),
            }
        }

        fn clocks(&self) -> MutexGuard<'_, (SystemTime, Duration)> {
            self.clocks.lock().unwrap()
        }

        pub(crate) fn advance(&self, by: Duration) {
            let mut clocks = self.clocks();
            *clocks = (clocks.0 + by, clocks.1 + by);
        }
    }

    impl Host for StillHost {
        fn now(&self) -> SystemTime {
            self.clocks().0
        }

        fn steady(&self) -> Duration {
            self.clocks().1
        }

        fn sleep(&self, pause: Duration) -> BoxFuture<'static, ()> {
            self.advance(pause);
            Box::pin(std::future::ready(()))
        }

        /// Spread over all numbers, by the golden ratio.
        fn random(&self) -> u64 {
            let drawn = self.draws.fetch_add(1, Ordering::SeqCst) + 1;
            drawn.wrapping_mul(0x9e37_79b9_7f4a_7c15)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::still::StillHost;
    use super::*;

    #[test]
    fn a_shared_host_is_the_host() {
        let host = Arc::new(StillHost::at(SystemTime::UNIX_EPOCH));
        let shared: &dyn Host = &Arc::clone(&host);
        host.advance(Duration::from_secs(5));
        assert_eq!(
            shared.now(),
            SystemTime::UNIX_EPOCH + Duration::from_secs(5)
        );
        assert_eq!(shared.steady(), Duration::from_secs(5));
        let [first, second] = [shared.random(), shared.random()];
        assert!(first != second && first > 1 && second > 1);
    }
}
