//! Where entries are kept.

use std::error::Error as StdError;
use std::fmt;
use std::time::SystemTime;

use kervan_core::transport::BoxFuture;

use crate::entry::{Entry, Why};
use crate::event::Event;
use crate::inbox::Post;
use crate::key::Key;
use crate::state::State;
use crate::watch::Watch;

/// Keeps entries. A change is durable when its function returns: a byte of the write leaves the machine next.
///
/// Every store of these crates passes the suite in `conformance`; so should one of your own.
pub trait Store: Send + Sync {
    /// The shop's own changes in the transaction that stores a change.
    type Along: Send;

    /// Stores a new entry, unless its key is known or another write of its object is open.
    fn insert<'a>(
        &'a self,
        entry: &'a Entry,
        along: Option<Self::Along>,
    ) -> BoxFuture<'a, Result<Inserted, StoreError>>;

    /// Returns the entry of a key.
    fn find<'a>(&'a self, key: &'a Key) -> BoxFuture<'a, Result<Option<Entry>, StoreError>>;

    /// Stores a changed entry, with a line of its history, if the stored one is the version before it.
    fn replace<'a>(
        &'a self,
        next: &'a Entry,
        along: Option<Self::Along>,
    ) -> BoxFuture<'a, Result<Replaced, StoreError>>;

    /// Takes entries that go on now, those that have waited longest first: each becomes
    /// [`Claim::of`] itself, in one transaction that no other claim waits for.
    fn claim<'a>(&'a self, claim: Claim<'a>) -> BoxFuture<'a, Result<Vec<Entry>, StoreError>>;

    /// Returns open entries with a number above `after`, in the order of their numbers. A row that cannot be read is
    /// in its place among them.
    fn open(
        &self,
        after: u64,
        at_most: usize,
    ) -> BoxFuture<'_, Result<Vec<Listed<Entry>>, StoreError>>;

    /// Returns everything that happened to a write, oldest first.
    fn history<'a>(&'a self, key: &'a Key) -> BoxFuture<'a, Result<Vec<Past>, StoreError>>;

    /// Forgets the writes that ended before a time, with their history. Returns how many.
    fn forget(&self, ended_before: SystemTime) -> BoxFuture<'_, Result<u64, StoreError>>;
}

/// Which writes a worker takes.
#[derive(Clone, Copy, Debug)]
pub struct Claim<'a> {
    /// The kinds that it can go on with.
    pub kinds: &'a [&'a str],
    /// How many at most.
    pub at_most: usize,
    /// Who takes them.
    pub by: &'a str,
    /// The end of the lease.
    pub until: SystemTime,
    /// The time by which they are due.
    pub now: SystemTime,
}

impl Claim<'_> {
    /// Returns an entry as it is when it is taken. `None` where it cannot be.
    pub fn of(&self, entry: &Entry) -> Option<Entry> {
        let by = self.by.to_owned();
        let until = self.until;
        entry.after(Event::Held { by, until }, self.now).ok()
    }
}

/// The result of storing a new entry.
#[derive(Clone, Debug, PartialEq)]
#[expect(clippy::exhaustive_enums, reason = "every case has to be handled")]
pub enum Inserted {
    /// It is stored, with its number.
    New(Entry),
    /// Its key is known. This is the entry that has it.
    Known(Entry),
    /// Another write of its object is open. This is the one.
    Taken(Entry),
}

/// The result of storing a changed entry.
#[derive(Clone, Debug, PartialEq)]
#[expect(clippy::exhaustive_enums, reason = "every case has to be handled")]
pub enum Replaced {
    /// It is stored.
    Stored,
    /// Somebody else has changed it since. Nothing is changed.
    Overtaken,
    /// It would be open, and another write of its object is. This is the one. Nothing is changed.
    Taken(Box<Entry>),
}

/// A row of a list. One that cannot be read does not hide the others.
pub type Listed<T> = Result<T, Unreadable>;

/// A row that cannot be read: a later version of a program has written it, or a person by hand.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Unreadable {
    /// Its number in the store.
    pub number: u64,
    /// Where it ends to be readable, as the name of a column.
    pub why: String,
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { number, why } = self;
        write!(
            f,
            "row {number} of the ledger's store cannot be read: {why}"
        )
    }
}

impl StdError for Unreadable {}

/// Something with a number in a store, after which the next page of a list begins.
pub trait Numbered {
    /// Returns its number.
    fn number(&self) -> u64;
}

impl Numbered for Entry {
    fn number(&self) -> u64 {
        self.number
    }
}

impl Numbered for Post {
    fn number(&self) -> u64 {
        self.number
    }
}

impl Numbered for Watch {
    fn number(&self) -> u64 {
        self.number
    }
}

impl<T: Numbered> Numbered for Listed<T> {
    fn number(&self) -> u64 {
        match self {
            Ok(readable) => readable.number(),
            Err(unreadable) => unreadable.number,
        }
    }
}

/// A line of a write's history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Past {
    /// The version from which on it was so.
    pub version: u64,
    /// The revision of its contents.
    pub revision: u32,
    /// How far it had come.
    pub state: State,
    /// How often it had been sent.
    pub tries: u32,
    /// Why.
    pub why: Option<Why>,
    /// When.
    pub at: SystemTime,
}

impl Past {
    /// Returns the line that a change adds.
    pub fn of(entry: &Entry) -> Self {
        Self {
            version: entry.version,
            revision: entry.revision,
            state: entry.state,
            tries: entry.tries,
            why: entry.why.clone(),
            at: entry.changed_at,
        }
    }
}

/// A store that did not do what was asked. Nothing was changed, as far as it says.
#[derive(Debug)]
pub struct StoreError {
    kind: StoreErrorKind,
    cause: Option<Box<dyn StdError + Send + Sync>>,
}

/// The kind of failure of a store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum StoreErrorKind {
    /// It cannot be reached, or is not where it was.
    Gone,
    /// It has no space left.
    Full,
    /// It may not be changed.
    ReadOnly,
    /// Another program holds it too long.
    Busy,
    /// Its tables are of another version of this crate.
    Schema {
        /// The version of the tables; 0 where there are none.
        found: u32,
        /// The version of this crate.
        needed: u32,
    },
    /// It holds something that this version cannot read.
    Damaged,
    /// Anything else.
    Other,
}

impl StoreError {
    /// Creates an error without a cause.
    pub fn new(kind: StoreErrorKind) -> Self {
        Self { kind, cause: None }
    }

    /// Sets the cause.
    #[must_use]
    pub fn caused_by(mut self, cause: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        self.cause = Some(cause.into());
        self
    }

    /// Returns the kind.
    pub fn kind(&self) -> StoreErrorKind {
        self.kind
    }
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            StoreErrorKind::Gone => f.write_str("the ledger's store cannot be reached"),
            StoreErrorKind::Full => f.write_str("the ledger's store is full"),
            StoreErrorKind::ReadOnly => f.write_str("the ledger's store is read-only"),
            StoreErrorKind::Busy => f.write_str("another program holds the ledger's store"),
            StoreErrorKind::Schema { found, needed } if found > needed => write!(
                f,
                "the ledger's tables have version {found}, which is later than version {needed} of this program"
            ),
            StoreErrorKind::Schema { found, needed } => write!(
                f,
                "the ledger's tables have version {found}; migrate them to version {needed} first"
            ),
            StoreErrorKind::Damaged => f.write_str("the ledger's store holds something unreadable"),
            StoreErrorKind::Other => f.write_str("the ledger's store failed"),
        }
    }
}

impl StdError for StoreError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.cause.as_ref().map(|cause| &**cause as _)
    }
}
