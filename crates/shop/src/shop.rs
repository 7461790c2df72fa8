//! The running shop: its storage, its clients, and the tasks that outlive a handler.

use std::collections::{HashMap, HashSet};
use std::pin::pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use chrono::{DateTime, Utc};
use kervan_core::Host;
use kervan_ledger::{Entry, Inbox, Key, Ledger, Limits, State, StoreError, Watching};
use tokio::sync::Notify;

use crate::clients::{Clients, Outside};
use crate::note::Note;
use crate::store::{Database, PaymentRow, Store, Stored, Write, millis, time};

/// The pause between two looks at what is due.
const ROUND: Duration = Duration::from_secs(5);
/// The pause between two looks at a write that a page waits for.
const A_LOOK: Duration = Duration::from_millis(250);

pub(crate) struct Shop {
    pub(crate) store: Store,
    pub(crate) ledger: Ledger<Database>,
    pub(crate) inbox: Inbox<Database>,
    pub(crate) watching: Watching<Database>,
    /// Of the providers, over all programs of the shop.
    pub(crate) limits: Limits<Database>,
    pub(crate) clients: Clients,
    pub(crate) host: Arc<dyn Host>,
    /// How long a page waits for a task. The task goes on without it.
    patience: Duration,
    /// The address under which browsers and providers reach the shop.
    pub(crate) origin: String,
    /// The names of the tasks that run: each object has one at a time.
    running: Mutex<HashSet<String>>,
    /// Held from the row of a payment to the start of its task.
    beginning: tokio::sync::Mutex<()>,
    /// The results of tasks that the database did not take.
    troubles: Mutex<HashMap<String, Trouble>>,
    /// How often the database did not let a worker take a write, and why it last did not.
    claims: Mutex<(u64, Note)>,
    ended: Notify,
    /// Ends the pause of a worker.
    due: Notify,
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

/// Returns whether nothing happens to a write before its next question, or before a person has looked.
fn rests(entry: &Entry, now: SystemTime) -> bool {
    let waits = entry.holder.is_none() && entry.asks > 0;
    let is_asked_later = waits && entry.due.is_some_and(|due| due > now);
    !entry.state.is_open() || entry.state == State::NeedsAPerson || is_asked_later
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
    pub(crate) fn new(
        store: Store,
        clients: Clients,
        outside: &Outside,
        origin: String,
    ) -> Stored<Self> {
        let (key, host) = (store.contents_key()?, &outside.host);
        Ok(Self {
            ledger: Ledger::over(store.database(), Arc::clone(host), key.clone()),
            inbox: Inbox::new(store.database(), Arc::clone(host), key),
            watching: Watching::new(store.database(), Arc::clone(host)),
            limits: Limits::new(store.database(), Arc::clone(host)),
            store,
            clients,
            host: Arc::clone(&outside.host),
            patience: outside.patience,
            origin,
            running: Mutex::default(),
            beginning: tokio::sync::Mutex::default(),
            troubles: Mutex::default(),
            claims: Mutex::default(),
            ended: Notify::new(),
            due: Notify::new(),
        })
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
            shop.has_ended(name, result);
        });
    }

    /// Notes the result of a task, or of a step of a write.
    pub(crate) fn has_ended(&self, name: &str, result: Result<(), Trouble>) {
        let mut troubles = locked(&self.troubles);
        match result {
            Ok(()) => troubles.remove(name),
            Err(trouble) => troubles.insert(name.to_owned(), trouble),
        };
        drop(troubles);
        self.ended.notify_waiters();
    }

    /// Forgets what an earlier try of something has met.
    pub(crate) fn forget_trouble(&self, name: &str) {
        locked(&self.troubles).remove(name);
    }

    /// Notes that the database did not let a worker take a write.
    pub(crate) fn has_not_claimed(&self, error: &StoreError) {
        let mut claims = locked(&self.claims);
        *claims = (claims.0 + 1, Note::from(error));
        drop(claims);
        self.ended.notify_waiters();
    }

    /// Ends the pause of one worker, or lets the next pause end at once.
    pub(crate) fn wake_worker(&self) {
        self.due.notify_one();
    }

    /// Waits until a worker is woken.
    pub(crate) async fn woken(&self) {
        self.due.notified().await;
    }

    /// Waits until a write has ended, or nothing more happens to it for now, for as long as a page waits.
    ///
    /// # Errors
    ///
    /// [`Trouble`] where the database did not take its result, and where it goes on.
    pub(crate) async fn wait_for(&self, key: &Key) -> Result<(), Trouble> {
        let (name, claims) = (key.to_string(), locked(&self.claims).0);
        let rests = async {
            loop {
                let mut ended = pin!(self.ended.notified());
                ended.as_mut().enable();
                if let Some(trouble) = locked(&self.troubles).get(&name).cloned() {
                    return Err(trouble);
                }
                let now = self.host.now();
                let active = self.store.read(|store| Write::active(store, key));
                match active.map_err(|error| Trouble::Before(Note::from(&error)))? {
                    Some(entry) if rests(&entry, now) => return Ok(()),
                    Some(entry) if entry.holder.is_none() && entry.state == State::Prepared => {
                        let (failed, why) = &*locked(&self.claims);
                        if *failed > claims {
                            return Err(Trouble::Before(why.clone()));
                        }
                    }
                    Some(_) => {}
                    None => return Ok(()),
                }
                // Another program may work on it, and says nothing.
                let _ = self.in_at_most(A_LOOK, ended).await;
            }
        };
        let ended = self.in_time(rests).await;
        ended.unwrap_or(Err(Trouble::GoesOn))
    }

    /// Lets one payment begin at a time. Without it, a second click that finds the row and no task yet
    /// would not wait for the bank's page.
    pub(crate) async fn begin(&self) -> tokio::sync::MutexGuard<'_, ()> {
        self.beginning.lock().await
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

    /// Waits a moment for another program, or for a task of this one.
    pub(crate) async fn look(&self) {
        let mut ended = pin!(self.ended.notified());
        ended.as_mut().enable();
        let _ = self.in_at_most(A_LOOK, ended).await;
    }

    /// Waits for something as long as a page waits. Browsers wait in real time, so that a clock which a test
    /// holds does not hold a page.
    pub(crate) async fn in_time<T>(&self, what: impl Future<Output = T>) -> Option<T> {
        self.in_at_most(self.patience, what).await
    }

    #[expect(clippy::disallowed_methods, reason = "a browser waits in real time")]
    async fn in_at_most<T>(&self, time: Duration, what: impl Future<Output = T>) -> Option<T> {
        tokio::time::timeout(time, what).await.ok()
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

    /// Ends what a dead program has begun and nobody can go on with, before the first request is answered. On a server,
    /// its session may be left for a moment.
    pub(crate) async fn wake(&self) -> Stored<()> {
        const LOOKS: u32 = 4;
        for _ in 0..LOOKS {
            if !self.abandon()? {
                break;
            }
            let _ = self.in_at_most(A_LOOK, std::future::pending::<()>()).await;
        }
        Ok(())
    }

    /// Returns whether the starts of other programs are left.
    fn abandon(&self) -> Stored<bool> {
        let (own, now) = (self.store.program(), self.now());
        self.store
            .write(|store| PaymentRow::abandon(store, own, now))
    }

    /// Ends what dead programs have begun, and begins what waits for another write, for as long as the shop runs.
    pub(crate) async fn go_on(self: Arc<Self>) {
        loop {
            // A database that does not answer is asked again in the next round.
            let _ = self.abandon();
            let _ = self.begin_waiting();
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
