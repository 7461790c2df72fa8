//! A ledger in a file: one line of JSON an entry, appended, never changed.

use std::collections::HashMap;
use std::fs::{File, OpenOptions};
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use kervan_core::transport::BoxFuture;
use kervan_settling::Attempt;
use kervan_wire::json;
use serde::{Deserialize, Serialize};

use super::entry::{
    self, FailureReason, Fingerprint, Ledger, LedgerEntry, LedgerError, OrderState,
};
use crate::order::RequestNumber;

/// The version that is written, and the latest that is read. Version 1 lacks attempts.
const VERSION: u32 = 2;

/// The longest line that is read. Those that are written are a few hundred bytes.
const LONGEST_LINE: u64 = 64 << 10;

/// A ledger in a file.
///
/// An entry is appended with one write before the order leaves the machine, so it survives the end of the
/// program, `kill -9` included. A last line without its end, from a program that was killed while it wrote,
/// is cut off when the file is opened, because its step was not done yet. Any other line that cannot be read
/// stops the opening, because guessing could send an order twice.
///
/// The file is locked as long as it is open, so that two runs cannot share it. It holds request
/// numbers, states, codes, attempts and a [`Fingerprint`] of each order's contents; no names and no
/// addresses. A file of an older version of this crate is read and continued; one of a later version
/// is refused by its number.
/// The fingerprint is derived from personal data, and no key is in it: anybody who has the file and knows
/// all of an order but its consumer can try names and addresses until one fits. On Unix the file is
/// created for its owner alone (mode 600); one that exists keeps its mode. Treat it as personal data.
#[derive(Debug)]
pub struct FileLedger {
    inner: Mutex<Inner>,
    durability: Durability,
    torn_bytes: u64,
}

#[derive(Debug)]
struct Inner {
    file: File,
    entries: HashMap<RequestNumber, LedgerEntry>,
    /// Whether a write has failed. The end of the file is not known after it.
    is_broken: bool,
}

/// The failures that an entry survives.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Durability {
    /// The end of the program, however it ends. The system writes to the disk in its own time.
    #[default]
    Program,
    /// The end of the system too, as by a power cut: each entry waits for the disk. Without it such
    /// an end can lose entries; Horoz takes each number once, so their orders turn out to be there.
    System,
}

/// The reason why a ledger's file cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LedgerOpenError {
    /// The file cannot be opened, read or locked.
    #[error("the ledger's file cannot be opened or read")]
    Io(#[from] io::Error),
    /// Another run has it open.
    #[error("another run has the ledger open")]
    InUse,
    /// A line cannot be read.
    #[error("line {line} of the ledger cannot be read")]
    Damaged {
        /// The number of the line, from one.
        line: u64,
    },
    /// The file is a ledger of a later version of this crate.
    #[error("the ledger has version {version}, which is later than this program's")]
    LaterVersion {
        /// Its version.
        version: u32,
    },
    /// The file is of another account or environment, or is not a ledger.
    #[error("the file is the ledger of another account, or none")]
    OtherScope,
}

/// The first line.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Head {
    horoz_ledger: u32,
    scope: String,
}

/// Every other line.
#[derive(Serialize, Deserialize)]
struct OrderLine {
    number: RequestNumber,
    contents: Fingerprint,
    state: OrderState,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    reason: Option<FailureReason>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    attempt: Option<Attempt>,
}

impl FileLedger {
    /// Opens a ledger, or starts one.
    ///
    /// `scope` names the environment and the account: the base address and a name of the account. The address
    /// alone is not enough, because every account has the same. With a ledger of another account, or of the
    /// test system, every order would count as created.
    ///
    /// # Errors
    ///
    /// [`LedgerOpenError`].
    pub fn open(path: impl AsRef<Path>, scope: &str) -> Result<Self, LedgerOpenError> {
        let mut options = OpenOptions::new();
        options.read(true).append(true).create(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(path)?;
        match fs4::FileExt::try_lock(&file) {
            Ok(()) => {}
            Err(fs4::TryLockError::WouldBlock) => return Err(LedgerOpenError::InUse),
            Err(fs4::TryLockError::Error(error)) => return Err(error.into()),
        }
        let head_of = |horoz_ledger| {
            let scope = scope.to_owned();
            line_of(&Head {
                horoz_ledger,
                scope,
            })
        };
        let head = head_of(VERSION)?;
        let (entries, whole) = read(&file, scope, &[&head, &head_of(1)?])?;
        let length = file.seek(SeekFrom::End(0))?;
        if length > whole {
            file.set_len(whole)?;
        }
        if whole == 0 {
            file.write_all(&head)?;
        }
        Ok(Self {
            inner: Mutex::new(Inner {
                file,
                entries,
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

    /// Returns how many orders are in it.
    pub fn len(&self) -> usize {
        self.inner().entries.len()
    }

    /// Returns whether it is empty.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self, number: &RequestNumber, entry: &LedgerEntry) -> io::Result<()> {
        let line = line_of(&OrderLine {
            number: number.clone(),
            contents: entry.contents,
            state: entry.state,
            reason: entry.reason.clone(),
            attempt: entry.attempt.clone(),
        })?;
        let mut inner = self.inner();
        if inner.is_broken {
            return Err(io::Error::other("an earlier write failed"));
        }
        inner.is_broken = true;
        inner.file.write_all(&line)?;
        if self.durability == Durability::System {
            inner.file.sync_data()?;
        }
        inner.is_broken = false;
        inner.entries.insert(number.clone(), entry.clone());
        Ok(())
    }
}

kervan_core::setters! { FileLedger {
    /// Sets the failures that an entry survives.
    durability: Durability,
}}

impl Ledger for FileLedger {
    fn find<'a>(
        &'a self,
        number: &'a RequestNumber,
    ) -> BoxFuture<'a, Result<Option<LedgerEntry>, LedgerError>> {
        Box::pin(async move { Ok(self.inner().entries.get(number).cloned()) })
    }

    fn open_orders(&self) -> BoxFuture<'_, Result<Vec<RequestNumber>, LedgerError>> {
        Box::pin(async move { Ok(entry::open_ones(&self.inner().entries)) })
    }

    fn record<'a>(
        &'a self,
        number: &'a RequestNumber,
        entry: &'a LedgerEntry,
    ) -> BoxFuture<'a, Result<(), LedgerError>> {
        Box::pin(async move { self.write(number, entry).map_err(LedgerError::new) })
    }
}

fn line_of(value: &impl Serialize) -> io::Result<Vec<u8>> {
    let mut line = json::encode(value).map_err(io::Error::other)?;
    line.push(b'\n');
    Ok(line)
}

/// Reads all whole lines; returns the entries and the end of the last whole line.
///
/// A file without a whole line is a ledger only if it is the beginning of this one's first line.
fn read(
    file: &File,
    scope: &str,
    heads: &[&[u8]],
) -> Result<(HashMap<RequestNumber, LedgerEntry>, u64), LedgerOpenError> {
    let mut reader = BufReader::new(file);
    reader.seek(SeekFrom::Start(0))?;
    let mut entries = HashMap::new();
    let (mut whole, mut number) = (0, 0);
    let mut line = Vec::new();
    loop {
        line.clear();
        let count = (&mut reader)
            .take(LONGEST_LINE)
            .read_until(b'\n', &mut line)?;
        number += 1;
        if line.last() != Some(&b'\n') {
            // Either torn, which is the end of the file, or too long to be a line of a ledger.
            return if line.len() as u64 == LONGEST_LINE {
                Err(LedgerOpenError::Damaged { line: number })
            } else if number == 1 && !heads.iter().any(|head| head.starts_with(&line)) {
                Err(LedgerOpenError::OtherScope)
            } else {
                Ok((entries, whole))
            };
        }
        whole += count as u64;
        let damaged = LedgerOpenError::Damaged { line: number };
        let Ok(text) = std::str::from_utf8(&line) else {
            return Err(damaged);
        };
        if number == 1 {
            let head: Result<Head, _> = json::from_stored(text);
            match head {
                Ok(head) if head.scope != scope => return Err(LedgerOpenError::OtherScope),
                Ok(Head { horoz_ledger, .. }) if horoz_ledger > VERSION => {
                    let version = horoz_ledger;
                    return Err(LedgerOpenError::LaterVersion { version });
                }
                Ok(head) if head.horoz_ledger > 0 => continue,
                _ => return Err(LedgerOpenError::OtherScope),
            }
        }
        let stored: OrderLine = json::from_stored(text).map_err(|_| damaged)?;
        let entry = LedgerEntry {
            contents: stored.contents,
            state: stored.state,
            reason: stored.reason,
            attempt: stored.attempt,
        };
        entries.insert(stored.number, entry);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(state: OrderState) -> LedgerEntry {
        LedgerEntry::new(Fingerprint::of(b"x"), state)
    }

    fn states(ledger: &FileLedger) -> Vec<(String, OrderState)> {
        let inner = ledger.inner();
        let pairs = inner.entries.iter();
        let mut states: Vec<_> = pairs.map(|(n, e)| (n.to_string(), e.state)).collect();
        states.sort_by(|a, b| a.0.cmp(&b.0));
        states
    }

    fn pair(number: &str, state: OrderState) -> (String, OrderState) {
        (number.to_owned(), state)
    }

    /// Writes a ledger of two orders, closes it, and returns its bytes.
    fn two(path: &Path) -> Vec<u8> {
        let ledger = FileLedger::open(path, "a").unwrap();
        let (one, two) = (
            RequestNumber::from("KV-1"),
            RequestNumber::from("KV-\"ş\u{1}2"),
        );
        ledger.write(&one, &entry(OrderState::Sending)).unwrap();
        ledger.write(&two, &entry(OrderState::Sending)).unwrap();
        ledger.write(&one, &entry(OrderState::Created)).unwrap();
        drop(ledger);
        std::fs::read(path).unwrap()
    }

    #[test]
    fn keeps_the_latest_entry_of_each_order() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ledger");
        two(&path);
        let ledger = FileLedger::open(&path, "a").unwrap();
        let expected = [
            pair("KV-\"ş\u{1}2", OrderState::Sending),
            pair("KV-1", OrderState::Created),
        ];
        assert_eq!(states(&ledger), expected);
        assert_eq!(ledger.torn_bytes(), 0);
    }

    #[test]
    fn a_file_cut_at_any_byte_opens_with_its_whole_lines() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ledger");
        let bytes = two(&path);
        for cut in 0..bytes.len() {
            std::fs::write(&path, &bytes[..cut]).unwrap();
            let whole = bytes[..cut].split(|byte| *byte == b'\n').count() - 1;
            let ledger = FileLedger::open(&path, "a").unwrap();
            let expected = match whole {
                0 | 1 => vec![],
                2 => vec![pair("KV-1", OrderState::Sending)],
                _ => vec![
                    pair("KV-\"ş\u{1}2", OrderState::Sending),
                    pair("KV-1", OrderState::Sending),
                ],
            };
            assert_eq!(states(&ledger), expected, "{cut}");
            // The next entry starts on a line of its own.
            let number = RequestNumber::from("KV-3");
            ledger.write(&number, &entry(OrderState::Sending)).unwrap();
            drop(ledger);
            let ledger = FileLedger::open(&path, "a").unwrap();
            assert_eq!(ledger.len(), expected.len() + 1, "{cut}");
            assert_eq!(ledger.torn_bytes(), 0);
        }
    }

    #[test]
    fn a_damaged_line_stops_the_opening() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ledger");
        let bytes = two(&path);
        let text = String::from_utf8(bytes).unwrap();
        for (damage, line) in [
            (text.replacen("\"sending\"", "\"sent\"", 1), 2),
            (text.replacen("\"number\"", "\"nummer\"", 2), 2),
            (text.clone() + "\0\0\0\n", 5),
            (text.clone() + &"x".repeat(70_000), 5),
            (text.clone() + "\n", 5),
        ] {
            std::fs::write(&path, damage).unwrap();
            let error = FileLedger::open(&path, "a").unwrap_err();
            let LedgerOpenError::Damaged { line: found } = error else {
                panic!("{error}")
            };
            assert_eq!(found, line);
        }
    }

    #[test]
    fn a_file_of_version_one_is_read_and_continued() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ledger");
        let one = "{\"horoz_ledger\":1,\"scope\":\"a\"}\n\
            {\"number\":\"KV-1\",\"contents\":\"85944171f73967e8\",\"state\":\"sending\"}\n\
            {\"number\":\"KV-2\",\"contents\":\"85944171f73967e8\",\"state\":\"refused\",\
            \"reason\":{\"kind\":\"rejected\",\"code\":\"ERR-20003\",\"meaning\":\"duplicate\"}}\n";
        for cut in 0..=one.len() {
            std::fs::write(&path, &one[..cut]).unwrap();
            let ledger = FileLedger::open(&path, "a").unwrap();
            let whole = one[..cut].matches('\n').count();
            assert_eq!(ledger.len(), whole.saturating_sub(1), "{cut}");
        }
        std::fs::write(&path, one).unwrap();
        let ledger = FileLedger::open(&path, "a").unwrap();
        let refused = ledger.inner().entries[&RequestNumber::from("KV-2")].clone();
        let meaning = refused.reason.and_then(|reason| reason.meaning);
        assert_eq!(meaning, Some(crate::codes::RejectionKind::NumberTaken));
        let number = RequestNumber::from("KV-3");
        ledger.write(&number, &entry(OrderState::Sending)).unwrap();
        drop(ledger);
        let ledger = FileLedger::open(&path, "a").unwrap();
        let expected = [
            pair("KV-1", OrderState::Sending),
            pair("KV-2", OrderState::Refused),
            pair("KV-3", OrderState::Sending),
        ];
        assert_eq!(states(&ledger), expected);
    }

    #[test]
    fn a_file_of_a_later_version_is_refused_by_its_number() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ledger");
        std::fs::write(&path, "{\"horoz_ledger\":3,\"scope\":\"a\"}\n").unwrap();
        let error = FileLedger::open(&path, "a").unwrap_err();
        assert!(
            matches!(error, LedgerOpenError::LaterVersion { version: 3 }),
            "{error}"
        );
        std::fs::write(&path, "{\"horoz_ledger\":0,\"scope\":\"a\"}\n").unwrap();
        let error = FileLedger::open(&path, "a").unwrap_err();
        assert!(matches!(error, LedgerOpenError::OtherScope), "{error}");
    }

    #[test]
    fn an_attempt_comes_back_as_one_that_may_have_been_sent() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ledger");
        let attempt = "{\"operation\":\"createPaysSupplierShipping\",\"class\":\"keyed\",\
            \"key\":\"KV-1\",\"contents\":\"00\",\"prepared_at\":1795338000000}";
        let attempt: Attempt = json::from_stored(attempt).unwrap();
        let number = RequestNumber::from("KV-1");
        let ledger = FileLedger::open(&path, "a").unwrap();
        let sending = entry(OrderState::Sending).attempt(attempt.clone());
        ledger.write(&number, &sending).unwrap();
        drop(ledger);
        let ledger = FileLedger::open(&path, "a").unwrap();
        let back = ledger.inner().entries[&number].attempt.clone().unwrap();
        assert_eq!(back, attempt);
        assert!(back.was_sent());
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(text.starts_with("{\"horoz_ledger\":2,"), "{text}");
    }

    #[test]
    fn a_foreign_file_is_left_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ledger");
        for foreign in [
            "hello\n",
            "{}\n",
            "hello",
            r#"{"number":"KV-1","state":"created"}"#,
            r#"{"horoz_ledger":1,"scope":"b"#,
            r#"{"horoz_ledger":1,"scope":"a"} "#,
        ] {
            std::fs::write(&path, foreign).unwrap();
            let error = FileLedger::open(&path, "a").unwrap_err();
            assert!(matches!(error, LedgerOpenError::OtherScope), "{foreign}");
            assert_eq!(std::fs::read_to_string(&path).unwrap(), foreign);
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_new_file_is_its_owners_alone() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ledger");
        drop(FileLedger::open(&path, "a").unwrap());
        let mode = std::fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }

    #[test]
    fn one_run_and_one_account_at_a_time() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ledger");
        let ledger = FileLedger::open(&path, "a").unwrap();
        let second = FileLedger::open(&path, "a").unwrap_err();
        assert!(matches!(second, LedgerOpenError::InUse));
        drop(ledger);
        let other = FileLedger::open(&path, "b").unwrap_err();
        assert!(matches!(other, LedgerOpenError::OtherScope));
    }
}
