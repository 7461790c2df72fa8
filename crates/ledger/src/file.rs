//! A store in a file: one line of JSON an entry, appended, never changed.

mod lines;

use std::fmt;
use std::fs::{File, OpenOptions};
use std::io::{self, Seek, SeekFrom, Write};
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use kervan_core::transport::BoxFuture;

use self::lines::Line;
use crate::entry::Entry;
use crate::key::Key;
use crate::store::{Claim, Inserted, Listed, Past, Replaced, Store, StoreError, StoreErrorKind};
use crate::writes::Writes;

/// A store of writes in a file, for one program at a time that needs no database.
///
/// Each change is appended with one write before its function returns, so it survives the end of the program,
/// `kill -9` included. A last line without its end, from a program that was killed while it wrote, is cut off when
/// the file is opened, because its step was not done yet. Any other line that cannot be read stops the opening,
/// because guessing could send a write twice.
///
/// The file is locked as long as it is open. So no other program works on a write when it is opened, and every
/// lease in it has ended: a run goes on at once where its program was killed.
///
/// All writes are in memory while it is open. On Unix the file is created for its owner alone (mode 600); one that
/// exists keeps its mode. Nothing is ever removed from the file, [kept requests](crate::KeptRequest) and forgotten
/// writes included.
pub struct FileStore {
    inner: Mutex<Inner>,
    durability: Durability,
    torn_bytes: u64,
}

struct Inner {
    file: File,
    writes: Writes,
    /// Whether a change has failed. The end of the file is not known after it.
    is_broken: bool,
}

/// The failures that a change survives.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Durability {
    /// The end of the program, however it ends. The system writes to the disk in its own time.
    #[default]
    Program,
    /// The end of the system too, as by a power cut: each change waits for the disk. Without it such an end can
    /// lose changes, so it is for writes of money.
    System,
}

impl FileStore {
    /// Opens a file, or starts one.
    ///
    /// # Errors
    ///
    /// [`StoreError`]: [`Busy`](StoreErrorKind::Busy) while another program has it open,
    /// [`Schema`](StoreErrorKind::Schema) for a file of a later version,
    /// [`Damaged`](StoreErrorKind::Damaged) for a line that cannot be read and for a file that is not a ledger. That
    /// file is left as it is.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, StoreError> {
        let mut options = OpenOptions::new();
        options.read(true).append(true).create(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(path).map_err(failed)?;
        match fs4::FileExt::try_lock(&file) {
            Ok(()) => {}
            Err(fs4::TryLockError::WouldBlock) => {
                return Err(StoreError::new(StoreErrorKind::Busy));
            }
            Err(fs4::TryLockError::Error(error)) => return Err(failed(error)),
        }
        let (writes, whole) = lines::read(&file)?;
        let length = file.seek(SeekFrom::End(0)).map_err(failed)?;
        if length > whole {
            file.set_len(whole).map_err(failed)?;
        }
        if whole == 0 {
            file.write_all(&lines::head()).map_err(failed)?;
        }
        Ok(Self {
            inner: Mutex::new(Inner {
                file,
                writes,
                is_broken: false,
            }),
            durability: Durability::default(),
            torn_bytes: length - whole,
        })
    }

    /// Returns how many bytes of a torn last line were cut off when the file was opened.
    pub fn torn_bytes(&self) -> u64 {
        self.torn_bytes
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Makes a change durable, and then visible.
    fn change<T>(
        &self,
        look: impl FnOnce(&Writes) -> Result<(T, Vec<Line>), StoreError>,
    ) -> Result<T, StoreError> {
        let mut inner = self.inner();
        let (result, lines) = look(&inner.writes)?;
        if lines.is_empty() {
            return Ok(result);
        }
        if inner.is_broken {
            let cause = "an earlier change failed; open the file again";
            return Err(StoreError::new(StoreErrorKind::Gone).caused_by(cause));
        }
        let text = lines::text(&lines)?;
        inner.is_broken = true;
        inner.file.write_all(&text).map_err(failed)?;
        if self.durability == Durability::System {
            inner.file.sync_data().map_err(failed)?;
        }
        inner.is_broken = false;
        for line in lines {
            line.apply(&mut inner.writes)?;
        }
        Ok(result)
    }
}

kervan_core::setters! { FileStore {
    /// Sets the failures that a change survives.
    durability: Durability,
}}

impl fmt::Debug for FileStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FileStore")
            .field("durability", &self.durability)
            .field("torn_bytes", &self.torn_bytes)
            .finish_non_exhaustive()
    }
}

fn failed(error: io::Error) -> StoreError {
    let kind = match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => StoreErrorKind::Full,
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            StoreErrorKind::ReadOnly
        }
        _ => StoreErrorKind::Gone,
    };
    StoreError::new(kind).caused_by(error)
}

/// The changes are made on the caller's thread.
fn ready<'a, T: Send + 'a>(result: Result<T, StoreError>) -> BoxFuture<'a, Result<T, StoreError>> {
    Box::pin(std::future::ready(result))
}

impl Store for FileStore {
    type Along = Box<dyn FnOnce() + Send>;

    fn insert<'a>(
        &'a self,
        entry: &'a Entry,
        along: Option<Self::Along>,
    ) -> BoxFuture<'a, Result<Inserted, StoreError>> {
        let inserted = self.change(|writes| {
            let inserted = writes.inserting(entry)?;
            let lines = match &inserted {
                Inserted::New(stored) => vec![Line::of(stored)],
                Inserted::Known(_) | Inserted::Taken(_) => Vec::new(),
            };
            Ok((inserted, lines))
        });
        if let (Ok(Inserted::New(_)), Some(along)) = (&inserted, along) {
            along();
        }
        ready(inserted)
    }

    fn find<'a>(&'a self, key: &'a Key) -> BoxFuture<'a, Result<Option<Entry>, StoreError>> {
        ready(self.inner().writes.find(key))
    }

    fn replace<'a>(
        &'a self,
        next: &'a Entry,
        along: Option<Self::Along>,
    ) -> BoxFuture<'a, Result<Replaced, StoreError>> {
        let replaced = self.change(|writes| {
            let replaced = writes.replacing(next)?;
            let lines = match replaced {
                Replaced::Stored => vec![Line::of(next)],
                Replaced::Overtaken | Replaced::Taken(_) => Vec::new(),
            };
            Ok((replaced, lines))
        });
        if let (Ok(Replaced::Stored), Some(along)) = (&replaced, along) {
            along();
        }
        ready(replaced)
    }

    fn claim<'a>(&'a self, claim: Claim<'a>) -> BoxFuture<'a, Result<Vec<Entry>, StoreError>> {
        ready(self.change(|writes| {
            let taken = writes.claiming(claim)?;
            let lines = taken.iter().map(Line::of).collect();
            Ok((taken, lines))
        }))
    }

    fn open(
        &self,
        after: u64,
        at_most: usize,
    ) -> BoxFuture<'_, Result<Vec<Listed<Entry>>, StoreError>> {
        ready(self.inner().writes.list_open(after, at_most))
    }

    fn history<'a>(&'a self, key: &'a Key) -> BoxFuture<'a, Result<Vec<Past>, StoreError>> {
        ready(Ok(self.inner().writes.history(key)))
    }

    fn forget(&self, ended_before: SystemTime) -> BoxFuture<'_, Result<u64, StoreError>> {
        ready(self.change(|writes| {
            let ended = writes.ended_before(ended_before)?;
            let count = u64::try_from(ended.len()).unwrap_or(u64::MAX);
            Ok((count, ended.into_iter().map(Line::Forgotten).collect()))
        }))
    }
}
