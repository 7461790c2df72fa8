//! A store in memory, for tests and for programs that need nothing after their end.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use kervan_core::transport::BoxFuture;

use crate::entry::Entry;
use crate::key::Key;
use crate::row::Value;
use crate::store::{Claim, Inserted, Past, Replaced, Store, StoreError};

/// Keeps entries as long as the program runs. It holds them as a database does, so that an attempt read from
/// it counts as sent.
#[derive(Debug, Default)]
pub struct MemoryStore(Mutex<Tables>);

#[derive(Debug, Default)]
struct Tables {
    rows: BTreeMap<u64, Vec<Value>>,
    numbers: BTreeMap<Key, u64>,
    pasts: BTreeMap<u64, Vec<Past>>,
    last: u64,
}

impl MemoryStore {
    /// Creates an empty store.
    pub fn new() -> Self {
        Self::default()
    }

    fn tables(&self) -> MutexGuard<'_, Tables> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Tables {
    fn find(&self, key: &Key) -> Result<Option<Entry>, StoreError> {
        let number = self.numbers.get(key);
        let row = number.and_then(|number| self.rows.get(number));
        row.map(|row| Entry::from_row(row)).transpose()
    }

    fn all(&self) -> impl Iterator<Item = Result<Entry, StoreError>> {
        self.rows.values().map(|row| Entry::from_row(row))
    }

    /// Returns the open write of the same object, other than this one.
    fn open_beside(&self, entry: &Entry) -> Result<Option<Entry>, StoreError> {
        for other in self.all() {
            let other = other?;
            let is_same = other.key.account == entry.key.account && other.object == entry.object;
            if is_same && other.state.is_open() && other.key != entry.key {
                return Ok(Some(other));
            }
        }
        Ok(None)
    }

    fn insert(&mut self, entry: &Entry) -> Result<Inserted, StoreError> {
        if let Some(known) = self.find(&entry.key)? {
            return Ok(Inserted::Known(known));
        }
        if let Some(first) = self.open_beside(entry)? {
            return Ok(Inserted::Taken(first));
        }
        self.last += 1;
        let mut stored = entry.clone();
        stored.number = self.last;
        self.put(&stored)?;
        self.numbers.insert(stored.key.clone(), stored.number);
        Ok(Inserted::New(stored))
    }

    fn replace(&mut self, next: &Entry) -> Result<Replaced, StoreError> {
        let Some(stored) = self.find(&next.key)? else {
            return Ok(Replaced::Overtaken);
        };
        let is_next = stored.version + 1 == next.version && stored.number == next.number;
        if !is_next {
            return Ok(Replaced::Overtaken);
        }
        let first = if next.state.is_open() {
            self.open_beside(next)?
        } else {
            None
        };
        if let Some(first) = first {
            return Ok(Replaced::Taken(Box::new(first)));
        }
        self.put(next)?;
        Ok(Replaced::Stored)
    }

    fn claim(&mut self, claim: Claim<'_>) -> Result<Vec<Entry>, StoreError> {
        let mut due: Vec<Entry> = self.all().collect::<Result<_, _>>()?;
        due.retain(|entry| {
            entry.due.is_some_and(|due| due <= claim.now) && claim.kinds.contains(&&*entry.key.kind)
        });
        due.sort_by_key(|entry| (entry.due, entry.number));
        due.truncate(claim.at_most);
        let taken: Vec<_> = due.iter().filter_map(|entry| claim.of(entry)).collect();
        for entry in &taken {
            self.put(entry)?;
        }
        Ok(taken)
    }

    fn put(&mut self, entry: &Entry) -> Result<(), StoreError> {
        self.rows.insert(entry.number, entry.to_row()?);
        let pasts = self.pasts.entry(entry.number).or_default();
        pasts.push(Past::of(entry));
        Ok(())
    }
}

fn ready<T: Send + 'static>(
    result: Result<T, StoreError>,
) -> BoxFuture<'static, Result<T, StoreError>> {
    Box::pin(std::future::ready(result))
}

impl Store for MemoryStore {
    type Along = Box<dyn FnOnce() + Send>;

    fn insert<'a>(
        &'a self,
        entry: &'a Entry,
        along: Option<Self::Along>,
    ) -> BoxFuture<'a, Result<Inserted, StoreError>> {
        let inserted = self.tables().insert(entry);
        if let (Ok(Inserted::New(_)), Some(along)) = (&inserted, along) {
            along();
        }
        ready(inserted)
    }

    fn find<'a>(&'a self, key: &'a Key) -> BoxFuture<'a, Result<Option<Entry>, StoreError>> {
        ready(self.tables().find(key))
    }

    fn replace<'a>(
        &'a self,
        next: &'a Entry,
        along: Option<Self::Along>,
    ) -> BoxFuture<'a, Result<Replaced, StoreError>> {
        let replaced = self.tables().replace(next);
        if let (Ok(Replaced::Stored), Some(along)) = (&replaced, along) {
            along();
        }
        ready(replaced)
    }

    fn claim<'a>(&'a self, claim: Claim<'a>) -> BoxFuture<'a, Result<Vec<Entry>, StoreError>> {
        ready(self.tables().claim(claim))
    }

    fn open(&self, after: u64, at_most: usize) -> BoxFuture<'_, Result<Vec<Entry>, StoreError>> {
        let all: Result<Vec<_>, _> = self.tables().all().collect();
        ready(all.map(|mut all| {
            all.retain(|entry| entry.state.is_open() && entry.number > after);
            all.truncate(at_most);
            all
        }))
    }

    fn history<'a>(&'a self, key: &'a Key) -> BoxFuture<'a, Result<Vec<Past>, StoreError>> {
        let tables = self.tables();
        let number = tables.numbers.get(key);
        let pasts = number.and_then(|number| tables.pasts.get(number));
        ready(Ok(pasts.cloned().unwrap_or_default()))
    }

    fn forget(&self, ended_before: SystemTime) -> BoxFuture<'_, Result<u64, StoreError>> {
        let mut tables = self.tables();
        let all: Result<Vec<_>, _> = tables.all().collect();
        ready(all.map(|all| {
            let ended = all
                .into_iter()
                .filter(|entry| !entry.state.is_open() && entry.since < ended_before);
            let mut count = 0;
            for entry in ended {
                tables.rows.remove(&entry.number);
                tables.pasts.remove(&entry.number);
                tables.numbers.remove(&entry.key);
                count += 1;
            }
            count
        }))
    }
}
