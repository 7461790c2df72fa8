//! A watcher: it asks about everything that is due.

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use kervan_core::transport::BoxFuture;

use crate::watch::{Schedule, Seen, Watch, WatchStore, Watching};
use crate::work::{WorkError, caught, until_stopped};

/// Asks about one expectation of a kind. The shop's own changes go along with what was seen.
type Question<A> = Box<dyn Fn(Watch) -> BoxFuture<'static, (Seen, Option<A>)> + Send + Sync>;

/// Asks about every expectation that is due, on one machine or on many: one that a watcher has taken is skipped by
/// the others.
pub struct Watcher<S: WatchStore> {
    watching: Watching<S>,
    questions: BTreeMap<String, (Schedule, Question<S::Along>)>,
    pause: Duration,
}

impl<S: WatchStore> Watcher<S> {
    /// Creates a watcher that knows no kind yet.
    pub fn new(watching: Watching<S>) -> Self {
        Self {
            watching,
            questions: BTreeMap::new(),
            pause: Duration::from_secs(2),
        }
    }

    /// Sets how long it waits where nothing was due. 2 seconds.
    #[must_use]
    pub fn pause(mut self, pause: Duration) -> Self {
        self.pause = pause;
        self
    }

    /// Says how a kind is asked about, and when. The shop's own changes run in the transaction that stores what was
    /// seen. Kinds without a question are left to other watchers.
    #[must_use]
    pub fn on<F>(
        mut self,
        kind: impl Into<String>,
        schedule: Schedule,
        question: impl Fn(Watch) -> F + Send + Sync + 'static,
    ) -> Self
    where
        F: Future<Output = (Seen, Option<S::Along>)> + Send + 'static,
    {
        let question = move |watch| -> BoxFuture<'static, _> { Box::pin(question(watch)) };
        self.questions
            .insert(kind.into(), (schedule, Box::new(question)));
        self
    }

    /// Asks about one expectation that is due. Returns whether there was one.
    ///
    /// # Errors
    ///
    /// [`WorkError`].
    pub async fn step(&self) -> Result<bool, WorkError> {
        let kinds: Vec<_> = self.questions.keys().map(String::as_str).collect();
        let Some(held) = self.watching.claim(&kinds, 1).await?.pop() else {
            return Ok(false);
        };
        if let Some((schedule, question)) = self.questions.get(&held.kind) {
            let asked = held.clone();
            let of = || format!("{} `{}`", held.kind, held.subject);
            let (seen, along) = caught(async { question(asked).await }, of).await?;
            self.watching.note(&held, seen, schedule, along).await?;
        }
        Ok(true)
    }

    /// Asks until `stop` ends. It then stops at once; what it was asking about is asked about again when the lease
    /// has ended. A store that fails is asked again after the pause, and a question that panics ends alone; `failed`
    /// hears of either.
    pub async fn run(&self, stop: impl Future<Output = ()>, failed: impl FnMut(WorkError)) {
        let pause = || self.watching.host.sleep(self.pause);
        until_stopped(stop, pause, failed, || self.step()).await;
    }
}

impl<S: WatchStore> fmt::Debug for Watcher<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Watcher")
            .field("kinds", &self.questions.keys().collect::<Vec<_>>())
            .field("pause", &self.pause)
            .finish_non_exhaustive()
    }
}
