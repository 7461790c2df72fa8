//! The expectations of a shop in a store: stored, taken, held, and noted what was seen.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use kervan_core::Host;

use crate::key::Account;
use crate::store::{Claim, StoreError};
use crate::watch::{Schedule, Seen, Watch, WatchState, WatchStore};

/// The expectations of a shop.
pub struct Watching<S> {
    pub(crate) store: Arc<S>,
    pub(crate) host: Arc<dyn Host>,
    name: Arc<str>,
}

impl<S> Clone for Watching<S> {
    fn clone(&self) -> Self {
        Self {
            store: Arc::clone(&self.store),
            host: Arc::clone(&self.host),
            name: Arc::clone(&self.name),
        }
    }
}

impl<S> fmt::Debug for Watching<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Watching")
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}

impl<S: WatchStore> Watching<S> {
    /// The lease of a program that asks.
    const LEASE: Duration = Duration::from_secs(4 * 60);

    /// Watches over a store.
    pub fn new(store: Arc<S>, host: impl Host) -> Self {
        let name = format!("{:016x}", host.random());
        Self {
            store,
            host: Arc::new(host),
            name: name.into(),
        }
    }

    /// Returns the store.
    pub fn store(&self) -> &S {
        &self.store
    }

    /// Makes an expectation for a transaction of the shop's own. It is not stored yet.
    pub fn watch(
        &self,
        account: &Account,
        kind: &str,
        subject: impl Into<String>,
        schedule: &Schedule,
    ) -> Watch {
        Watch::new(account, kind, subject, schedule, self.host.now())
    }

    /// Stores an expectation by itself, unless it is known. Returns the stored one.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn expect(&self, watch: &Watch) -> Result<Watch, StoreError> {
        self.store.expect(watch, None).await
    }

    /// Takes expectations of some kinds that are due.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn claim(&self, kinds: &[&str], at_most: usize) -> Result<Vec<Watch>, StoreError> {
        let now = self.host.now();
        let claim = Claim {
            kinds,
            at_most,
            by: &self.name,
            until: now + Self::LEASE,
            now,
        };
        self.store.claim_watches(claim).await
    }

    /// Takes one expectation, whether it is due or not, as when a person wants to know. `None` at its end, while
    /// another program asks about it, and where somebody else has stored something since it was read.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn hold(&self, watch: &Watch) -> Result<Option<Watch>, StoreError> {
        let now = self.host.now();
        let Some(held) = watch.held(&self.name, now + Self::LEASE, now) else {
            return Ok(None);
        };
        let is_held = self.store.replace_watch(&held, None).await?;
        Ok(is_held.then_some(held))
    }

    /// Stores what was seen of an expectation that [`claim`](Self::claim) or [`hold`](Self::hold) has returned, with the shop's own changes.
    /// Returns it as it is stored; `None` where somebody else has stored something since, as a callback: then
    /// nothing is changed.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn note(
        &self,
        held: &Watch,
        seen: Seen,
        schedule: &Schedule,
        along: Option<S::Along>,
    ) -> Result<Option<Watch>, StoreError> {
        let next = held.after(seen, schedule, self.host.now());
        let is_stored = self.store.replace_watch(&next, along).await?;
        Ok(is_stored.then_some(next))
    }

    /// Ends an expectation whose end came by another way, as by a callback, whoever asks about it now. Does nothing
    /// where it is over, or was never stored.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn over(
        &self,
        account: &Account,
        kind: &str,
        subject: &str,
        word: &str,
    ) -> Result<(), StoreError> {
        const NEVER: Schedule = Schedule::new(Duration::ZERO, Duration::ZERO, Duration::ZERO);
        loop {
            let found = self.store.find_watch(account, kind, subject).await?;
            let Some(watch) = found.filter(|watch| watch.state != WatchState::Over) else {
                return Ok(());
            };
            let next = watch.after(Seen::Over(word.to_owned()), &NEVER, self.host.now());
            if self.store.replace_watch(&next, None).await? {
                return Ok(());
            }
        }
    }
}
