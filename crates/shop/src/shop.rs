//! The running shop: its storage, its clients, and the tasks that outlive a handler.

use std::collections::{HashMap, HashSet};
use std::pin::pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use chrono::{DateTime, Utc};
use kervan_core::Host;
use tokio::sync::Notify;

use crate::clients::{Clients, Outside};
use crate::failure::Failure;
use crate::note::Note;
use crate::store::{PaymentRow, Store, StoreError, Write, millis, time};

/// The pause between two looks at what is due.
const ROUND: Duration = Duration::from_secs(5);
/// The longest pause between two questions about one object.
const LONGEST: Duration = Duration::from_secs(300);

pub(crate) struct Shop {
    pub(crate) store: Store,
    pub(crate) clients: Clients,
    pub(crate) host: Arc<dyn Host>,
    /// How long a page waits for a task. The task goes on without it.
    patience: Duration,
    /// The address under which browsers and providers reach the shop.
    pub(crate) origin: String,
    /// The names of the tasks that run: each object has one at a time.
    running: Mutex<HashSet<String>>,
    /// Held from the row of a payment to the start of its task.
    beginning: Mutex<()>,
    /// The results of tasks that the database did not take.
    troubles: Mutex<HashMap<String, Trouble>>,
    ended: Notify,
}

/// Why a page cannot show how a task has ended.
#[derive(Clone, Debug)]
pub(crate) enum Trouble {
    /// The database did not take it, and nothing was sent.
    Before(Note),
    /// It was sent, and the database did not take its result. The shop asks for it when the database is back.
    After(Note),
    /// The task has not ended yet.
    GoesOn,
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Frees a task's name, also when its runtime ends.
struct Running(Arc<Shop>, String);

impl Drop for Running {
    fn drop(&mut self) {
        locked(&self.0.running).remove(&self.1);
        self.0.ended.notify_waiters();
    }
}

impl Shop {
    pub(crate) fn new(store: Store, clients: Clients, outside: &Outside, origin: String) -> Self {
        Self {
            store,
            clients,
            host: Arc::clone(&outside.host),
            patience: outside.patience,
            origin,
            running: Mutex::default(),
            beginning: Mutex::default(),
            troubles: Mutex::default(),
            ended: Notify::new(),
        }
    }

    /// Returns the time as it is stored.
    pub(crate) fn now(&self) -> i64 {
        millis(self.host.now())
    }

    pub(crate) fn day(&self) -> DateTime<Utc> {
        self.host.now().into()
    }

    /// Runs a task of its own under a name, unless one runs. It goes on when its handler is dropped.
    pub(crate) fn spawn<F>(self: &Arc<Self>, name: &str, task: F)
    where
        F: Future<Output = Result<(), Trouble>> + Send + 'static,
    {
        if !locked(&self.running).insert(name.to_owned()) {
            return;
        }
        let running = Running(Arc::clone(self), name.to_owned());
        tokio::spawn(async move {
            let result = task.await;
            let Running(shop, name) = &running;
            let mut troubles = locked(&shop.troubles);
            match result {
                Ok(()) => troubles.remove(name),
                Err(trouble) => troubles.insert(name.clone(), trouble),
            };
        });
    }

    /// Lets one payment begin at a time. Without it, a second click that finds the row and no task yet
    /// would not wait for the bank's page.
    pub(crate) fn begin(&self) -> MutexGuard<'_, ()> {
        locked(&self.beginning)
    }

    /// Waits until no task runs under a name, for as long as a page waits.
    ///
    /// # Errors
    ///
    /// [`Trouble`] where the database did not take the task's result, and where the task goes on.
    pub(crate) async fn wait(&self, name: &str) -> Result<(), Trouble> {
        let ended = self.in_time(self.ended(name)).await;
        ended.unwrap_or(Err(Trouble::GoesOn))
    }

    /// Waits for the end of a task that only asks, as long as a page waits.
    ///
    /// # Errors
    ///
    /// [`Failure::NoAnswer`] where it goes on, and otherwise as [`wait`](Self::wait).
    pub(crate) async fn wait_for_answer(&self, name: &str) -> Result<(), Failure> {
        match self.wait(name).await {
            Err(Trouble::GoesOn) => Err(Failure::NoAnswer),
            ended => Ok(ended?),
        }
    }

    /// Waits for something as long as a page waits. Browsers wait in real time, so that a clock which a test
    /// holds does not hold a page.
    #[expect(clippy::disallowed_methods, reason = "a browser waits in real time")]
    pub(crate) async fn in_time<T>(&self, what: impl Future<Output = T>) -> Option<T> {
        tokio::time::timeout(self.patience, what).await.ok()
    }

    /// Waits until no task runs under a name.
    async fn ended(&self, name: &str) -> Result<(), Trouble> {
        loop {
            let mut ended = pin!(self.ended.notified());
            ended.as_mut().enable();
            if !locked(&self.running).contains(name) {
                return locked(&self.troubles)
                    .get(name)
                    .cloned()
                    .map_or(Ok(()), Err);
            }
            ended.await;
        }
    }

    /// Returns when the next question is due, after so many.
    pub(crate) fn later(&self, asked: u32) -> i64 {
        let pause = ROUND.saturating_mul(1 << asked.min(10)).min(LONGEST);
        millis(self.host.now() + pause)
    }

    /// Stores what a dead shop leaves open as due, before the first request is answered.
    pub(crate) fn wake(&self) -> Result<(), StoreError> {
        let now = self.now();
        self.store.write(|transaction| {
            Write::wake(transaction, now)?;
            PaymentRow::abandon(transaction, now)
        })
    }

    /// Goes on with everything that is due, for as long as the shop runs.
    pub(crate) async fn go_on(self: Arc<Self>) {
        loop {
            // A database that does not answer is asked again in the next round.
            let _ = self.go_on_with_writes();
            let _ = self.go_on_with_payments();
            let _ = self.go_on_with_installments();
            self.host.sleep(ROUND).await;
        }
    }

    /// Returns when something happened, for people.
    pub(crate) fn shown(at: i64) -> String {
        let at: DateTime<Utc> = time(at).into();
        kervan_turkiye::time::istanbul(at)
            .format("%d.%m.%Y %H:%M:%S")
            .to_string()
    }
}
