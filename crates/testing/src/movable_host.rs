//! A host whose clock a test moves.

use std::collections::BTreeMap;
use std::future::Future;
use std::pin::{Pin, pin};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Wake, Waker};
use std::time::{Duration, SystemTime};

use kervan_core::Host;
use kervan_core::transport::BoxFuture;

/// A host for tests: its time stops until [`advance`](Self::advance) moves it.
///
/// Clones share one clock. Everything it gives is repeatable: the same calls draw the same numbers.
///
/// ```
/// use std::time::{Duration, SystemTime};
/// use kervan_core::Host as _;
/// use kervan_testing::MovableHost;
///
/// let host = MovableHost::at(SystemTime::UNIX_EPOCH);
/// // Sleeps for an hour, in no time.
/// host.run(host.sleep(Duration::from_secs(3600)));
/// assert_eq!(host.steady(), Duration::from_secs(3600));
/// ```
#[derive(Clone, Debug)]
pub struct MovableHost {
    state: Arc<Mutex<State>>,
}

#[derive(Debug)]
struct State {
    wall: SystemTime,
    steady: Duration,
    random: u64,
    next_sleeper: u64,
    /// Who waits, by the time at which the waiting ends.
    sleepers: BTreeMap<(Duration, u64), Waker>,
}

/// Türkiye is three hours ahead of UTC, all year.
const ISTANBUL: Duration = Duration::from_secs(3 * 3600);
const DAY: Duration = Duration::from_secs(24 * 3600);

impl MovableHost {
    /// Starts a host at a time on the wall.
    pub fn at(wall: SystemTime) -> Self {
        let state = State {
            wall,
            steady: Duration::ZERO,
            random: 0,
            next_sleeper: 0,
            sleepers: BTreeMap::new(),
        };
        Self {
            state: Arc::new(Mutex::new(state)),
        }
    }

    /// Sets where the random numbers start.
    #[must_use]
    pub fn seed(self, seed: u64) -> Self {
        self.state().random = seed;
        self
    }

    /// Moves both clocks forward, and wakes whoever waited for less.
    pub fn advance(&self, by: Duration) {
        let mut state = self.state();
        state.wall += by;
        state.steady += by;
        let now = (state.steady, u64::MAX);
        let later = state.sleepers.split_off(&now);
        let woken = std::mem::replace(&mut state.sleepers, later);
        drop(state);
        for waker in woken.into_values() {
            waker.wake();
        }
    }

    /// Moves to the next midnight in Türkiye, where the providers' next day begins. Returns the time
    /// that passed.
    pub fn advance_to_istanbul_midnight(&self) -> Duration {
        let since_1970 = self.state().wall.duration_since(SystemTime::UNIX_EPOCH);
        let of_day = (since_1970.unwrap_or_default() + ISTANBUL).as_nanos() % DAY.as_nanos();
        let of_day = Duration::from_nanos(u64::try_from(of_day).unwrap_or_default());
        let left = DAY.saturating_sub(of_day);
        self.advance(left);
        left
    }

    /// Sets the wall clock, as a person or a time server does. Nobody is woken.
    pub fn set_wall(&self, wall: SystemTime) {
        self.state().wall = wall;
    }

    /// Returns the time until the next of those who wait is woken.
    pub fn next_wake(&self) -> Option<Duration> {
        let state = self.state();
        let ((due, _), _) = state.sleepers.first_key_value()?;
        Some(due.saturating_sub(state.steady))
    }

    /// Runs a future to its end. Whenever nothing can go on, the clock moves to the next of those
    /// who wait.
    ///
    /// # Panics
    ///
    /// When the future waits for something else than this host: nothing would ever wake it.
    pub fn run<F: Future>(&self, future: F) -> F::Output {
        let mut future = pin!(future);
        let woken = Arc::new(Woken::default());
        let waker = Waker::from(Arc::clone(&woken));
        loop {
            if let Poll::Ready(output) = future.as_mut().poll(&mut Context::from_waker(&waker)) {
                return output;
            }
            if woken.0.swap(false, Ordering::SeqCst) {
                continue;
            }
            match self.next_wake() {
                Some(left) => self.advance(left),
                None => panic!("nothing will ever wake this future"),
            }
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Host for MovableHost {
    fn now(&self) -> SystemTime {
        self.state().wall
    }

    fn steady(&self) -> Duration {
        self.state().steady
    }

    fn sleep(&self, pause: Duration) -> BoxFuture<'static, ()> {
        let mut state = self.state();
        let due = state.steady.saturating_add(pause);
        let key = (due, state.next_sleeper);
        state.next_sleeper += 1;
        drop(state);
        let host = self.clone();
        Box::pin(Sleep { host, key })
    }

    /// `SplitMix64`, whose numbers follow from the seed.
    fn random(&self) -> u64 {
        let mut state = self.state();
        state.random = state.random.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = state.random;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^ (bits >> 31)
    }
}

struct Sleep {
    host: MovableHost,
    key: (Duration, u64),
}

impl Future for Sleep {
    type Output = ();

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let mut state = self.host.state();
        if state.steady >= self.key.0 {
            return Poll::Ready(());
        }
        state.sleepers.insert(self.key, context.waker().clone());
        Poll::Pending
    }
}

impl Drop for Sleep {
    fn drop(&mut self) {
        self.host.state().sleepers.remove(&self.key);
    }
}

#[derive(Default)]
struct Woken(AtomicBool);

impl Wake for Woken {
    fn wake(self: Arc<Self>) {
        self.0.store(true, Ordering::SeqCst);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: Duration = Duration::from_secs(60);

    fn host() -> MovableHost {
        MovableHost::at(SystemTime::UNIX_EPOCH)
    }

    /// Returns which of two futures was ready first.
    async fn first_of(first: impl Future, second: impl Future) -> u8 {
        let (mut first, mut second) = (pin!(first), pin!(second));
        std::future::poll_fn(|context| {
            if second.as_mut().poll(context).is_ready() {
                return Poll::Ready(2);
            }
            first.as_mut().poll(context).map(|_| 1)
        })
        .await
    }

    #[test]
    fn time_stands_still_until_it_is_moved() {
        let host = host();
        let sleep = pin!(host.sleep(MINUTE));
        let mut sleep = sleep;
        let mut context = Context::from_waker(Waker::noop());
        assert!(sleep.as_mut().poll(&mut context).is_pending());
        host.advance(MINUTE.saturating_sub(Duration::from_nanos(1)));
        assert!(sleep.as_mut().poll(&mut context).is_pending());
        assert_eq!(host.next_wake(), Some(Duration::from_nanos(1)));
        host.advance(Duration::from_nanos(1));
        assert!(sleep.as_mut().poll(&mut context).is_ready());
        assert_eq!(host.next_wake(), None);
    }

    #[test]
    fn a_sleep_runs_from_its_call() {
        let host = host();
        let sleep = host.sleep(MINUTE);
        host.advance(MINUTE);
        host.run(sleep);
        assert_eq!(host.steady(), MINUTE);
    }

    #[test]
    fn running_moves_from_one_sleeper_to_the_next() {
        let host = host();
        let first = host.run(first_of(host.sleep(MINUTE), host.sleep(MINUTE * 2)));
        assert_eq!((first, host.steady()), (1, MINUTE));
        // The sleep that lost is gone: nobody is waited for any more.
        assert_eq!(host.next_wake(), None);
        let second = host.run(first_of(host.sleep(MINUTE * 2), async {}));
        assert_eq!((second, host.steady()), (2, MINUTE));
    }

    #[test]
    fn midnight_is_that_of_istanbul() {
        let host = host();
        assert_eq!(
            host.advance_to_istanbul_midnight(),
            Duration::from_secs(21 * 3600)
        );
        assert_eq!(host.advance_to_istanbul_midnight(), DAY);
        assert_eq!(
            host.now(),
            SystemTime::UNIX_EPOCH + Duration::from_secs(45 * 3600)
        );
    }

    #[test]
    fn setting_the_wall_clock_moves_no_timer() {
        let host = host();
        host.set_wall(SystemTime::UNIX_EPOCH + DAY * 365);
        assert_eq!(host.steady(), Duration::ZERO);
    }

    #[test]
    fn the_seed_decides_the_numbers() {
        let draws = |seed| {
            let host = host().seed(seed);
            [host.random(), host.random(), host.random()]
        };
        assert_eq!(draws(7), draws(7));
        assert_ne!(draws(7), draws(8));
        let [first, second, _] = draws(7);
        assert_ne!(first, second);
    }

    #[test]
    #[should_panic(expected = "nothing will ever wake")]
    fn a_future_that_nothing_wakes_does_not_hang() {
        host().run(std::future::pending::<()>());
    }
}
