//! The suite of every store.

use std::time::SystemTime;

use kervan_ledger::conformance::Suite;
use kervan_ledger_sqlite::{Along, SqliteStore};
use kervan_testing::MovableHost;

#[test]
fn keeps_the_rules_of_every_store() {
    let folder = tempfile::tempdir().unwrap();
    let marks = folder.path().join("marks.db");
    let count = std::cell::Cell::new(0);
    let suite = Suite {
        fresh: async || {
            count.set(count.get() + 1);
            let path = folder.path().join(format!("{}.db", count.get()));
            let _ = std::fs::remove_file(&marks);
            std::os::unix::fs::symlink(&path, &marks).unwrap();
            rusqlite::Connection::open(&path)
                .unwrap()
                .execute_batch("CREATE TABLE marks (one INTEGER)")
                .unwrap();
            SqliteStore::open(&path).unwrap()
        },
        mark: || -> Along {
            Box::new(|transaction| {
                transaction.execute("INSERT INTO marks VALUES (1)", [])?;
                Ok(())
            })
        },
        marks: async |_: &SqliteStore| {
            let connection = rusqlite::Connection::open(&marks).unwrap();
            let count: i64 = connection
                .query_row("SELECT count(*) FROM marks", [], |row| row.get(0))
                .unwrap();
            usize::try_from(count).unwrap()
        },
    };
    MovableHost::at(SystemTime::UNIX_EPOCH).run(suite.run());
    assert!(count.get() > 5, "each test has a file of its own");
}
