//! A database that is gone, locked, read-only, or full of trouble: nothing is sent, and the page says so.

use std::fs::{self, OpenOptions};
use std::io::{Read, Seek, SeekFrom, Write};

use rusqlite::Connection;

use crate::support::{Stage, refuses_everything};
use crate::unstored::forms;

#[test]
fn that_is_locked_by_another_program() {
    let stage = Stage::new();
    let forms = forms(&stage);
    let other = Connection::open(stage.database()).unwrap();
    other.execute_batch("BEGIN EXCLUSIVE").unwrap();
    refuses_everything(&stage, &stage.browser(), &forms);
    other.execute_batch("ROLLBACK").unwrap();
    for (action, body) in &forms {
        assert_eq!(
            stage.browser().post(action, &[], body).status,
            303,
            "{action}"
        );
    }
}

#[test]
fn that_was_moved_away() {
    let stage = Stage::new();
    let forms = forms(&stage);
    let away = stage.folder.path().join("away.sqlite");
    fs::rename(stage.database(), &away).unwrap();
    refuses_everything(&stage, &stage.browser(), &forms);
    fs::rename(&away, stage.database()).unwrap();
    let (action, body) = &forms[0];
    assert_eq!(stage.browser().post(action, &[], body).status, 303);
}

#[test]
fn that_is_read_only() {
    let stage = Stage::new();
    let forms = forms(&stage);
    // A file whose header asks for a newer version of SQLite may be read and not written. Root may write
    // whatever the file's rights say, so these do not show it. The header is read again after a change of
    // another program.
    let other = Connection::open(stage.database()).unwrap();
    let checkpoint = "PRAGMA wal_checkpoint(TRUNCATE)";
    other.query_row(checkpoint, [], |_| Ok(())).unwrap();
    other
        .execute_batch("BEGIN IMMEDIATE; UPDATE orders SET at = at")
        .unwrap();
    let mut file = OpenOptions::new()
        .read(true)
        .write(true)
        .open(stage.database())
        .unwrap();
    let mut header = [0; 28];
    file.read_exact(&mut header).unwrap();
    header[18] = 9;
    file.seek(SeekFrom::Start(0)).unwrap();
    file.write_all(&header).unwrap();
    other.execute_batch("COMMIT").unwrap();
    refuses_everything(&stage, &stage.browser(), &forms);
}

#[test]
fn that_is_of_another_program_is_refused_and_stays_as_it_is() {
    let stage = Stage::new();
    let other = stage.folder.path().join("notes.sqlite");
    let notes = Connection::open(&other).unwrap();
    notes.execute_batch("CREATE TABLE notes (text)").unwrap();
    let numbered = stage.folder.path().join("numbered.sqlite");
    let table = "PRAGMA application_id = 77; CREATE TABLE notes (text)";
    let connection = Connection::open(&numbered).unwrap();
    connection.execute_batch(table).unwrap();
    let text = stage.folder.path().join("text");
    fs::write(&text, "root:x:0:0:root:/root:/bin/bash\n".repeat(9)).unwrap();
    let folder = stage.folder.path().join("folder");
    fs::create_dir(&folder).unwrap();

    let another = "it is the database of another program";
    let cases = [
        (&other, another),
        (&numbered, another),
        (&text, "it is not a database"),
        (&folder, "it is not a file"),
    ];
    for (path, expected) in cases {
        let before = fs::read(path).ok();
        let why = Stage::start_over(&stage, &path.display().to_string()).unwrap_err();
        assert!(why.ends_with(expected), "{why}");
        assert_eq!(fs::read(path).ok(), before, "{why}");
    }
    // No lock, no log, and nothing else was left.
    let mut names: Vec<_> = fs::read_dir(stage.folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    let own = [
        "shop.sqlite",
        "shop.sqlite-shm",
        "shop.sqlite-wal",
        "shop.sqlite.lock",
        "text",
    ];
    assert_eq!(
        names,
        [&["folder", "notes.sqlite", "numbered.sqlite"], &own[..]].concat()
    );
    let why = Stage::start_over(&stage, "").unwrap_err();
    assert!(why.ends_with("it names no file"), "{why}");
}

#[test]
fn that_is_empty_or_the_shops_own_is_taken() {
    let mut stage = Stage::new();
    let empty = stage.folder.path().join("empty.sqlite");
    fs::write(&empty, "").unwrap();
    Stage::start_over(&stage, &empty.display().to_string()).unwrap();
    let made = Connection::open(&empty).unwrap();
    let number = made.query_row("PRAGMA application_id", [], |row| row.get::<_, i32>(0));
    assert_eq!(number.unwrap().to_be_bytes(), *b"kvsh");
    let order = {
        stage.open_shop();
        stage.order()
    };
    stage.crash();
    stage.start();
    assert_eq!(stage.browser().get(&order).status, 200);
}

#[test]
fn that_is_of_another_version_of_the_shop_is_named_so_and_stays_as_it_is() {
    let mut stage = Stage::new();
    stage.crash();
    let own = fs::read(stage.database()).unwrap();
    let older = "it was made by an older version of the shop";
    let newer = "it was made by a newer version of the shop";
    let unnumbered = "PRAGMA application_id = 0; PRAGMA user_version = 0;
                      CREATE TABLE attempts (key); CREATE TABLE callbacks (digest)";
    for (change, expected) in [
        ("PRAGMA user_version = 0", older),
        ("PRAGMA user_version = 1", older),
        ("PRAGMA user_version = 1000", newer),
        // Before its databases had a number.
        (unnumbered, older),
    ] {
        // A name with signs that an address would have.
        let path = stage.folder.path().join("a%20?b#c.sqlite");
        fs::write(&path, &own).unwrap();
        let database = Connection::open(&path).unwrap();
        database.execute_batch(change).unwrap();
        drop(database);
        let before = fs::read(&path).unwrap();
        let why = Stage::start_over(&stage, &path.display().to_string()).unwrap_err();
        assert!(why.contains(expected), "{change}: {why}");
        assert!(why.contains("SHOP_DATABASE chooses another"), "{why}");
        assert!(!why.contains('\n'), "{why}");
        assert_eq!(fs::read(&path).unwrap(), before, "{change}");
    }
    let names = fs::read_dir(stage.folder.path()).unwrap();
    let names = names.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let beside: Vec<_> = names.filter(|name| name.starts_with("a%20")).collect();
    assert_eq!(beside, ["a%20?b#c.sqlite"], "nothing is written beside it");
    stage.start();
}

#[test]
fn that_another_shop_uses_is_not_opened() {
    let mut stage = Stage::new();
    let running = stage.database().to_owned();
    let refused = stage.try_start().unwrap_err();
    // The port is asked for first.
    assert!(refused.starts_with("SHOP_ADDRESS: "), "{refused}");
    let again = Stage::start_over(&stage, &running).unwrap_err();
    assert!(
        again.starts_with("SHOP_DATABASE: ") && again.contains("another shop"),
        "{again}"
    );
}
