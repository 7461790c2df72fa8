//! The store in a file: torn, damaged, foreign and locked files.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, SystemTime};

use kervan_ledger::conformance::Suite;
use kervan_ledger::{
    Contents, Entry, Event, FileStore, Inserted, KeptRequest, State, Store, StoreErrorKind,
};

use crate::provider::run;
use crate::support::key;

fn at(seconds: u64) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(1_800_000_000 + seconds)
}

fn open(path: &Path) -> FileStore {
    FileStore::open(path).unwrap()
}

fn add(store: &FileStore, own: &str) -> Entry {
    let contents = Contents::stored("c".repeat(64));
    let mut entry = Entry::new(key(own), own, contents, at(0));
    entry.request = Some(KeptRequest::new(*b"\0\xff'"));
    match run(store.insert(&entry, None)).unwrap() {
        Inserted::New(stored) => stored,
        other => panic!("{other:?}"),
    }
}

fn change(store: &FileStore, entry: &Entry, event: Event) -> Entry {
    let next = entry.after(event, at(1)).unwrap();
    run(store.replace(&next, None)).unwrap();
    next
}

fn states(store: &FileStore) -> Vec<(&'static str, State)> {
    let found = |own| run(store.find(&key(own))).unwrap();
    let known = ["1", ODD].map(|own| found(own).map(|entry| (own, entry.state)));
    known.into_iter().flatten().collect()
}

const ODD: &str = "KV-\"ş\u{1}2\n";

/// Writes a ledger of two writes, closes it, and returns its bytes.
fn two(path: &Path) -> Vec<u8> {
    let store = open(path);
    let first = add(&store, "1");
    add(&store, ODD);
    change(&store, &first, Event::Done);
    drop(store);
    std::fs::read(path).unwrap()
}

#[test]
fn keeps_the_rules_of_every_store() {
    let folder = tempfile::tempdir().unwrap();
    let (count, marks) = (AtomicUsize::new(0), Arc::new(AtomicUsize::new(0)));
    let suite = Suite {
        fresh: async || {
            let number = count.fetch_add(1, Ordering::SeqCst);
            open(&folder.path().join(number.to_string()))
        },
        mark: || -> Box<dyn FnOnce() + Send> {
            let marks = Arc::clone(&marks);
            Box::new(move || {
                marks.fetch_add(1, Ordering::SeqCst);
            })
        },
        marks: async |_: &FileStore| marks.load(Ordering::SeqCst),
    };
    run(suite.writes());
    // All that the suite has stored can be read back.
    for number in 0..count.load(Ordering::SeqCst) {
        open(&folder.path().join(number.to_string()));
    }
}

#[test]
fn a_file_cut_at_any_byte_opens_with_its_whole_lines() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ledger");
    let bytes = two(&path);
    for cut in 0..=bytes.len() {
        std::fs::write(&path, &bytes[..cut]).unwrap();
        let lines = bytes[..cut].split(|byte| *byte == b'\n');
        let whole = lines.count() - 1;
        let store = open(&path);
        let expected = match whole {
            0 | 1 => vec![],
            2 => vec![("1", State::Prepared)],
            3 => vec![("1", State::Prepared), (ODD, State::Prepared)],
            _ => vec![("1", State::Done), (ODD, State::Prepared)],
        };
        assert_eq!(states(&store), expected, "{cut}");
        // The next entry starts on a line of its own, under a number of its own.
        let third = add(&store, "3");
        assert_eq!(third.number, expected.len() as u64 + 1);
        drop(store);
        let store = open(&path);
        assert_eq!(states(&store), expected, "{cut}");
        assert_eq!(run(store.find(&key("3"))).unwrap(), Some(third));
        assert_eq!(store.torn_bytes(), 0);
    }
}

#[test]
fn what_was_forgotten_stays_forgotten() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ledger");
    two(&path);
    assert_eq!(run(open(&path).forget(at(2))).unwrap(), 1);
    let store = open(&path);
    assert_eq!(states(&store), [(ODD, State::Prepared)]);
    add(&store, "1");
    let history = run(store.history(&key("1"))).unwrap();
    assert_eq!(history.len(), 1, "it is another write");
}

#[test]
fn a_damaged_line_stops_the_opening() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ledger");
    let text = String::from_utf8(two(&path)).unwrap();
    for (damage, line) in [
        (text.replacen("\"prepared\"", "\"ready\"", 1), 2),
        (text.replacen("\"revision\"", "\"version2\"", 1), 2),
        (text.replacen("\"object\"", "\"objekt\"", 1), 2),
        (text.replacen("\"00ff27\"", "\"00ff2\"", 1), 2),
        (text.clone() + "{\"forgotten\":9}\n", 5),
        (text.clone() + "\0\0\0\n", 5),
        (text.clone() + &"x".repeat(16 << 20), 5),
        (text.clone() + "\n", 5),
    ] {
        std::fs::write(&path, damage).unwrap();
        let error = FileStore::open(&path).unwrap_err();
        assert_eq!(error.kind(), StoreErrorKind::Damaged);
        let cause = std::error::Error::source(&error).unwrap().to_string();
        assert_eq!(cause, format!("line {line}"));
    }
}

#[test]
fn a_file_of_a_later_version_is_refused_by_its_number() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ledger");
    std::fs::write(&path, "{\"kervan_ledger\":2}\n").unwrap();
    let (found, needed) = (2, 1);
    let kind = FileStore::open(&path).unwrap_err().kind();
    assert_eq!(kind, StoreErrorKind::Schema { found, needed });
}

#[test]
fn a_foreign_file_is_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ledger");
    for foreign in [
        "hello\n",
        "{}\n",
        "hello",
        "{\"kervan_ledger\":0}\n",
        "{\"kervan_ledger\":1,\"more\":1}\n",
        "{\"kervan_ledger\":1} ",
        "{\"horoz_ledger\":2,\"scope\":\"a\"}\n",
    ] {
        std::fs::write(&path, foreign).unwrap();
        let error = FileStore::open(&path).unwrap_err();
        assert_eq!(error.kind(), StoreErrorKind::Damaged, "{foreign}");
        assert_eq!(std::fs::read_to_string(&path).unwrap(), foreign);
    }
}

#[cfg(unix)]
#[test]
fn a_new_file_is_its_owners_alone() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ledger");
    drop(open(&path));
    let mode = std::fs::metadata(&path).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[test]
fn one_program_at_a_time_so_that_the_next_one_finds_no_lease() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ledger");
    let store = open(&path);
    let stored = add(&store, "1");
    let (by, until) = ("a".to_owned(), at(99));
    let held = change(&store, &stored, Event::Held { by, until });
    assert!(held.lease(at(2)).is_some());
    let kind = FileStore::open(&path).unwrap_err().kind();
    assert_eq!(kind, StoreErrorKind::Busy);
    drop(store);
    let store = open(&path);
    let free = run(store.find(&key("1"))).unwrap().unwrap();
    assert_eq!((free.lease(at(2)), free.version), (None, held.version));
    assert!(free.due.unwrap() <= at(2), "a worker takes it at once");
    // The change after it follows, and is read back.
    let (by, until) = ("b".to_owned(), at(99));
    change(&store, &free, Event::Held { by, until });
    drop(store);
    assert_eq!(run(open(&path).history(&key("1"))).unwrap().len(), 3);
}
