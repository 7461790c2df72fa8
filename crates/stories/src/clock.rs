//! Running a client's call in virtual time, up to the moment at which its program crashes.

use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Wake, Waker};
use std::time::{Duration, SystemTime};

use kervan_core::{Host, MovableHost};
use kervan_sandbox::Moment;

/// Starts a host at noon of 22 November 2026 in Türkiye.
pub(crate) fn host(seed: u64) -> MovableHost {
    MovableHost::at(SystemTime::UNIX_EPOCH + Duration::from_secs(1_795_338_000)).seed(seed)
}

/// Returns the day on which stories begin.
pub(crate) fn today() -> chrono::NaiveDate {
    chrono::DateTime::<chrono::Utc>::from(host(0).now()).date_naive()
}

/// Returns the host's time as the simulated providers count it.
pub(crate) fn moment(host: &MovableHost) -> Moment {
    let since = host.now().duration_since(SystemTime::UNIX_EPOCH);
    let millis = since.unwrap_or_default().as_millis();
    Moment(i64::try_from(millis).unwrap_or(i64::MAX))
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
