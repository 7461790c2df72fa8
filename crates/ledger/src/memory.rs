//! A store in memory, for tests and for programs that need nothing after their end.

mod watches;

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use kervan_core::transport::BoxFuture;

use crate::entry::Entry;
use crate::inbox::{Applied, Post, PostState, PostStore};
use crate::key::{Account, Key};
use crate::limits::LastUse;
use crate::row::Value;
use crate::store::{Claim, Inserted, Past, Replaced, Store, StoreError, StoreErrorKind};
use crate::watch::Watch;

/// Keeps entries as long as the program runs. It holds them as a database does, so that an attempt read from
/// it counts as sent.
#[derive(Debug, Default)]
pub struct MemoryStore(Mutex<Tables>);

#[derive(Debug, Default)]
struct Tables {
    rows: BTreeMap<u64, Vec<Value>>,
    numbers: BTreeMap<Key, u64>,
    pasts: BTreeMap<u64, Vec<Past>>,
    posts: BTreeMap<u64, Post>,
    watches: BTreeMap<u64, Watch>,
    uses: BTreeMap<(Account, String, String), LastUse>,
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

/// Posts.
impl Tables {
    fn receive(&mut self, post: &Post) -> Post {
        let is_same = |known: &&mut Post| {
            (&known.account, &known.kind, &known.digest)
                == (&post.account, &post.kind, &post.digest)
        };
        if let Some(known) = self.posts.values_mut().find(is_same) {
            known.times += 1;
            known.changed_at = post.changed_at;
            if !known.state.is_applied() {
                known.body.clone_from(&post.body);
            }
            return known.clone();
        }
        self.last += 1;
        let mut stored = post.clone();
        stored.number = self.last;
        self.posts.insert(self.last, stored.clone());
        stored
    }

    fn apply(&mut self, post: &Post) -> Result<Applied, StoreError> {
        let is_taken = self.posts.values().any(|other| {
            other.state == PostState::Applied
                && (&other.account, &other.kind, &other.subject)
                    == (&post.account, &post.kind, &post.subject)
        });
        let known = self.posts.get_mut(&post.number);
        let known = known.ok_or_else(|| StoreError::new(StoreErrorKind::Other))?;
        if known.state == PostState::Applied {
            return Ok(Applied::Before);
        }
        known.why = None;
        known.changed_at = post.changed_at;
        if is_taken {
            known.state = PostState::Repeated;
            return Ok(Applied::Before);
        }
        known.state = PostState::Applied;
        known.subject.clone_from(&post.subject);
        Ok(Applied::Now)
    }
}

impl PostStore for MemoryStore {
    type Along = Box<dyn FnOnce() + Send>;

    fn receive<'a>(&'a self, post: &'a Post) -> BoxFuture<'a, Result<Post, StoreError>> {
        ready(Ok(self.tables().receive(post)))
    }

    fn apply<'a>(
        &'a self,
        post: &'a Post,
        along: Option<Self::Along>,
    ) -> BoxFuture<'a, Result<Applied, StoreError>> {
        let mut tables = self.tables();
        let applied = tables.apply(post);
        if let (Ok(Applied::Now), Some(along)) = (&applied, along) {
            along();
        }
        ready(applied)
    }

    fn reject<'a>(&'a self, post: &'a Post) -> BoxFuture<'a, Result<(), StoreError>> {
        let mut tables = self.tables();
        let known = tables.posts.get_mut(&post.number);
        if let Some(known) = known.filter(|known| known.state == PostState::Received) {
            known.state = PostState::Rejected;
            known.why.clone_from(&post.why);
            known.changed_at = post.changed_at;
        }
        ready(Ok(()))
    }

    fn waiting(&self, after: u64, at_most: usize) -> BoxFuture<'_, Result<Vec<Post>, StoreError>> {
        let tables = self.tables();
        let waiting = tables
            .posts
            .values()
            .filter(|post| post.state == PostState::Received && post.number > after);
        ready(Ok(waiting.take(at_most).cloned().collect()))
    }

    fn forget(&self, before: SystemTime) -> BoxFuture<'_, Result<u64, StoreError>> {
        let mut count = 0;
        for post in self.tables().posts.values_mut() {
            let is_old = post.state != PostState::Received && post.changed_at < before;
            if is_old && post.body.take().is_some() {
                count += 1;
            }
        }
        ready(Ok(count))
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
