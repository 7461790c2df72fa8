//! The databases of these tests: schemas of one PostgreSQL, or SQLite files where the machine has none.

use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use postgres_cluster::Cluster;

use crate::place_sqlite;

/// Returns the setting of a new database.
pub(crate) fn database(folder: &Path) -> String {
    static COUNT: AtomicUsize = AtomicUsize::new(0);
    let Some(cluster) = Cluster::shared() else {
        return place_sqlite::database(folder);
    };
    let schema = format!("shop_{}", COUNT.fetch_add(1, Ordering::SeqCst));
    cluster.sql("postgres", &format!("CREATE SCHEMA {schema}"));
    format!(
        "{}?options=-c%20search_path%3D{schema}",
        cluster.url("postgres")
    )
}

/// Runs SQL in a schema of the cluster; `None` where the database is a file.
fn sql(database: &str, sql: &str) -> Option<String> {
    let (_, schema) = database.split_once("search_path%3D")?;
    let path = format!("SET search_path = {schema}; {sql}");
    Some(Cluster::shared()?.sql("postgres", &path))
}

/// Returns everything that a database holds.
pub(crate) fn stored(database: &str) -> String {
    let tables = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()";
    let Some(tables) = sql(database, tables) else {
        return place_sqlite::stored(database);
    };
    let rows = tables.lines().map(|table| {
        let rows = format!("SELECT CAST(row AS TEXT) FROM {table} AS row");
        sql(database, &rows).unwrap()
    });
    rows.collect()
}

/// Changes a database behind the shop's back.
pub(crate) fn run(database: &str, change: &str) {
    if sql(database, change).is_none() {
        place_sqlite::run(database, change);
    }
}

/// Returns the number that a question counts.
pub(crate) fn count(database: &str, question: &str) -> i64 {
    let counted = sql(database, question);
    counted.map_or_else(
        || place_sqlite::count(database, question),
        |count| count.trim().parse().unwrap(),
    )
}

/// Lets each change of a column fail, as on a full disk.
pub(crate) fn fill(database: &str, table: &str, column: &str) {
    let trigger = format!(
        "CREATE FUNCTION full_{table}() RETURNS trigger LANGUAGE plpgsql
         AS 'BEGIN RAISE EXCEPTION ''the disk is full''; END';
         CREATE TRIGGER full_{table} BEFORE UPDATE OF {column} ON {table}
         FOR EACH ROW EXECUTE FUNCTION full_{table}()"
    );
    if sql(database, &trigger).is_none() {
        place_sqlite::fill(database, table, column);
    }
}

/// Lets the table be changed again.
pub(crate) fn empty(database: &str, table: &str) {
    if sql(database, &format!("DROP TRIGGER full_{table} ON {table}")).is_none() {
        place_sqlite::empty(database, table);
    }
}
