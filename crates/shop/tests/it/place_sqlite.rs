//! The databases of these tests: SQLite files.

use std::fs;
use std::path::Path;

use rusqlite::Connection;

/// Returns the setting of a new database.
pub(crate) fn database(folder: &Path) -> String {
    folder.join("shop.sqlite").display().to_string()
}

/// Returns everything that a database holds.
pub(crate) fn stored(database: &str) -> String {
    let files = [database.to_owned(), format!("{database}-wal")];
    let texts = files.map(|file| fs::read(file).unwrap());
    String::from_utf8_lossy(&texts.concat()).into_owned()
}

/// Returns the number that a question counts.
pub(crate) fn count(database: &str, question: &str) -> i64 {
    let connection = Connection::open(database).unwrap();
    connection
        .query_row(question, [], |row| row.get(0))
        .unwrap()
}

/// Changes a database behind the shop's back.
pub(crate) fn run(database: &str, sql: &str) {
    let connection = Connection::open(database).unwrap();
    connection.execute_batch(sql).unwrap();
}

/// Lets each change of a column fail, as on a full disk.
pub(crate) fn fill(database: &str, table: &str, column: &str) {
    let trigger = format!(
        "CREATE TRIGGER full_{table} BEFORE UPDATE OF {column} ON {table}
         BEGIN SELECT RAISE(ABORT, 'the disk is full'); END"
    );
    run(database, &trigger);
}

/// Lets the table be changed again.
pub(crate) fn empty(database: &str, table: &str) {
    run(database, &format!("DROP TRIGGER full_{table}"));
}
