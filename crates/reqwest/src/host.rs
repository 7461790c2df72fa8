//! The system's clock and tokio's timer.

use std::hash::{BuildHasher, Hasher, RandomState};
use std::sync::OnceLock;
use std::time::{Duration, Instant, SystemTime};

use kervan_core::Host;
use kervan_core::transport::BoxFuture;

/// The system's clock, tokio's timer, and the random source of the standard library.
///
/// Its timer needs a tokio runtime with time enabled.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct SystemHost;

/// Where the steady time of a program starts: at the first question.
static START: OnceLock<Instant> = OnceLock::new();

impl SystemHost {
    /// Returns the host of this machine.
    pub fn new() -> Self {
        Self
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the one place that asks the system"
)]
impl Host for SystemHost {
    fn now(&self) -> SystemTime {
        SystemTime::now()
    }

    fn steady(&self) -> Duration {
        START.get_or_init(Instant::now).elapsed()
    }

    fn sleep(&self, pause: Duration) -> BoxFuture<'static, ()> {
        Box::pin(tokio::time::sleep(pause))
    }

    fn random(&self) -> u64 {
        // The standard library seeds its hash maps from the system's random source, and gives each
        // of them a key of its own.
        RandomState::new().build_hasher().finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn every_host_of_a_program_has_the_same_steady_time() {
        let first = SystemHost::new().steady();
        let pause = Duration::from_millis(1);
        SystemHost::new().sleep(pause).await;
        let second = SystemHost::new().steady();
        assert!(second >= first + pause);
        assert_ne!(SystemHost::new().random(), SystemHost::new().random());
    }
}
