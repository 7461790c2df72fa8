//! How often something may be done at a provider, over all programs and machines of a shop.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use kervan_core::Host;
use kervan_core::transport::BoxFuture;

use crate::key::Account;
use crate::store::StoreError;

/// How often something may be done with one subject, as a question about an order once an hour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Limit {
    /// The pause between two times.
    pub every: Duration,
    /// How often at all. `None` for any number.
    pub at_most: Option<u32>,
}

impl Limit {
    /// Creates a limit of one time in each pause.
    pub const fn every(pause: Duration) -> Self {
        Self {
            every: pause,
            at_most: None,
        }
    }

    /// Creates a limit of a number of times.
    pub const fn at_most(times: u32) -> Self {
        Self {
            every: Duration::ZERO,
            at_most: Some(times),
        }
    }
}

/// Something that is about to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Use {
    /// Where.
    pub account: Account,
    /// The kind, in the shop's own word, as `track`.
    pub kind: String,
    /// The subject, as `order 17`. No personal data.
    pub subject: String,
    /// When.
    pub at: SystemTime,
}

/// Whether something may be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "every case has to be handled")]
pub enum Allowed {
    /// It may be done now, and counts as done, whatever becomes of it.
    Now,
    /// Not before this time.
    NotBefore(SystemTime),
    /// It was done as often as it may be.
    NeverAgain,
}

/// Counts how often something was done.
pub trait UseStore: Send + Sync {
    /// Counts a use, if the limit allows it at its time. Of several at once, one is counted first.
    fn take<'a>(&'a self, new: &'a Use, limit: Limit)
    -> BoxFuture<'a, Result<Allowed, StoreError>>;

    /// Forgets what was last done before a time; its number of times begins at 0 again. Returns how many
    /// subjects.
    fn forget_uses(&self, before: SystemTime) -> BoxFuture<'_, Result<u64, StoreError>>;
}

/// The last use of a subject, as a store knows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LastUse {
    /// When.
    pub at: SystemTime,
    /// How often until then.
    pub times: u32,
}

impl Limit {
    /// How far the clocks of several machines may be apart.
    const APART: Duration = Duration::from_secs(60);

    /// Returns whether a use is allowed now, after the last one. A last use at a time that has not come does not
    /// count: the clock has been set back since.
    pub fn allows(&self, last: LastUse, now: SystemTime) -> Allowed {
        if self.at_most.is_some_and(|most| last.times >= most) {
            return Allowed::NeverAgain;
        }
        let (earliest, latest) = self.between(now);
        if last.at <= earliest || last.at > latest {
            return Allowed::Now;
        }
        Allowed::NotBefore(last.at + self.every)
    }

    /// Returns the times between which a last use forbids another one.
    pub(crate) fn between(&self, now: SystemTime) -> (SystemTime, SystemTime) {
        let earliest = now.checked_sub(self.every);
        (
            earliest.unwrap_or(SystemTime::UNIX_EPOCH),
            now + Self::APART,
        )
    }
}

/// Keeps the limits of the providers over all programs and machines of a shop.
pub struct Limits<S> {
    store: Arc<S>,
    host: Arc<dyn Host>,
}

impl<S> Clone for Limits<S> {
    fn clone(&self) -> Self {
        Self {
            store: Arc::clone(&self.store),
            host: Arc::clone(&self.host),
        }
    }
}

impl<S> fmt::Debug for Limits<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Limits").finish_non_exhaustive()
    }
}

impl<S: UseStore> Limits<S> {
    /// Creates limits over a store.
    pub fn new(store: Arc<S>, host: impl Host) -> Self {
        Self {
            store,
            host: Arc::new(host),
        }
    }

    /// Asks before something is done. [`Allowed::Now`] counts as done already: a program that dies before it does
    /// it has used it up.
    ///
    /// # Errors
    ///
    /// [`StoreError`]. Then do not do it.
    pub async fn take(
        &self,
        account: &Account,
        kind: &str,
        subject: &str,
        limit: Limit,
    ) -> Result<Allowed, StoreError> {
        if limit.at_most == Some(0) {
            return Ok(Allowed::NeverAgain);
        }
        let new = Use {
            account: account.clone(),
            kind: kind.to_owned(),
            subject: subject.to_owned(),
            at: self.host.now(),
        };
        self.store.take(&new, limit).await
    }

    /// Forgets what was last done before a time; its number of times begins at 0 again. Returns how many
    /// subjects.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn forget(&self, before: SystemTime) -> Result<u64, StoreError> {
        self.store.forget_uses(before).await
    }
}
