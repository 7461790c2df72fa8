//! Files that are moved, read-only, full, held, damaged, or of another version.

use std::error::Error as _;
use std::fs;
use std::path::Path;
use std::time::{Duration, SystemTime};

use kervan_core::Host as _;
use kervan_ledger::row::Value;
use kervan_ledger::sql::Statement;
use kervan_ledger::{
    Account, Claim, Contents, Entry, Event, Inserted, Replaced, Schedule, Store, StoreError,
    StoreErrorKind, Watch, WatchStore as _,
};
use kervan_ledger_sqlite::{Along, SqliteStore, execute, insert, query, replace, store_error};
use kervan_testing::MovableHost;
use rusqlite::{Connection, Transaction};

fn entry(own: &str) -> Entry {
    let account = Account {
        provider: "param".to_owned(),
        merchant: "test".to_owned(),
    };
    let contents = Contents::stored("c".repeat(64));
    Entry::new(
        account.key("approve", own),
        own,
        contents,
        SystemTime::UNIX_EPOCH,
    )
}

fn add(store: &SqliteStore, own: &str) -> Result<Inserted, StoreError> {
    MovableHost::at(SystemTime::UNIX_EPOCH).run(store.insert(&entry(own), None))
}

fn find(store: &SqliteStore, own: &str) -> Result<Option<Entry>, StoreError> {
    MovableHost::at(SystemTime::UNIX_EPOCH).run(store.find(&entry(own).key))
}

#[test]
fn entries_survive_the_program() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ledger.db");
    let store = SqliteStore::open(&path).unwrap();
    assert!(matches!(add(&store, "1"), Ok(Inserted::New(_))));
    drop(store);
    let store = SqliteStore::open(&path).unwrap();
    assert!(find(&store, "1").unwrap().is_some());
    assert!(matches!(add(&store, "1"), Ok(Inserted::Known(_))));
}

/// SQLite would go on with a file that nobody finds again.
#[test]
#[cfg(unix)]
fn a_file_that_was_moved_or_replaced_takes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ledger.db");
    let moved: [fn(&Path); 3] = [
        |path| fs::remove_file(path).unwrap(),
        |path| fs::rename(path, path.with_extension("old")).unwrap(),
        |path| {
            let copy = path.with_extension("copy");
            fs::copy(path, &copy).unwrap();
            fs::rename(&copy, path).unwrap();
        },
    ];
    for (number, move_it) in moved.into_iter().enumerate() {
        let store = SqliteStore::open(&path).unwrap();
        add(&store, &format!("before {number}")).unwrap();
        move_it(&path);
        assert_eq!(add(&store, "1").unwrap_err().kind(), StoreErrorKind::Gone);
        assert_eq!(find(&store, "1").unwrap_err().kind(), StoreErrorKind::Gone);
        drop(store);
        let _ = fs::remove_file(&path);
    }
}

#[test]
fn a_file_that_another_program_holds_is_busy() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ledger.db");
    let store = SqliteStore::open(&path).unwrap();
    let store = store.busy_timeout(Duration::from_millis(50)).unwrap();
    let other = Connection::open(&path).unwrap();
    other.execute_batch("BEGIN EXCLUSIVE").unwrap();
    assert_eq!(add(&store, "1").unwrap_err().kind(), StoreErrorKind::Busy);
    other.execute_batch("ROLLBACK").unwrap();
    add(&store, "1").unwrap();
}

#[test]
fn the_shops_own_statements_fail_with_the_kinds_of_the_store() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("shop.db");
    let store = SqliteStore::open(&path).unwrap();
    let store = store.busy_timeout(Duration::from_millis(50)).unwrap();
    let own = |transaction: &Transaction<'_>| {
        let made = transaction.execute("CREATE TABLE shares (number TEXT)", []);
        made.map_err(store_error)
    };
    let other = Connection::open(&path).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    assert_eq!(store.read(own).unwrap_err().kind(), StoreErrorKind::Busy);
    other.execute_batch("ROLLBACK").unwrap();
    store.write(own).unwrap();
    let twice = store.write(own).unwrap_err();
    assert_eq!(twice.kind(), StoreErrorKind::Other);
    assert!(twice.source().unwrap().to_string().contains("shares"));
}

/// Sets how large the file may be, on the store's own connection.
fn limit_pages(store: &SqliteStore, pages: u32) {
    let along: Along = Box::new(move |transaction| {
        transaction.query_row(&format!("PRAGMA max_page_count = {pages}"), [], |_| Ok(()))
    });
    let name = entry(&format!("limit {pages}"));
    let stored = MovableHost::at(SystemTime::UNIX_EPOCH).run(store.insert(&name, Some(along)));
    assert!(matches!(stored, Ok(Inserted::New(_))));
}

#[test]
fn a_full_file_takes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ledger.db");
    let store = SqliteStore::open(&path).unwrap();
    let mut added = 0;
    limit_pages(&store, 40);
    let failed = loop {
        match add(&store, &format!("{added} {}", "x".repeat(2_000))) {
            Ok(_) => added += 1,
            Err(failed) => break failed,
        }
    };
    assert!(added > 0);
    assert_eq!(failed.kind(), StoreErrorKind::Full);
    let last = format!("{added} {}", "x".repeat(2_000));
    assert_eq!(find(&store, &last).unwrap(), None);
    limit_pages(&store, 10_000);
    add(&store, &last).unwrap();
}

#[test]
fn another_version_is_refused_and_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ledger.db");
    drop(SqliteStore::open(&path).unwrap());
    let set = |version: u32| {
        let connection = Connection::open(&path).unwrap();
        connection
            .execute("UPDATE kervan_ledger SET version = ?1", [version])
            .unwrap();
    };
    set(2);
    let later = SqliteStore::open(&path).unwrap_err();
    assert_eq!(
        later.kind(),
        StoreErrorKind::Schema {
            found: 2,
            needed: 1
        }
    );
    assert!(
        later.to_string().contains("later than version 1"),
        "{later}"
    );
    set(0);
    let earlier = SqliteStore::open(&path).unwrap_err();
    assert!(earlier.to_string().contains("migrate"), "{earlier}");
    set(1);
    SqliteStore::open(&path).unwrap();
}

#[test]
fn what_cannot_be_read_is_damaged() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ledger.db");
    let store = SqliteStore::open(&path).unwrap();
    add(&store, "1").unwrap();
    let change = |sql: &str| {
        let changed = Connection::open(&path).unwrap().execute(sql, []).unwrap();
        assert_eq!(changed, 1);
    };
    change("UPDATE kervan_writes SET state = 'later'");
    assert_eq!(
        find(&store, "1").unwrap_err().kind(),
        StoreErrorKind::Damaged
    );
    change("UPDATE kervan_writes SET state = 'prepared', why = '{'");
    assert_eq!(
        find(&store, "1").unwrap_err().kind(),
        StoreErrorKind::Damaged
    );
    change("UPDATE kervan_writes SET why = NULL, tries = -1");
    assert_eq!(
        find(&store, "1").unwrap_err().kind(),
        StoreErrorKind::Damaged
    );
    let garbage = folder.path().join("garbage.db");
    fs::write(&garbage, "not a database".repeat(100)).unwrap();
    let failed = SqliteStore::open(&garbage).unwrap_err();
    assert_eq!(failed.kind(), StoreErrorKind::Damaged);
    let missing = folder.path().join("no folder/ledger.db");
    assert_eq!(
        SqliteStore::open(missing).unwrap_err().kind(),
        StoreErrorKind::Gone
    );
}

/// A power cut does not take back what was said to be stored.
#[test]
fn a_change_is_synced_and_its_history_belongs_to_it() {
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(folder.path().join("ledger.db")).unwrap();
    let along: Along = Box::new(|transaction| {
        let setting = |name: &str| {
            let question = format!("SELECT CAST({name} AS TEXT) FROM pragma_{name}");
            transaction.query_row(&question, [], |row| row.get::<_, String>(0))
        };
        assert_eq!(setting("synchronous")?, "2", "FULL");
        assert_eq!(setting("journal_mode")?, "wal");
        assert_eq!(setting("foreign_keys")?, "1");
        Ok(())
    });
    let stored =
        MovableHost::at(SystemTime::UNIX_EPOCH).run(store.insert(&entry("1"), Some(along)));
    assert!(matches!(stored, Ok(Inserted::New(_))));
}

#[test]
fn a_change_of_the_shop_that_fails_takes_the_ledgers_with_it() {
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(folder.path().join("ledger.db")).unwrap();
    let failing = || -> Along {
        Box::new(|transaction| {
            transaction.execute("UPDATE kervan_writes SET object = 'taken along'", [])?;
            transaction.execute("INSERT INTO orders VALUES (1)", [])?;
            Ok(())
        })
    };
    let host = MovableHost::at(SystemTime::UNIX_EPOCH);
    let failed = host
        .run(store.insert(&entry("1"), Some(failing())))
        .unwrap_err();
    assert_eq!(failed.kind(), StoreErrorKind::Other);
    let cause = failed.source().unwrap().to_string();
    assert!(cause.contains("orders"), "{cause}");
    assert_eq!(find(&store, "1").unwrap(), None);
    let Ok(Inserted::New(stored)) = add(&store, "1") else {
        panic!("it is free")
    };
    let done = stored.after(Event::Done, SystemTime::UNIX_EPOCH).unwrap();
    host.run(store.replace(&done, Some(failing()))).unwrap_err();
    assert_eq!(find(&store, "1").unwrap(), Some(stored));
    assert_eq!(host.run(store.history(&done.key)).unwrap().len(), 1);
}

#[test]
fn two_programs_claim_each_write_once_and_wait_for_each_other() {
    const WRITES: usize = 60;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ledger.db");
    let store = SqliteStore::open(&path).unwrap();
    for number in 0..WRITES {
        let mut new = entry(&number.to_string());
        new.due = Some(SystemTime::UNIX_EPOCH);
        let stored = MovableHost::at(SystemTime::UNIX_EPOCH).run(store.insert(&new, None));
        assert!(matches!(stored, Ok(Inserted::New(_))));
    }
    let work = &|by: &'static str| {
        let store = SqliteStore::open(&path).unwrap();
        let mut taken = Vec::new();
        loop {
            let claim = Claim {
                kinds: &["approve"],
                at_most: 1,
                by,
                until: SystemTime::UNIX_EPOCH + Duration::from_secs(60),
                now: SystemTime::UNIX_EPOCH,
            };
            let host = MovableHost::at(SystemTime::UNIX_EPOCH);
            let Some(entry) = host.run(store.claim(claim)).unwrap().pop() else {
                return taken;
            };
            taken.push(entry.number);
        }
    };
    let mut all = std::thread::scope(|scope| {
        let programs = ["1", "2", "3"].map(|by| scope.spawn(move || work(by)));
        programs.map(|program| program.join().unwrap()).concat()
    });
    assert_eq!(all.len(), WRITES, "each by one of them");
    all.sort_unstable();
    all.dedup();
    assert_eq!(all.len(), WRITES);
}

#[test]
fn a_transaction_of_the_shop_changes_everything_or_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(folder.path().join("ledger.db")).unwrap();
    let statement = |text: &'static str, parameters: &[Value]| Statement {
        text: text.into(),
        parameters: parameters.to_vec(),
    };
    let one = [Value::Integer(1)];
    let mark = |transaction: &Transaction<'_>| {
        let inserted = insert(transaction, &entry("1"))?;
        let insert = statement("INSERT INTO marks VALUES (?1) RETURNING one AS mark", &one);
        let (names, rows) = query(transaction, &insert)?;
        assert_eq!(names, ["mark"]);
        assert_eq!(rows, [[Value::Integer(1)]]);
        Ok(inserted)
    };
    let marks = || {
        let count = statement("SELECT count(*) FROM marks WHERE one = ?1", &one);
        let rows = store.read(|transaction| Ok(query(transaction, &count)?.1));
        rows.unwrap()
    };
    let table = statement("CREATE TABLE marks (one BIGINT)", &[]);
    let made = store.write(|transaction| execute(transaction, &table));
    made.unwrap();
    let failed = store.write(|transaction| {
        mark(transaction)?;
        Err::<(), _>(StoreError::new(StoreErrorKind::Damaged))
    });
    assert_eq!(failed.unwrap_err().kind(), StoreErrorKind::Damaged);
    assert_eq!(find(&store, "1").unwrap(), None);
    assert_eq!(marks(), [[Value::Integer(0)]]);

    let Inserted::New(stored) = store.write(mark).unwrap() else {
        panic!("it is free")
    };
    assert_eq!(marks(), [[Value::Integer(1)]]);
    let done = stored.after(Event::Done, SystemTime::UNIX_EPOCH).unwrap();
    let replaced = store.write(|transaction| replace(transaction, &done));
    assert_eq!(replaced.unwrap(), Replaced::Stored);
    assert_eq!(find(&store, "1").unwrap(), Some(done));
}

/// What a later version, or a person by hand, has written into the oldest row.
#[test]
fn a_row_that_cannot_be_read_does_not_stop_the_others() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ledger.db");
    let store = SqliteStore::open(&path).unwrap();
    let host = MovableHost::at(SystemTime::UNIX_EPOCH + Duration::from_secs(60));
    for own in ["1", "2", "3", "4"] {
        let mut new = entry(own);
        new.due = Some(SystemTime::UNIX_EPOCH);
        let stored = host.run(store.insert(&new, None));
        assert!(matches!(stored, Ok(Inserted::New(_))));
        let schedule = Schedule::new(Duration::ZERO, Duration::ZERO, Duration::from_secs(60));
        let account = new.key.account;
        let watch = Watch::new(&account, "parcel", own, &schedule, SystemTime::UNIX_EPOCH);
        host.run(store.expect(&watch, None)).unwrap();
    }
    let other = Connection::open(&path).unwrap();
    for (table, name) in [("kervan_writes", "own"), ("kervan_watches", "subject")] {
        let damage = format!("UPDATE {table} SET state = 'later' WHERE {name} IN ('1', '2')");
        assert_eq!(other.execute(&damage, []).unwrap(), 2);
    }
    let claim = Claim {
        kinds: &["approve", "parcel"],
        at_most: 1,
        by: "a worker",
        until: host.now() + Duration::from_secs(60),
        now: host.now(),
    };
    for own in ["3", "4"] {
        let taken = host.run(store.claim(claim)).unwrap();
        assert_eq!(taken.len(), 1);
        assert_eq!(taken[0].key.own, own);
        let asked = host.run(store.claim_watches(claim)).unwrap();
        assert_eq!(asked.len(), 1);
        assert_eq!(asked[0].subject, own);
    }
    let all = Claim {
        at_most: 9,
        ..claim
    };
    assert_eq!(host.run(store.claim(all)).unwrap(), []);
    assert_eq!(host.run(store.claim_watches(all)).unwrap(), []);
    assert_eq!(
        find(&store, "1").unwrap_err().kind(),
        StoreErrorKind::Damaged
    );
}
