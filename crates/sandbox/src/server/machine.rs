//! Time and patience of the machine. Everything else has the clock of a world.

#![expect(
    clippy::disallowed_methods,
    reason = "the server is the one place where the machine's time comes in"
)]

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use tokio::time::error::Elapsed;
use tokio::time::{Instant, Timeout};

use crate::Moment;

/// Returns the time of the machine.
pub fn now() -> Moment {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    let millis = since.map_or(0, |since| since.as_millis());
    Moment(i64::try_from(millis).unwrap_or(i64::MAX))
}

/// Waits.
pub(super) async fn pause(time: Duration) {
    tokio::time::sleep(time).await;
}

/// Waits for something, but no longer than so.
pub(super) async fn within<T>(
    time: Duration,
    wanted: impl Future<Output = T>,
) -> Result<T, Elapsed> {
    tokio::time::timeout(time, wanted).await
}

/// Returns the end of a time that begins now.
pub(crate) fn after(time: Duration) -> Instant {
    Instant::now() + time
}

/// Waits for something until a time. The timer is that of the runtime in which this is called, not of
/// the one that waits.
pub(crate) fn until<F: IntoFuture>(end: Instant, wanted: F) -> Timeout<F::IntoFuture> {
    tokio::time::timeout_at(end, wanted)
}
