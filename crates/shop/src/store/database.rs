//! The databases that a shop can run on, as the ledger and its inbox use them.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use kervan_core::transport::BoxFuture;
use kervan_ledger::{
    Account, Allowed, Applied, Claim, Entry, Inserted, Key, Limit, Listed, Past, Post, PostStore,
    Replaced, Store, StoreError, Use, UseStore, Watch, WatchStore,
};
use kervan_ledger_postgres::PostgresStore;
use kervan_ledger_postgres::tokio_postgres::IsolationLevel;
use kervan_ledger_sqlite::SqliteStore;

use super::transaction::{Change, Stored, Transaction, wait_for};

/// A database.
pub(crate) enum Database {
    Sqlite(SqliteStore),
    Postgres(PostgresStore),
}

/// One change of the shop at a time, as in SQLite: what a form was judged by does not change before its
/// consequence is stored.
const ONE_AT_A_TIME: &str =
    "SELECT pg_advisory_xact_lock(hashtext('kervan-shop changes'), hashtext(current_schema()))";

impl Database {
    /// Reads everything of one moment.
    pub(super) fn read<T>(&self, read: impl FnOnce(&Transaction<'_>) -> Stored<T>) -> Stored<T> {
        match self {
            Self::Sqlite(store) => store.read(|driver| read(&Transaction::sqlite(driver))),
            Self::Postgres(store) => {
                let read = store.transaction(IsolationLevel::RepeatableRead, async |driver| {
                    read(&Transaction::postgres(driver))
                });
                wait_for(read)
            }
        }
    }

    /// Changes everything that the function changes, or nothing. It is durable when this returns.
    pub(super) fn write<T>(&self, change: impl FnOnce(&Transaction<'_>) -> Stored<T>) -> Stored<T> {
        match self {
            Self::Sqlite(store) => store.write(|driver| change(&Transaction::sqlite(driver))),
            Self::Postgres(store) => {
                let change = store.transaction(IsolationLevel::ReadCommitted, async |driver| {
                    let transaction = Transaction::postgres(driver);
                    transaction.execute(ONE_AT_A_TIME, &[])?;
                    change(&transaction)
                });
                wait_for(change)
            }
        }
    }
}

fn along_sqlite(change: Change) -> kervan_ledger_sqlite::Along {
    Box::new(|driver| {
        let changed = change(&Transaction::sqlite(driver));
        changed.map_err(|error| rusqlite::Error::ToSqlConversionFailure(Box::new(error)))
    })
}

/// Calls the store with the shop's own changes. Its closures fail with an error of the driver, so that an error of
/// the shop is handed over beside it.
fn on_postgres<'a, T: Send + 'a>(
    change: Option<Change>,
    call: impl FnOnce(Option<kervan_ledger_postgres::Along>) -> Result<'a, T>,
) -> Result<'a, T> {
    let failed = Arc::new(Mutex::new(None));
    let of_change = Arc::clone(&failed);
    let along = change.map(|change| -> kervan_ledger_postgres::Along {
        Box::new(move |driver| {
            Box::pin(async move {
                let changed = change(&Transaction::postgres(driver));
                let Err(error) = changed else { return Ok(()) };
                *locked(&of_change) = Some(error);
                driver.batch_execute("SELECT 1 / 0").await
            })
        })
    });
    let called = call(along);
    Box::pin(async move {
        let result = called.await;
        result.map_err(|error| locked(&failed).take().unwrap_or(error))
    })
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

type Result<'a, T> = BoxFuture<'a, std::result::Result<T, StoreError>>;

impl Store for Database {
    type Along = Change;

    fn insert<'a>(&'a self, entry: &'a Entry, along: Option<Change>) -> Result<'a, Inserted> {
        match self {
            Self::Sqlite(store) => store.insert(entry, along.map(along_sqlite)),
            Self::Postgres(store) => on_postgres(along, |along| store.insert(entry, along)),
        }
    }

    fn find<'a>(&'a self, key: &'a Key) -> Result<'a, Option<Entry>> {
        match self {
            Self::Sqlite(store) => store.find(key),
            Self::Postgres(store) => store.find(key),
        }
    }

    fn replace<'a>(&'a self, next: &'a Entry, along: Option<Change>) -> Result<'a, Replaced> {
        match self {
            Self::Sqlite(store) => store.replace(next, along.map(along_sqlite)),
            Self::Postgres(store) => on_postgres(along, |along| store.replace(next, along)),
        }
    }

    fn claim<'a>(&'a self, claim: Claim<'a>) -> Result<'a, Vec<Entry>> {
        match self {
            Self::Sqlite(store) => store.claim(claim),
            Self::Postgres(store) => store.claim(claim),
        }
    }

    fn open(&self, after: u64, at_most: usize) -> Result<'_, Vec<Listed<Entry>>> {
        match self {
            Self::Sqlite(store) => store.open(after, at_most),
            Self::Postgres(store) => store.open(after, at_most),
        }
    }

    fn history<'a>(&'a self, key: &'a Key) -> Result<'a, Vec<Past>> {
        match self {
            Self::Sqlite(store) => store.history(key),
            Self::Postgres(store) => store.history(key),
        }
    }

    fn forget(&self, ended_before: SystemTime) -> Result<'_, u64> {
        match self {
            Self::Sqlite(store) => Store::forget(store, ended_before),
            Self::Postgres(store) => Store::forget(store, ended_before),
        }
    }
}

impl PostStore for Database {
    type Along = Change;

    fn receive<'a>(&'a self, post: &'a Post) -> Result<'a, Post> {
        match self {
            Self::Sqlite(store) => store.receive(post),
            Self::Postgres(store) => store.receive(post),
        }
    }

    fn apply<'a>(&'a self, post: &'a Post, along: Option<Change>) -> Result<'a, Applied> {
        match self {
            Self::Sqlite(store) => store.apply(post, along.map(along_sqlite)),
            Self::Postgres(store) => on_postgres(along, |along| store.apply(post, along)),
        }
    }

    fn reject<'a>(&'a self, post: &'a Post) -> Result<'a, ()> {
        match self {
            Self::Sqlite(store) => store.reject(post),
            Self::Postgres(store) => store.reject(post),
        }
    }

    fn waiting(&self, after: u64, at_most: usize) -> Result<'_, Vec<Listed<Post>>> {
        match self {
            Self::Sqlite(store) => store.waiting(after, at_most),
            Self::Postgres(store) => store.waiting(after, at_most),
        }
    }

    fn forget(&self, before: SystemTime) -> Result<'_, u64> {
        match self {
            Self::Sqlite(store) => PostStore::forget(store, before),
            Self::Postgres(store) => PostStore::forget(store, before),
        }
    }
}

impl WatchStore for Database {
    type Along = Change;

    fn expect<'a>(&'a self, watch: &'a Watch, along: Option<Change>) -> Result<'a, Watch> {
        match self {
            Self::Sqlite(store) => store.expect(watch, along.map(along_sqlite)),
            Self::Postgres(store) => on_postgres(along, |along| store.expect(watch, along)),
        }
    }

    fn find_watch<'a>(
        &'a self,
        account: &'a Account,
        kind: &'a str,
        subject: &'a str,
    ) -> Result<'a, Option<Watch>> {
        match self {
            Self::Sqlite(store) => store.find_watch(account, kind, subject),
            Self::Postgres(store) => store.find_watch(account, kind, subject),
        }
    }

    fn replace_watch<'a>(&'a self, next: &'a Watch, along: Option<Change>) -> Result<'a, bool> {
        match self {
            Self::Sqlite(store) => store.replace_watch(next, along.map(along_sqlite)),
            Self::Postgres(store) => on_postgres(along, |along| store.replace_watch(next, along)),
        }
    }

    fn claim_watches<'a>(&'a self, claim: Claim<'a>) -> Result<'a, Vec<Watch>> {
        match self {
            Self::Sqlite(store) => store.claim_watches(claim),
            Self::Postgres(store) => store.claim_watches(claim),
        }
    }

    fn watches(&self, after: u64, at_most: usize) -> Result<'_, Vec<Listed<Watch>>> {
        match self {
            Self::Sqlite(store) => store.watches(after, at_most),
            Self::Postgres(store) => store.watches(after, at_most),
        }
    }

    fn forget_watches(&self, over_before: SystemTime) -> Result<'_, u64> {
        match self {
            Self::Sqlite(store) => store.forget_watches(over_before),
            Self::Postgres(store) => store.forget_watches(over_before),
        }
    }
}

impl UseStore for Database {
    fn take<'a>(&'a self, new: &'a Use, limit: Limit) -> Result<'a, Allowed> {
        match self {
            Self::Sqlite(store) => store.take(new, limit),
            Self::Postgres(store) => store.take(new, limit),
        }
    }

    fn forget_uses(&self, before: SystemTime) -> Result<'_, u64> {
        match self {
            Self::Sqlite(store) => store.forget_uses(before),
            Self::Postgres(store) => store.forget_uses(before),
        }
    }
}
