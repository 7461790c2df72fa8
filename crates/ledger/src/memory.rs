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
use crate::store::{Claim, Inserted, Listed, Past, Replaced, Store, StoreError, StoreErrorKind};
use crate::watch::Watch;
use crate::writes::Writes;

/// Keeps entries as long as the program runs. It holds them as a database does, so that an attempt read from
/// it counts as sent.
#[derive(Debug, Default)]
pub struct MemoryStore(Mutex<Tables>);

#[derive(Debug, Default)]
struct Tables {
    writes: Writes,
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

    fn waiting(
        &self,
        after: u64,
        at_most: usize,
    ) -> BoxFuture<'_, Result<Vec<Listed<Post>>, StoreError>> {
        let tables = self.tables();
        let waiting = tables
            .posts
            .values()
            .filter(|post| post.state == PostState::Received && post.number > after);
        ready(Ok(waiting.take(at_most).cloned().map(Ok).collect()))
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
        let writes = &mut self.tables().writes;
        ready(writes.inserting(entry).and_then(|inserted| {
            if let Inserted::New(stored) = &inserted {
                writes.put(stored)?;
                run(along);
            }
            Ok(inserted)
        }))
    }

    fn find<'a>(&'a self, key: &'a Key) -> BoxFuture<'a, Result<Option<Entry>, StoreError>> {
        ready(self.tables().writes.find(key))
    }

    fn replace<'a>(
        &'a self,
        next: &'a Entry,
        along: Option<Self::Along>,
    ) -> BoxFuture<'a, Result<Replaced, StoreError>> {
        let writes = &mut self.tables().writes;
        ready(writes.replacing(next).and_then(|replaced| {
            if replaced == Replaced::Stored {
                writes.put(next)?;
                run(along);
            }
            Ok(replaced)
        }))
    }

    fn claim<'a>(&'a self, claim: Claim<'a>) -> BoxFuture<'a, Result<Vec<Entry>, StoreError>> {
        let writes = &mut self.tables().writes;
        ready(writes.claiming(claim).and_then(|taken| {
            taken.iter().try_for_each(|entry| writes.put(entry))?;
            Ok(taken)
        }))
    }

    fn open(
        &self,
        after: u64,
        at_most: usize,
    ) -> BoxFuture<'_, Result<Vec<Listed<Entry>>, StoreError>> {
        ready(self.tables().writes.list_open(after, at_most))
    }

    fn history<'a>(&'a self, key: &'a Key) -> BoxFuture<'a, Result<Vec<Past>, StoreError>> {
        ready(Ok(self.tables().writes.history(key)))
    }

    fn forget(&self, ended_before: SystemTime) -> BoxFuture<'_, Result<u64, StoreError>> {
        let writes = &mut self.tables().writes;
        ready(writes.ended_before(ended_before).map(|ended| {
            let mut count = 0;
            for entry in &ended {
                writes.remove(entry);
                count += 1;
            }
            count
        }))
    }
}

fn run(along: Option<Box<dyn FnOnce() + Send>>) {
    if let Some(along) = along {
        along();
    }
}
