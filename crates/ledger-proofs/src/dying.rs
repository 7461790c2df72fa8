//! A store whose program dies before or after a change.

use std::process::{Command, exit, id};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, SystemTime};

use kervan_core::transport::BoxFuture;
use kervan_ledger::{Claim, Entry, Inserted, Key, Listed, Past, Replaced, Store, StoreError};

/// Ends this program as `kill -9` does.
pub(crate) fn die() -> ! {
    let killed = Command::new("kill")
        .args(["-9", &id().to_string()])
        .status();
    // Where there is no such command, the program still does not go on.
    if killed.is_ok() {
        std::thread::sleep(Duration::from_secs(10));
    }
    exit(9)
}

/// Stops this program until somebody lets it go on, as when a machine is suspended.
pub(crate) fn freeze() {
    let stopped = Command::new("kill")
        .args(["-STOP", &id().to_string()])
        .status();
    if stopped.is_err() {
        exit(9)
    }
}

/// Counts the moments before and after changes, and dies or freezes at one of them.
pub(crate) struct Dying<S> {
    store: S,
    moment: AtomicUsize,
    dies_at: Option<usize>,
    freezes_at: Option<usize>,
}

impl<S: Store> Dying<S> {
    pub(crate) fn new(store: S, dies_at: Option<usize>, freezes_at: Option<usize>) -> Self {
        Self {
            store,
            moment: AtomicUsize::new(0),
            dies_at,
            freezes_at,
        }
    }

    fn moment(&self) {
        let moment = self.moment.fetch_add(1, Ordering::SeqCst);
        if self.dies_at == Some(moment) {
            die();
        }
        if self.freezes_at == Some(moment) {
            freeze();
        }
    }

    fn around<'a, T: Send + 'a>(
        &'a self,
        change: BoxFuture<'a, Result<T, StoreError>>,
    ) -> BoxFuture<'a, Result<T, StoreError>> {
        Box::pin(async move {
            let changed = change.await;
            self.moment();
            changed
        })
    }
}

impl<S: Store> Store for Dying<S> {
    type Along = S::Along;

    fn insert<'a>(
        &'a self,
        entry: &'a Entry,
        along: Option<S::Along>,
    ) -> BoxFuture<'a, Result<Inserted, StoreError>> {
        self.moment();
        self.around(self.store.insert(entry, along))
    }

    fn find<'a>(&'a self, key: &'a Key) -> BoxFuture<'a, Result<Option<Entry>, StoreError>> {
        self.store.find(key)
    }

    fn replace<'a>(
        &'a self,
        next: &'a Entry,
        along: Option<S::Along>,
    ) -> BoxFuture<'a, Result<Replaced, StoreError>> {
        self.moment();
        self.around(self.store.replace(next, along))
    }

    fn claim<'a>(&'a self, claim: Claim<'a>) -> BoxFuture<'a, Result<Vec<Entry>, StoreError>> {
        self.moment();
        self.around(self.store.claim(claim))
    }

    fn open(
        &self,
        after: u64,
        at_most: usize,
    ) -> BoxFuture<'_, Result<Vec<Listed<Entry>>, StoreError>> {
        self.store.open(after, at_most)
    }

    fn history<'a>(&'a self, key: &'a Key) -> BoxFuture<'a, Result<Vec<Past>, StoreError>> {
        self.store.history(key)
    }

    fn forget(&self, ended_before: SystemTime) -> BoxFuture<'_, Result<u64, StoreError>> {
        self.store.forget(ended_before)
    }
}
