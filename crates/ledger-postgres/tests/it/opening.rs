//! Databases that are empty, of another version, read-only, missing, or opened twice at once.

use std::error::Error as _;
use std::time::Duration;

use kervan_ledger::{Inserted, Store as _, StoreErrorKind};
use kervan_ledger_postgres::{Along, PostgresStore};

use crate::support::{Place, add, entry};

#[tokio::test]
async fn entries_survive_the_program() {
    let Some(place) = Place::new() else { return };
    let stored = add(&place.store().await, &entry("1", "order 1")).await;
    let again = place.store().await;
    assert_eq!(again.find(&stored.key).await.unwrap(), Some(stored.clone()));
    let inserted = again.insert(&entry("1", "order 1"), None).await.unwrap();
    assert_eq!(inserted, Inserted::Known(stored));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn programs_that_start_at_once_make_the_tables_once() {
    for _ in 0..5 {
        let Some(place) = Place::new() else { return };
        let opened: Vec<_> = (0..8)
            .map(|number| {
                let config = place.config();
                tokio::spawn(async move {
                    let store = PostgresStore::open(config).await?;
                    let own = number.to_string();
                    store.insert(&entry(&own, &own), None).await
                })
            })
            .collect();
        for one in opened {
            let inserted = one.await.unwrap();
            assert!(matches!(inserted, Ok(Inserted::New(_))), "{inserted:?}");
        }
        assert_eq!(place.sql("SELECT version FROM kervan_ledger"), "1");
    }
}

#[tokio::test]
async fn another_version_is_refused_and_named() {
    let Some(place) = Place::new() else { return };
    drop(place.store().await);
    let open = || PostgresStore::open(place.config());
    place.sql("UPDATE kervan_ledger SET version = 2");
    let later = open().await.unwrap_err();
    let kind = StoreErrorKind::Schema {
        found: 2,
        needed: 1,
    };
    assert_eq!(later.kind(), kind);
    place.sql("DELETE FROM kervan_ledger");
    let kind = StoreErrorKind::Schema {
        found: 0,
        needed: 1,
    };
    assert_eq!(open().await.unwrap_err().kind(), kind);
    place.sql("INSERT INTO kervan_ledger VALUES (1)");
    open().await.unwrap();
}

#[tokio::test]
async fn a_database_that_is_read_only_is_read_and_not_changed() {
    let Some(place) = Place::new() else { return };
    let stored = add(&place.store().await, &entry("1", "order 1")).await;
    let mut config = place.config();
    let schema = &place.schema;
    config.options(format!(
        "-c search_path={schema} -c default_transaction_read_only=on"
    ));
    let store = PostgresStore::open(config.clone()).await.unwrap();
    let found = store.find(&stored.key).await.unwrap();
    assert_eq!(found, Some(stored));
    let failed = store.insert(&entry("2", "order 2"), None).await;
    assert_eq!(failed.unwrap_err().kind(), StoreErrorKind::ReadOnly);
    place.sql("DROP TABLE kervan_ledger");
    let failed = PostgresStore::open(config).await.unwrap_err();
    assert_eq!(failed.kind(), StoreErrorKind::ReadOnly);
}

#[tokio::test]
async fn a_database_that_is_not_there_is_gone() {
    let Some(place) = Place::new() else { return };
    let mut missing = place.config();
    missing.dbname("missing");
    let mut nobody = place.config();
    nobody.user("nobody");
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let mut frozen = tokio_postgres::Config::new();
    frozen
        .host("127.0.0.1")
        .port(silent.local_addr().unwrap().port())
        .user("kervan");
    let mut refused = frozen.clone();
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    refused.port(closed.local_addr().unwrap().port());
    drop(closed);
    for config in [missing, nobody, frozen, refused] {
        let builder = PostgresStore::builder(config.clone());
        let builder = builder.patience(Duration::from_millis(200));
        let failed = builder.open().await.unwrap_err();
        assert_eq!(failed.kind(), StoreErrorKind::Gone, "{config:?}");
        assert!(failed.source().is_some());
    }
}

/// A power cut does not take back what was said to be stored, whatever the settings of the role and database.
#[tokio::test]
async fn a_commit_waits_for_the_disk() {
    let Some(place) = Place::new() else { return };
    let schema = &place.schema;
    for (set, kept) in [("off", "on"), ("remote_apply", "remote_apply")] {
        let mut config = place.config();
        let more = "-c default_transaction_isolation=serializable";
        config.options(format!(
            "-c search_path={schema} -c synchronous_commit={set} {more}"
        ));
        let store = PostgresStore::open(config).await.unwrap();
        let along: Along = Box::new(move |transaction| {
            Box::pin(async move {
                for (name, expected) in [
                    ("synchronous_commit", kept),
                    ("transaction_isolation", "read committed"),
                    ("default_transaction_isolation", "read committed"),
                    ("lock_timeout", "5s"),
                    ("statement_timeout", "10s"),
                    ("idle_in_transaction_session_timeout", "20s"),
                ] {
                    let row = transaction.query_one(&format!("SHOW {name}"), &[]).await?;
                    assert_eq!(row.get::<_, String>(0), expected, "{name}");
                }
                Ok(())
            })
        });
        let inserted = store.insert(&entry(set, set), Some(along)).await;
        assert!(matches!(inserted, Ok(Inserted::New(_))), "{inserted:?}");
    }
}

#[tokio::test]
async fn what_cannot_be_read_is_damaged_and_what_was_dropped_is_gone() {
    let Some(place) = Place::new() else { return };
    let store = place.store().await;
    let stored = add(&store, &entry("1", "order 1")).await;
    for change in [
        "state = 'later'",
        "state = 'done', why = '{'",
        "why = NULL, tries = -1",
    ] {
        place.sql(&format!("UPDATE kervan_writes SET {change}"));
        let failed = store.find(&stored.key).await.unwrap_err();
        assert_eq!(failed.kind(), StoreErrorKind::Damaged, "{change}");
    }
    place.sql("DROP TABLE kervan_history, kervan_writes");
    let failed = store.find(&stored.key).await.unwrap_err();
    assert_eq!(failed.kind(), StoreErrorKind::Gone);
    let failed = store.insert(&stored, None).await.unwrap_err();
    assert_eq!(failed.kind(), StoreErrorKind::Gone);
}
