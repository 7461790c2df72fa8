//! A ledger, a client that follows a script, and a store that fails when it is told to.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, SystemTime};

use kervan_core::transport::BoxFuture;
use kervan_core::{Caller, Config, Reply, Retry, TransportKind};
use kervan_ledger::{
    Account, Claim, ContentsKey, Entry, Inserted, Key, Ledger, Listed, MemoryStore, Past, Plan,
    Replaced, Store, StoreError, StoreErrorKind, WriteResult,
};
use kervan_settling::Settler;

use crate::provider::{Move, Script, Shop, host, run};

/// The settling time, and the time within which an attempt may be sent.
pub(crate) const SETTLED: Duration = Duration::from_secs(600 + 60);

pub(crate) type Line = Result<Reply, TransportKind>;

#[expect(clippy::unnecessary_wraps, reason = "one line of a script")]
pub(crate) fn answered(body: &str) -> Line {
    Ok(Reply::new(200, Vec::new(), body.as_bytes().to_vec()))
}

pub(crate) fn lost() -> Line {
    Err(TransportKind::Interrupted)
}

pub(crate) fn client(script: &Script) -> Settler<Shop> {
    let config = Config::default().retry(Retry::never());
    Settler::new(Caller::new(Shop::default(), config, script.clone(), host()))
}

pub(crate) fn key(own: &str) -> Key {
    let account = Account {
        provider: "toy".to_owned(),
        merchant: "test".to_owned(),
    };
    account.key("move", own)
}

pub(crate) fn plan(own: &str) -> Plan {
    Plan::new(key(own), "order 1")
}

/// A program: a ledger over a store that outlives it.
pub(crate) fn program(store: &Faulty) -> Ledger<Faulty> {
    Ledger::new(store.clone(), host(), ContentsKey::new([7; 32]))
}

pub(crate) fn write(ledger: &Ledger<Faulty>, script: &Script, write: &Move) -> WriteResult<Move> {
    run(ledger.write(&client(script), plan("1"), write))
}

pub(crate) fn entry(store: &Faulty) -> Entry {
    run(store.find(&key("1"))).unwrap().expect("stored")
}

/// A store that outlives programs, fails from a change on, or changes something and then fails to say so.
#[derive(Clone, Default)]
pub(crate) struct Faulty(Arc<Inner>);

#[derive(Default)]
struct Inner {
    store: MemoryStore,
    /// How many changes are stored before one fails; none fails at `usize::MAX`.
    left: AtomicUsize,
    has_limit: AtomicBool,
    /// Whether another program changes an entry once after it was read.
    has_race: AtomicBool,
    /// How many seconds a change takes.
    seconds: AtomicUsize,
    /// Counts the shop's own changes.
    marks: AtomicUsize,
}

impl Faulty {
    /// Lets the store fail after so many changes.
    pub(crate) fn fail_after(&self, changes: usize) {
        self.0.left.store(changes, Ordering::SeqCst);
        self.0.has_limit.store(true, Ordering::SeqCst);
    }

    pub(crate) fn heal(&self) {
        self.0.has_limit.store(false, Ordering::SeqCst);
    }

    /// Lets another program change the entry that is read next, before its reader does.
    pub(crate) fn race(&self) {
        self.0.has_race.store(true, Ordering::SeqCst);
    }

    /// Lets each change take so many seconds.
    pub(crate) fn take_seconds(&self, seconds: usize) {
        self.0.seconds.store(seconds, Ordering::SeqCst);
    }

    pub(crate) fn mark(&self) -> Box<dyn FnOnce() + Send> {
        let store = self.clone();
        Box::new(move || {
            store.0.marks.fetch_add(1, Ordering::SeqCst);
        })
    }

    pub(crate) fn marks(&self) -> usize {
        self.0.marks.load(Ordering::SeqCst)
    }

    fn step(&self) -> Result<(), StoreError> {
        let seconds = self.0.seconds.load(Ordering::SeqCst);
        host().advance(Duration::from_secs(seconds as u64));
        if !self.0.has_limit.load(Ordering::SeqCst) {
            return Ok(());
        }
        let left = self.0.left.load(Ordering::SeqCst);
        if left == 0 {
            return Err(StoreError::new(StoreErrorKind::Gone));
        }
        self.0.left.store(left - 1, Ordering::SeqCst);
        Ok(())
    }
}

impl Store for Faulty {
    type Along = Box<dyn FnOnce() + Send>;

    fn insert<'a>(
        &'a self,
        entry: &'a Entry,
        along: Option<Self::Along>,
    ) -> BoxFuture<'a, Result<Inserted, StoreError>> {
        match self.step() {
            Ok(()) => self.0.store.insert(entry, along),
            Err(error) => Box::pin(std::future::ready(Err(error))),
        }
    }

    fn find<'a>(&'a self, key: &'a Key) -> BoxFuture<'a, Result<Option<Entry>, StoreError>> {
        let found = self.0.store.find(key);
        if !self.0.has_race.swap(false, Ordering::SeqCst) {
            return found;
        }
        Box::pin(async move {
            let found = found.await?;
            if let Some(entry) = &found {
                let mut next = entry.clone();
                next.version += 1;
                assert_eq!(self.0.store.replace(&next, None).await?, Replaced::Stored);
            }
            Ok(found)
        })
    }

    fn replace<'a>(
        &'a self,
        next: &'a Entry,
        along: Option<Self::Along>,
    ) -> BoxFuture<'a, Result<Replaced, StoreError>> {
        match self.step() {
            Ok(()) => self.0.store.replace(next, along),
            Err(error) => Box::pin(std::future::ready(Err(error))),
        }
    }

    fn claim<'a>(&'a self, claim: Claim<'a>) -> BoxFuture<'a, Result<Vec<Entry>, StoreError>> {
        match self.step() {
            Ok(()) => self.0.store.claim(claim),
            Err(error) => Box::pin(std::future::ready(Err(error))),
        }
    }

    fn open(
        &self,
        after: u64,
        at_most: usize,
    ) -> BoxFuture<'_, Result<Vec<Listed<Entry>>, StoreError>> {
        self.0.store.open(after, at_most)
    }

    fn history<'a>(&'a self, key: &'a Key) -> BoxFuture<'a, Result<Vec<Past>, StoreError>> {
        self.0.store.history(key)
    }

    fn forget(&self, ended_before: SystemTime) -> BoxFuture<'_, Result<u64, StoreError>> {
        self.0.store.forget(ended_before)
    }
}
