//! A worker: it goes on with every write that is due.

use std::collections::BTreeMap;
use std::time::Duration;

use kervan_core::transport::BoxFuture;

use crate::ledger::{Held, Ledger};
use crate::store::Store;
use crate::work::{WorkError, caught, either, until_stopped};

/// Goes on with one write of a kind.
type Step = Box<dyn Fn(Held) -> BoxFuture<'static, ()> + Send + Sync>;

/// Ends a pause early.
type Woken = Box<dyn Fn() -> BoxFuture<'static, ()> + Send + Sync>;

/// Goes on with every write that is due, on one machine or on many: a write that one worker has taken is
/// skipped by the others. Start as many as there should be writes at once.
pub struct Worker<S> {
    ledger: Ledger<S>,
    steps: BTreeMap<String, Step>,
    pause: Duration,
    woken: Option<Woken>,
}

impl<S: Store> Worker<S> {
    /// Creates a worker that knows no kind of write yet.
    pub fn new(ledger: Ledger<S>) -> Self {
        Self {
            ledger,
            steps: BTreeMap::new(),
            pause: Duration::from_secs(2),
            woken: None,
        }
    }

    /// Sets how long it waits where nothing was due. 2 seconds.
    #[must_use]
    pub fn pause(mut self, pause: Duration) -> Self {
        self.pause = pause;
        self
    }

    /// Sets what ends a pause early, so that a page need not wait for it after its program has stored a write: a
    /// function that returns a future for each pause. `notify_one` of a `tokio::sync::Notify` is remembered
    /// where no worker waits yet, so that no write is overlooked.
    #[must_use]
    pub fn woken<F>(mut self, by: impl Fn() -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = ()> + Send + 'static,
    {
        self.woken = Some(Box::new(move || Box::pin(by())));
        self
    }

    /// Says how a kind of write goes on: the step finds the request of the key and calls
    /// [`Ledger::go_on`]. Kinds without a step are left to other workers.
    #[must_use]
    pub fn on<F>(
        mut self,
        kind: impl Into<String>,
        step: impl Fn(Held) -> F + Send + Sync + 'static,
    ) -> Self
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let step = move |held| -> BoxFuture<'static, ()> { Box::pin(step(held)) };
        self.steps.insert(kind.into(), Box::new(step));
        self
    }

    /// Goes on with one write that is due. Returns whether there was one.
    ///
    /// # Errors
    ///
    /// [`WorkError`].
    pub async fn step(&self) -> Result<bool, WorkError> {
        let kinds: Vec<_> = self.steps.keys().map(String::as_str).collect();
        let Some(held) = self.ledger.claim(&kinds, 1).await?.pop() else {
            return Ok(false);
        };
        if let Some(step) = self.steps.get(&held.entry().key.kind) {
            let key = held.entry().key.clone();
            caught(async { step(held).await }, || key.to_string()).await?;
        }
        Ok(true)
    }

    /// Works until `stop` ends. It then stops at once, in the middle of a step too: what it was sending is
    /// settled when the lease has ended. A store that fails is asked again after the pause, and a step that panics
    /// ends alone; `failed` hears of either.
    pub async fn run(&self, stop: impl Future<Output = ()>, failed: impl FnMut(WorkError)) {
        let host = self.ledger.host();
        let pause = || async {
            let pause = host.sleep(self.pause);
            match &self.woken {
                Some(woken) => either(pause, woken()).await,
                None => pause.await,
            }
        };
        until_stopped(stop, pause, failed, || self.step()).await;
    }
}

impl<S> std::fmt::Debug for Worker<S> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Worker")
            .field("kinds", &self.steps.keys().collect::<Vec<_>>())
            .field("pause", &self.pause)
            .finish_non_exhaustive()
    }
}
