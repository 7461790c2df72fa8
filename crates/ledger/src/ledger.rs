//! The guarded write: stored, sent, settled, and each step stored before the next.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use kervan_core::{Answer, Host, RejectionOf};
use kervan_settling::{Settle, Settler};

use crate::contents::ContentsKey;
use crate::entry::{Entry, KeptRequest, Why};
use crate::event::{Event, Misplaced, Resolution};
use crate::key::Key;
use crate::state::State;
use crate::step::Step;
use crate::store::{Claim, Inserted, Past, Replaced, Store, StoreError};
use crate::write_error::WriteError;

/// Writes that are stored before they are sent.
///
/// Cheap to clone.
pub struct Ledger<S> {
    store: Arc<S>,
    host: Arc<dyn Host>,
    contents: ContentsKey,
    /// The name of this program among the holders of leases.
    name: Arc<str>,
    pub(crate) patience: Duration,
}

impl<S> Clone for Ledger<S> {
    fn clone(&self) -> Self {
        Self {
            store: Arc::clone(&self.store),
            host: Arc::clone(&self.host),
            contents: self.contents.clone(),
            name: Arc::clone(&self.name),
            patience: self.patience,
        }
    }
}

impl<S> fmt::Debug for Ledger<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Ledger")
            .field("name", &self.name)
            .field("patience", &self.patience)
            .finish_non_exhaustive()
    }
}

/// A write that is to be stored.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Its name.
    pub key: Key,
    /// The object that it changes, as `order 17`.
    pub object: String,
    /// The request, to be kept with it.
    pub request: Option<KeptRequest>,
}

impl Plan {
    /// Plans a write. `object` is what it changes, in the shop's own words: one write of an object is open at
    /// a time.
    pub fn new(key: Key, object: impl Into<String>) -> Self {
        Self {
            key,
            object: object.into(),
            request: None,
        }
    }
}

kervan_core::setters! { Plan {
    /// Keeps the request with it, as the shop wrote it.
    request: Option<KeptRequest>,
}}

/// A write that this program has taken, and no other works on.
#[derive(Debug)]
pub struct Held(Entry);

impl Held {
    /// Returns its entry.
    pub fn entry(&self) -> &Entry {
        &self.0
    }
}

/// The result of beginning a write.
#[derive(Debug)]
#[expect(clippy::exhaustive_enums, reason = "every case has to be handled")]
pub enum Begun {
    /// It is stored, and this program has taken it.
    New(Held),
    /// Its key is known. This is the entry that has it.
    Known(Entry),
    /// Another write of its object is open. This is the one.
    Taken(Entry),
}

/// A write that is done.
#[derive(Clone, Debug)]
pub struct Written<T> {
    /// The entry.
    pub entry: Entry,
    /// The answer, where this call has brought it. It is absent where an earlier call brought it, or where
    /// only the state shows that it is done.
    pub answer: Option<Answer<T>>,
}

/// Returns the shop's own changes in the transaction that stores the end of a write.
pub(crate) type Along<'a, S, T> =
    dyn Fn(&Entry, Option<&Answer<T>>) -> Option<<S as Store>::Along> + Sync + 'a;

/// The result of a guarded write.
pub type WriteResult<O> =
    Result<Written<<O as kervan_core::Operation>::Output>, WriteError<RejectionOf<O>>>;

impl<S: Store> Ledger<S> {
    /// The lease of a program that prepares or settles a write: three questions, repeated for a minute each.
    const LEASE: Duration = Duration::from_secs(4 * 60);

    /// Creates a ledger over a store. `contents` keys the hashes of its requests.
    pub fn new(store: S, host: impl Host, contents: ContentsKey) -> Self {
        Self::over(Arc::new(store), host, contents)
    }

    /// As [`new`](Self::new), over a store that others use too, as the inbox.
    pub fn over(store: Arc<S>, host: impl Host, contents: ContentsKey) -> Self {
        let name = format!("{:016x}", host.random());
        Self {
            store,
            host: Arc::new(host),
            contents,
            name: name.into(),
            patience: Duration::from_secs(3 * 24 * 3600),
        }
    }

    /// Sets how long an open write is asked about before a person decides. 3 days.
    #[must_use]
    pub fn patience(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }

    /// Returns the store.
    pub fn store(&self) -> &S {
        &self.store
    }

    /// Returns the machine.
    pub fn host(&self) -> &dyn Host {
        &*self.host
    }

    /// Makes the entry of a write, for a transaction of the shop's own. It is not stored yet; a worker sends
    /// it at once when it is.
    ///
    /// # Errors
    ///
    /// [`WriteError::Unwritable`] for a request that cannot be written.
    pub fn entry<O: Settle>(
        &self,
        client: &Settler<O::Service>,
        plan: Plan,
        operation: &O,
    ) -> Result<Entry, WriteError<RejectionOf<O>>> {
        let contents = self.contents.of(client, operation);
        let contents = contents.map_err(|error| WriteError::Unwritable(error, None))?;
        let now = self.host.now();
        let mut entry = Entry::new(plan.key, plan.object, contents, now);
        entry.request = plan.request;
        entry.due = Some(now);
        Ok(entry)
    }

    /// Stores the entry of a write by itself. A worker sends it.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn insert(&self, entry: &Entry) -> Result<Inserted, StoreError> {
        self.store.insert(entry, None).await
    }

    /// Stores a write, sends it, and settles it as far as it goes now. One call of it does what a shop wants:
    /// with the key of a write that is known it goes on with that one.
    ///
    /// A program that ends in the middle leaves an entry from which the next call, or a worker, goes on.
    ///
    /// # Errors
    ///
    /// [`WriteError`]: its outcome says whether it may have happened.
    pub async fn write<O: Settle>(
        &self,
        client: &Settler<O::Service>,
        plan: Plan,
        operation: &O,
    ) -> WriteResult<O> {
        self.write_along(client, plan, operation, &|_, _| None)
            .await
    }

    /// As [`write`](Self::write); `along` says what the shop changes in the transaction that stores the end. It
    /// is not asked about a write that is still open. An end may be a refusal: look at the entry's state.
    ///
    /// # Errors
    ///
    /// As those of [`write`](Self::write).
    pub async fn write_along<O: Settle>(
        &self,
        client: &Settler<O::Service>,
        plan: Plan,
        operation: &O,
        along: &Along<'_, S, O::Output>,
    ) -> WriteResult<O> {
        let new = self.entry(client, plan, operation)?;
        let begun = self.begin(new.clone()).await;
        let begun = begun.map_err(|cause| WriteError::Store(cause, None))?;
        let entry = match begun {
            Begun::New(held) => return self.go_on(client, held, operation, along).await,
            Begun::Taken(first) => return Err(WriteError::Taken(Box::new(first))),
            Begun::Known(known)
                if known.contents == new.contents && known.state != State::ResolvedNotDone =>
            {
                known
            }
            // The same contents, too, where a person saw that they did not go through.
            Begun::Known(known) if known.state.is_not_done() => self.revise(&known, new).await?,
            Begun::Known(known) => return Err(WriteError::OtherContents(Box::new(known))),
        };
        if entry.state == State::NeedsAPerson {
            return Err(WriteError::Open(Box::new(entry), None));
        }
        if !entry.state.is_open() {
            return ended(entry);
        }
        let held = self.hold(&entry).await?;
        self.go_on(client, held, operation, along).await
    }

    /// Stores the [entry](Self::entry) of a write and takes it, so that no worker begins with it before this program
    /// does.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn begin(&self, mut new: Entry) -> Result<Begun, StoreError> {
        new.holder = Some(self.name.to_string());
        new.due = Some(new.created_at + Self::LEASE);
        Ok(match self.store.insert(&new, None).await? {
            Inserted::New(entry) => Begun::New(Held(entry)),
            Inserted::Known(known) => Begun::Known(known),
            Inserted::Taken(first) => Begun::Taken(first),
        })
    }

    /// Puts the contents of a new [entry](Self::entry) in the place of those that are known under its key: they
    /// were refused, or nothing of them was sent. They may be the same, where the cause of the refusal is gone.
    ///
    /// # Errors
    ///
    /// [`ChangeError`]: the known ones are done or may be, another program works on them, or the store failed.
    pub async fn revise(&self, known: &Entry, new: Entry) -> Result<Entry, ChangeError> {
        let event = Event::Revised {
            contents: new.contents,
            request: new.request,
            due: Some(new.created_at),
        };
        self.change(known, event, None).await
    }

    /// Notes that a write may have been sent by a program whose ledger is lost. The next step settles it, as
    /// after a lost answer, instead of sending it as a first try.
    ///
    /// # Errors
    ///
    /// [`WriteError`]: the request breaks a rule, or the store failed.
    pub async fn suppose_sent<O: Settle>(
        &self,
        client: &Settler<O::Service>,
        held: Held,
        operation: &O,
    ) -> Result<Held, WriteError<RejectionOf<O>>> {
        let attempt = match client.prepare(operation).await {
            Ok(attempt) => attempt.supposed_sent(),
            Err(error) => {
                let failed = Some(Box::new(error));
                return Err(WriteError::NotDone(Box::new(held.0), failed));
            }
        };
        let until = self.host.now() + Self::LEASE;
        let event = Event::Sending { attempt, until };
        let sending = self.change(&held.0, event, None).await?;
        Ok(Held(sending))
    }

    /// Takes an open write, so that no other program works on it while the lease lasts.
    ///
    /// # Errors
    ///
    /// [`ChangeError`]: it has ended or a person decides, another program works on it, or the store failed.
    pub async fn hold(&self, entry: &Entry) -> Result<Held, ChangeError> {
        let (by, until) = (self.name.to_string(), self.host.now() + Self::LEASE);
        let entry = self.change(entry, Event::Held { by, until }, None).await?;
        Ok(Held(entry))
    }

    /// Takes writes of some kinds that go on now, those that have waited longest first.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn claim(&self, kinds: &[&str], at_most: usize) -> Result<Vec<Held>, StoreError> {
        let now = self.host.now();
        let claim = Claim {
            kinds,
            at_most,
            by: &self.name,
            until: now + Self::LEASE,
            now,
        };
        let entries = self.store.claim(claim).await?;
        Ok(entries.into_iter().map(Held).collect())
    }

    /// Goes on with a write: sends it, or settles it. This is the step of a worker or a job engine.
    ///
    /// # Errors
    ///
    /// As those of [`write`](Self::write).
    pub async fn go_on<O: Settle>(
        &self,
        client: &Settler<O::Service>,
        held: Held,
        operation: &O,
        along: &Along<'_, S, O::Output>,
    ) -> WriteResult<O> {
        let held = held.0;
        let step = Step {
            ledger: self,
            client,
            operation,
            along,
        };
        match self.contents.of(client, operation) {
            Ok(contents) if contents == held.contents => step.run(held).await,
            Ok(_) => {
                let freed = step.put_off(held, Why::plain("other_request")).await?;
                Err(WriteError::OtherContents(Box::new(freed)))
            }
            Err(error) => {
                let freed = step.put_off(held, Why::plain("invalid")).await?;
                Err(WriteError::Unwritable(error, Some(Box::new(freed))))
            }
        }
    }

    /// Returns the entry of a key.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn find(&self, key: &Key) -> Result<Option<Entry>, StoreError> {
        self.store.find(key).await
    }

    /// Returns what happened to a write, oldest first.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn history(&self, key: &Key) -> Result<Vec<Past>, StoreError> {
        self.store.history(key).await
    }

    /// Notes what a person saw at the provider, for a write that no call settles.
    ///
    /// # Errors
    ///
    /// [`ChangeError`]: it has ended, somebody works on it, or the store failed.
    pub async fn resolve(
        &self,
        entry: &Entry,
        by: impl Into<String>,
        outcome: Resolution,
        along: Option<S::Along>,
    ) -> Result<Entry, ChangeError> {
        let by = by.into();
        self.change(entry, Event::Resolved { by, outcome }, along)
            .await
    }

    pub(crate) async fn change(
        &self,
        entry: &Entry,
        event: Event,
        along: Option<S::Along>,
    ) -> Result<Entry, ChangeError> {
        let next = entry.after(event, self.host.now());
        let next = next.map_err(|why| ChangeError::Misplaced {
            why,
            entry: Box::new(entry.clone()),
        })?;
        match self.store.replace(&next, along).await {
            Ok(Replaced::Stored) => Ok(next),
            Ok(Replaced::Overtaken) => Err(ChangeError::Overtaken(Box::new(entry.clone()))),
            Ok(Replaced::Taken(first)) => Err(ChangeError::Taken(first)),
            Err(cause) => Err(ChangeError::Store {
                cause,
                entry: Box::new(entry.clone()),
            }),
        }
    }
}

/// A change of an entry that was not made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ChangeError {
    /// The store failed.
    #[error("{}: nothing was changed, because the store failed", entry.key)]
    Store {
        /// How.
        #[source]
        cause: StoreError,
        /// The entry.
        entry: Box<Entry>,
    },
    /// It cannot happen to the entry as it is.
    #[error("{}: {why}", entry.key)]
    Misplaced {
        /// Why not.
        why: Misplaced,
        /// The entry.
        entry: Box<Entry>,
    },
    /// Somebody else has changed the entry since it was read.
    #[error("{}: somebody else has changed it", .0.key)]
    Overtaken(Box<Entry>),
    /// It would begin anew, and another write of its object is open: this is the one.
    #[error("another write of `{}` is open: {}", .0.object, .0.key)]
    Taken(Box<Entry>),
}

fn ended<T, R>(entry: Entry) -> Result<Written<T>, WriteError<R>> {
    match entry.state {
        state if state.is_done() => Ok(Written {
            entry,
            answer: None,
        }),
        State::Abandoned => Err(WriteError::Abandoned(Box::new(entry), None)),
        _ => Err(WriteError::Refused(Box::new(entry), None)),
    }
}
