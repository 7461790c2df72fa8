//! Work of which one runs at a time for a number, in a task of its own.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::watch;

type Running<T> = HashMap<u64, watch::Receiver<Option<T>>>;

/// The work that runs now, by its number.
pub(super) struct Flights<T>(Arc<Mutex<Running<T>>>);

impl<T> Default for Flights<T> {
    fn default() -> Self {
        Self(Arc::default())
    }
}

/// Takes a number off the list when its work ends, also by a panic.
struct Ending<T> {
    running: Arc<Mutex<Running<T>>>,
    number: u64,
}

impl<T> Drop for Ending<T> {
    fn drop(&mut self) {
        lock(&self.running).remove(&self.number);
    }
}

fn lock<T>(running: &Mutex<Running<T>>) -> MutexGuard<'_, Running<T>> {
    running.lock().unwrap_or_else(PoisonError::into_inner)
}

impl<T: Clone + Send + Sync + 'static> Flights<T> {
    /// Starts the work, unless the same number's runs, and waits for its result. `None` when it panicked.
    pub(super) async fn run(
        &self,
        number: u64,
        work: impl Future<Output = T> + Send + 'static,
    ) -> Option<T> {
        let mut result = match lock(&self.0).entry(number) {
            Entry::Occupied(running) => running.get().clone(),
            Entry::Vacant(free) => {
                let (sender, receiver) = watch::channel(None);
                free.insert(receiver.clone());
                let running = Arc::clone(&self.0);
                tokio::spawn(async move {
                    let ending = Ending { running, number };
                    let result = work.await;
                    // Who comes from now on starts anew, and finds the state that the store has.
                    drop(ending);
                    sender.send_replace(Some(result));
                });
                receiver
            }
        };
        let result = result.wait_for(Option::is_some).await;
        result.ok().and_then(|result| result.clone())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[tokio::test]
    async fn a_number_that_panicked_is_free_again() {
        let flights = Flights::<u8>::default();
        let fails = async { panic!("on purpose") };
        assert_eq!(flights.run(1, fails).await, None);
        assert_eq!(flights.run(1, async { 5 }).await, Some(5));
    }

    #[tokio::test]
    async fn one_runs_at_a_time_and_the_others_get_its_result() {
        let flights = Flights::<usize>::default();
        let runs = Arc::new(AtomicUsize::new(0));
        let work = || {
            let runs = Arc::clone(&runs);
            async move {
                let run = runs.fetch_add(1, Ordering::SeqCst);
                tokio::task::yield_now().await;
                run
            }
        };
        let (one, two, other) = tokio::join!(
            flights.run(1, work()),
            flights.run(1, work()),
            flights.run(2, work())
        );
        assert_eq!((one, two), (Some(0), Some(0)));
        assert_eq!(other, Some(1));
        assert_eq!(flights.run(1, work()).await, Some(2), "it has ended");
    }
}
