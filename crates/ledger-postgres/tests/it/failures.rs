//! A server that is full, locked, overrun, frozen, or started again.

use std::process::Command;
use std::time::{Duration, Instant};

use kervan_ledger::{
    Claim, Inserted, Schedule, Store as _, StoreErrorKind, Watch, WatchStore as _,
};
use kervan_ledger_postgres::{Along, PostgresStore};
use postgres_cluster::{Cluster, Settings};

use crate::support::{Place, add, at, entry, mark};

/// A real disk is filled in no test: the server itself raises what it raises then.
#[tokio::test]
async fn a_change_that_the_server_cannot_make_is_named_and_not_made() {
    let Some(place) = Place::new() else { return };
    let store = place.store().await;
    for (code, kind) in [
        ("53100", StoreErrorKind::Full),
        ("53300", StoreErrorKind::Busy),
        ("25006", StoreErrorKind::ReadOnly),
        ("42501", StoreErrorKind::ReadOnly),
        ("57P03", StoreErrorKind::Gone),
        ("58030", StoreErrorKind::Gone),
        ("XX001", StoreErrorKind::Damaged),
        ("22012", StoreErrorKind::Other),
    ] {
        place.sql(&format!(
            "CREATE OR REPLACE FUNCTION fails() RETURNS trigger LANGUAGE plpgsql AS \
             $$BEGIN RAISE EXCEPTION USING ERRCODE = '{code}'; END$$; \
             CREATE TRIGGER fails BEFORE INSERT ON kervan_history \
             EXECUTE FUNCTION {}.fails()",
            place.schema
        ));
        let new = entry(code, code);
        let failed = store.insert(&new, Some(mark())).await.unwrap_err();
        assert_eq!(failed.kind(), kind, "{failed:?}");
        assert_eq!(store.find(&new.key).await.unwrap(), None);
        place.sql("DROP TRIGGER fails ON kervan_history");
        store.insert(&new, None).await.unwrap();
    }
    assert_eq!(place.marks(), 0);
}

#[tokio::test]
async fn a_change_that_is_always_overtaken_is_busy_in_the_end() {
    let Some(place) = Place::new() else { return };
    let store = place.store().await;
    for code in ["40001", "40P01"] {
        place.sql(&format!(
            "CREATE OR REPLACE FUNCTION fails() RETURNS trigger LANGUAGE plpgsql AS \
             $$BEGIN RAISE EXCEPTION USING ERRCODE = '{code}'; END$$; \
             CREATE OR REPLACE TRIGGER fails BEFORE INSERT ON kervan_history \
             EXECUTE FUNCTION {}.fails()",
            place.schema
        ));
        let failed = store.insert(&entry("1", "order 1"), None).await;
        assert_eq!(failed.unwrap_err().kind(), StoreErrorKind::Busy);
    }
}

#[tokio::test]
async fn a_lock_of_another_program_is_waited_for_and_then_busy() {
    let Some(place) = Place::new() else { return };
    let store = PostgresStore::builder(place.config());
    let store = store.patience(Duration::from_millis(300)).open().await;
    let store = store.unwrap();
    let stored = add(&store, &entry("1", "order 1")).await;
    let mut client = place.client().await;
    let transaction = client.transaction().await.unwrap();
    let lock = "LOCK TABLE kervan_writes IN ACCESS EXCLUSIVE MODE";
    transaction.batch_execute(lock).await.unwrap();
    let failed = store.find(&stored.key).await.unwrap_err();
    assert_eq!(failed.kind(), StoreErrorKind::Busy);
    let failed = store.insert(&entry("2", "order 2"), None).await;
    assert_eq!(failed.unwrap_err().kind(), StoreErrorKind::Busy);
    let waiting = tokio::spawn(async move { store.find(&stored.key).await });
    tokio::time::sleep(Duration::from_millis(50)).await;
    transaction.rollback().await.unwrap();
    assert!(waiting.await.unwrap().unwrap().is_some());
}

/// Sleeps in the server, for a change that takes long.
fn sleeps(seconds: &'static str) -> Along {
    Box::new(move |transaction| {
        Box::pin(async move {
            let sleep = format!("SELECT pg_sleep({seconds})");
            transaction.batch_execute(&sleep).await
        })
    })
}

#[tokio::test]
async fn a_statement_that_takes_too_long_is_ended_and_its_change_too() {
    let Some(place) = Place::new() else { return };
    let store = PostgresStore::builder(place.config());
    let store = store.patience(Duration::from_millis(500)).open().await;
    let store = store.unwrap();
    let new = entry("1", "order 1");
    let failed = store.insert(&new, Some(sleeps("60"))).await.unwrap_err();
    assert_eq!(failed.kind(), StoreErrorKind::Busy);
    assert_eq!(store.find(&new.key).await.unwrap(), None);
}

#[tokio::test]
async fn a_call_waits_for_a_free_connection_and_then_is_busy() {
    let Some(place) = Place::new() else { return };
    let store = PostgresStore::builder(place.config());
    let store = store.connections(1).patience(Duration::from_millis(200));
    let store = store.open().await.unwrap();
    let new = entry("1", "order 1");
    let long = store.insert(&new, Some(sleeps("0.35")));
    let second = async {
        let started = Instant::now();
        tokio::task::yield_now().await;
        let found = store.find(&new.key).await;
        (found, started.elapsed())
    };
    let (long, (found, waited)) = tokio::join!(long, second);
    assert!(matches!(long, Ok(Inserted::New(_))), "{long:?}");
    assert_eq!(found.unwrap_err().kind(), StoreErrorKind::Busy);
    assert!(waited >= Duration::from_millis(200), "{waited:?}");
    assert!(store.find(&new.key).await.unwrap().is_some());
}

#[tokio::test]
async fn too_many_connections_are_busy() {
    let settings = Settings {
        more: vec![
            ("max_connections".to_owned(), "4".to_owned()),
            ("superuser_reserved_connections".to_owned(), "0".to_owned()),
        ],
        ..Settings::default()
    };
    let Some(cluster) = Cluster::start(settings).unwrap() else {
        return;
    };
    let config: tokio_postgres::Config = cluster.url("postgres").parse().unwrap();
    let store = PostgresStore::open(config.clone()).await.unwrap();
    let mut others = Vec::new();
    while let Ok((client, connection)) = config.connect(tokio_postgres::NoTls).await {
        tokio::spawn(connection);
        others.push(client);
    }
    let failed = PostgresStore::open(config).await.unwrap_err();
    assert_eq!(failed.kind(), StoreErrorKind::Busy);
    // The one that it has goes on.
    add(&store, &entry("1", "order 1")).await;
}

/// Freezes or wakes the processes of a server's connections.
fn signal(place: &Place, signal: &str, pids: &str) {
    let status = Command::new("kill").arg(signal).args(pids.lines()).status();
    assert!(status.unwrap().success(), "{}", place.schema);
}

#[tokio::test]
async fn a_server_that_is_frozen_is_given_up() {
    let Some(place) = Place::new() else { return };
    let store = PostgresStore::builder(place.config());
    let store = store.connections(1).patience(Duration::from_millis(500));
    let store = store.open().await.unwrap();
    let stored = add(&store, &entry("1", "order 1")).await;
    let pids = place.sql(&format!(
        "SELECT pid FROM pg_stat_activity WHERE application_name = '{}'",
        place.schema
    ));
    assert!(!pids.is_empty());
    signal(&place, "-STOP", &pids);
    let started = Instant::now();
    let failed = store.find(&stored.key).await.unwrap_err();
    assert_eq!(failed.kind(), StoreErrorKind::Gone);
    assert!(started.elapsed() < Duration::from_secs(5));
    // Another connection is not frozen.
    assert!(store.find(&stored.key).await.unwrap().is_some());
    signal(&place, "-CONT", &pids);
}

#[tokio::test]
async fn a_server_that_was_started_again_is_gone_on_with() {
    let settings = Settings {
        fsync: true,
        ..Settings::default()
    };
    let Some(cluster) = Cluster::start(settings).unwrap() else {
        return;
    };
    let config: tokio_postgres::Config = cluster.url("postgres").parse().unwrap();
    let store = PostgresStore::open(config).await.unwrap();
    let calls = (0..5).map(|number| entry(&number.to_string(), &number.to_string()));
    let calls: Vec<_> = calls.collect();
    let first = tokio::join!(
        store.insert(&calls[0], Some(sleeps("0.1"))),
        store.insert(&calls[1], Some(sleeps("0.1"))),
        store.insert(&calls[2], Some(sleeps("0.1"))),
    );
    assert!(first.0.is_ok() && first.1.is_ok() && first.2.is_ok());
    assert!(format!("{store:?}").contains("size: 3"), "{store:?}");
    cluster.stop_at_once().unwrap();
    let failed = store.insert(&calls[3], None).await.unwrap_err();
    assert_eq!(failed.kind(), StoreErrorKind::Gone);
    cluster.start_again().unwrap();
    add(&store, &calls[3]).await;
    let stored = store.open(0, 9).await.unwrap();
    assert_eq!(stored.len(), 4);
}

/// A firewall forgets a connection that nobody uses, and tells neither end.
#[tokio::test]
async fn a_connection_that_ended_while_it_was_idle_is_replaced_before_a_change() {
    let Some(place) = Place::new() else { return };
    let store = PostgresStore::builder(place.config());
    let store = store.connections(1).patience(Duration::from_millis(500));
    let store = store.open().await.unwrap();
    add(&store, &entry("1", "order 1")).await;
    let pids = place.sql(&format!(
        "SELECT pid FROM pg_stat_activity WHERE application_name = '{}'",
        place.schema
    ));
    signal(&place, "-STOP", &pids);
    tokio::time::sleep(Duration::from_millis(600)).await;
    let stored = store.insert(&entry("2", "order 2"), None).await;
    signal(&place, "-CONT", &pids);
    assert!(matches!(stored, Ok(Inserted::New(_))), "{stored:?}");
}

/// A web framework drops a handler whose browser has gone, in the middle of a change.
#[tokio::test]
async fn a_call_that_is_dropped_leaves_nothing_open() {
    let Some(place) = Place::new() else { return };
    let store = PostgresStore::builder(place.config());
    let store = store.connections(1).open().await.unwrap();
    let (new, patience) = (entry("1", "order 1"), Duration::from_millis(100));
    let dropped = store.insert(&new, Some(sleeps("0.3")));
    let dropped = tokio::time::timeout(patience, dropped).await;
    assert!(dropped.is_err(), "it was not done yet");
    // The server's process ends its transaction when it notices that the connection has gone.
    assert_eq!(store.find(&new.key).await.unwrap(), None);
    let stored = add(&store, &new).await;
    assert_eq!(stored.key, new.key);
    let open = place.sql(&format!(
        "SELECT count(*) FROM pg_stat_activity WHERE application_name = '{}' AND state <> 'idle'",
        place.schema
    ));
    assert_eq!(open, "0");
}

/// A later version, or a person by hand, has written something into the oldest row.
#[tokio::test]
async fn a_row_that_cannot_be_read_does_not_stop_the_others() {
    let Some(place) = Place::new() else { return };
    let store = place.store().await;
    let schedule = Schedule::new(Duration::ZERO, Duration::ZERO, Duration::from_secs(60));
    for own in ["1", "2", "3", "4"] {
        let mut new = entry(own, own);
        new.due = Some(at(0));
        let account = add(&store, &new).await.key.account;
        let watch = Watch::new(&account, "parcel", own, &schedule, at(0));
        store.expect(&watch, None).await.unwrap();
    }
    for (table, name) in [("kervan_writes", "own"), ("kervan_watches", "subject")] {
        place.sql(&format!(
            "UPDATE {table} SET state = 'later' WHERE {name} IN ('1', '2')"
        ));
    }
    let claim = Claim {
        kinds: &["approve", "parcel"],
        at_most: 1,
        by: "a worker",
        until: at(120),
        now: at(60),
    };
    for own in ["3", "4"] {
        let taken = store.claim(claim).await.unwrap();
        assert_eq!(taken.len(), 1);
        assert_eq!(taken[0].key.own, own);
        let asked = store.claim_watches(claim).await.unwrap();
        assert_eq!(asked.len(), 1);
        assert_eq!(asked[0].subject, own);
    }
    let all = Claim {
        at_most: 9,
        ..claim
    };
    assert_eq!(store.claim(all).await.unwrap(), []);
    assert_eq!(store.claim_watches(all).await.unwrap(), []);
}
