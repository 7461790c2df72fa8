//! The databases that a shop can run on, as the ledger and its inbox use them.

use std::time::SystemTime;

use kervan_core::transport::BoxFuture;
use kervan_ledger::{
    Applied, Claim, Entry, Inserted, Key, Past, Post, PostStore, Replaced, Store, StoreError,
};
use kervan_ledger_sqlite::SqliteStore;

use super::transaction::{Change, Stored, Transaction};

/// A database.
pub(crate) enum Database {
    Sqlite(SqliteStore),
}

impl Database {
    /// Reads everything of one moment.
    pub(super) fn read<T>(&self, read: impl FnOnce(&Transaction<'_>) -> Stored<T>) -> Stored<T> {
        match self {
            Self::Sqlite(store) => store.read(|driver| read(&Transaction::sqlite(driver))),
        }
    }

    /// Changes everything that the function changes, or nothing. It is durable when this returns.
    pub(super) fn write<T>(&self, change: impl FnOnce(&Transaction<'_>) -> Stored<T>) -> Stored<T> {
        match self {
            Self::Sqlite(store) => store.write(|driver| change(&Transaction::sqlite(driver))),
        }
    }
}

fn along_sqlite(change: Change) -> kervan_ledger_sqlite::Along {
    Box::new(|driver| {
        let changed = change(&Transaction::sqlite(driver));
        changed.map_err(|error| rusqlite::Error::ToSqlConversionFailure(Box::new(error)))
    })
}

type Result<'a, T> = BoxFuture<'a, std::result::Result<T, StoreError>>;

impl Store for Database {
    type Along = Change;

    fn insert<'a>(&'a self, entry: &'a Entry, along: Option<Change>) -> Result<'a, Inserted> {
        match self {
            Self::Sqlite(store) => store.insert(entry, along.map(along_sqlite)),
        }
    }

    fn find<'a>(&'a self, key: &'a Key) -> Result<'a, Option<Entry>> {
        match self {
            Self::Sqlite(store) => store.find(key),
        }
    }

    fn replace<'a>(&'a self, next: &'a Entry, along: Option<Change>) -> Result<'a, Replaced> {
        match self {
            Self::Sqlite(store) => store.replace(next, along.map(along_sqlite)),
        }
    }

    fn claim<'a>(&'a self, claim: Claim<'a>) -> Result<'a, Vec<Entry>> {
        match self {
            Self::Sqlite(store) => store.claim(claim),
        }
    }

    fn open(&self, after: u64, at_most: usize) -> Result<'_, Vec<Entry>> {
        match self {
            Self::Sqlite(store) => store.open(after, at_most),
        }
    }

    fn history<'a>(&'a self, key: &'a Key) -> Result<'a, Vec<Past>> {
        match self {
            Self::Sqlite(store) => store.history(key),
        }
    }

    fn forget(&self, ended_before: SystemTime) -> Result<'_, u64> {
        match self {
            Self::Sqlite(store) => Store::forget(store, ended_before),
        }
    }
}

impl PostStore for Database {
    type Along = Change;

    fn receive<'a>(&'a self, post: &'a Post) -> Result<'a, Post> {
        match self {
            Self::Sqlite(store) => store.receive(post),
        }
    }

    fn apply<'a>(&'a self, post: &'a Post, along: Option<Change>) -> Result<'a, Applied> {
        match self {
            Self::Sqlite(store) => store.apply(post, along.map(along_sqlite)),
        }
    }

    fn reject<'a>(&'a self, post: &'a Post) -> Result<'a, ()> {
        match self {
            Self::Sqlite(store) => store.reject(post),
        }
    }

    fn waiting(&self, after: u64, at_most: usize) -> Result<'_, Vec<Post>> {
        match self {
            Self::Sqlite(store) => store.waiting(after, at_most),
        }
    }

    fn forget(&self, before: SystemTime) -> Result<'_, u64> {
        match self {
            Self::Sqlite(store) => PostStore::forget(store, before),
        }
    }
}
