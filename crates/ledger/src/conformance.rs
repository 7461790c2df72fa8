//! The rules that every store keeps, as one suite for its tests.
//!
//! ```
//! # use kervan_ledger::{MemoryStore, conformance::Suite};
//! # use std::sync::atomic::{AtomicUsize, Ordering};
//! # use std::sync::Arc;
//! # use std::time::SystemTime;
//! let marks = Arc::new(AtomicUsize::new(0));
//! let suite = Suite {
//!     fresh: async || MemoryStore::new(),
//!     mark: || -> Box<dyn FnOnce() + Send> {
//!         let marks = Arc::clone(&marks);
//!         Box::new(move || { marks.fetch_add(1, Ordering::SeqCst); })
//!     },
//!     marks: async |_: &MemoryStore| marks.load(Ordering::SeqCst),
//! };
//! # let host = kervan_testing::MovableHost::at(SystemTime::UNIX_EPOCH);
//! # host.run(suite.run());
//! ```

mod posts;
mod races;
mod watches;
mod writes;

use std::time::{Duration, SystemTime};

use crate::inbox::PostStore;
use crate::key::{Account, Key};
use crate::limits::UseStore;
use crate::store::Store;
use crate::watch::WatchStore;

/// The suite, and what it needs to know of a store.
#[derive(Clone, Copy, Debug)]
pub struct Suite<F, M, C> {
    /// Returns an empty store.
    pub fresh: F,
    /// Returns a change along with a write, which leaves one mark.
    pub mark: M,
    /// Counts the marks.
    pub marks: C,
}

const KIND: &str = "approve";

fn at(seconds: u64) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(1_800_000_000 + seconds)
}

fn key(merchant: &str, own: &str) -> Key {
    let account = Account {
        provider: "param".to_owned(),
        merchant: merchant.to_owned(),
    };
    account.key(KIND, own)
}

impl<S, F, M, C> Suite<F, M, C>
where
    S: Store
        + PostStore<Along = <S as Store>::Along>
        + WatchStore<Along = <S as Store>::Along>
        + UseStore,
    F: AsyncFn() -> S,
    M: Fn() -> <S as Store>::Along,
    C: AsyncFn(&S) -> usize,
{
    /// Runs every test.
    ///
    /// # Panics
    ///
    /// Where the store breaks a rule.
    pub async fn run(&self) {
        self.writes().await;
        self.posts().await;
        self.races().await;
        self.watches().await;
    }
}
