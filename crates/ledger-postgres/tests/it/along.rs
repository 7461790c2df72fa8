//! The shop's own changes in the ledger's transaction, and the ledger's in the shop's.

use std::error::Error as _;

use kervan_ledger::row::Value;
use kervan_ledger::sql::{Dialect, Statement};
use kervan_ledger::{
    Entry, Event, Inserted, Post, PostState, PostStore as _, Replaced, Store as _, StoreError,
    StoreErrorKind,
};
use kervan_ledger_postgres::{Along, insert, replace, statements};
use tokio_postgres::{IsolationLevel, Transaction};

use crate::support::{Place, add, at, entry, mark, post};

fn failing() -> Along {
    Box::new(|transaction| {
        Box::pin(async move {
            let insert = "INSERT INTO marks VALUES (1)";
            transaction.execute(insert, &[]).await?;
            let insert = "INSERT INTO orders VALUES (1)";
            transaction.execute(insert, &[]).await.map(|_| ())
        })
    })
}

/// Goes on after a statement that failed, which has ended the transaction.
fn careless() -> Along {
    Box::new(|transaction| {
        Box::pin(async move {
            let _ = transaction
                .execute("INSERT INTO orders VALUES (1)", &[])
                .await;
            Ok(())
        })
    })
}

#[tokio::test]
async fn a_change_of_the_shop_that_fails_takes_the_ledgers_with_it() {
    let Some(place) = Place::new() else { return };
    let store = place.store().await;
    for along in [failing, careless] {
        let new = entry("1", "order 1");
        let failed = store.insert(&new, Some(along())).await.unwrap_err();
        assert_eq!(failed.kind(), StoreErrorKind::Other, "{failed:?}");
        assert!(failed.source().is_some());
        assert_eq!(store.find(&new.key).await.unwrap(), None);
    }
    let stored = add(&store, &entry("1", "order 1")).await;
    let done = stored.after(Event::Done, at(1)).unwrap();
    let received = store.receive(&post(1)).await.unwrap();
    let applied = Post {
        subject: Some("order 1 paid".to_owned()),
        ..received
    };
    for along in [failing, careless] {
        store.replace(&done, Some(along())).await.unwrap_err();
        assert_eq!(store.find(&done.key).await.unwrap(), Some(stored.clone()));
        assert_eq!(store.history(&done.key).await.unwrap().len(), 1);
        store.apply(&applied, Some(along())).await.unwrap_err();
        let again = store.receive(&post(1)).await.unwrap();
        assert_eq!(again.state, PostState::Received);
    }
    assert_eq!(place.marks(), 0);
}

#[tokio::test]
async fn a_violation_of_the_shops_own_rules_is_not_a_race() {
    let Some(place) = Place::new() else { return };
    let store = place.store().await;
    place.sql("ALTER TABLE marks ADD UNIQUE (one)");
    store
        .insert(&entry("1", "order 1"), Some(mark()))
        .await
        .unwrap();
    let failed = store.insert(&entry("2", "order 2"), Some(mark())).await;
    let failed = failed.unwrap_err();
    assert_eq!(failed.kind(), StoreErrorKind::Other);
    let cause = failed.source().and_then(|cause| cause.source()).unwrap();
    assert!(cause.to_string().contains("marks"), "{cause}");
    assert_eq!(place.marks(), 1);
}

#[tokio::test]
async fn an_entry_in_the_shops_transaction_goes_with_it() {
    let Some(place) = Place::new() else { return };
    let store = place.store().await;
    let mut client = place.client().await;
    let new = entry("1", "order 1");
    for is_kept in [false, true] {
        let transaction = client.transaction().await.unwrap();
        let inserted = insert(&transaction, &new).await.unwrap();
        assert!(matches!(inserted, Inserted::New(_)));
        let count = transaction.execute("INSERT INTO marks VALUES (1)", &[]);
        assert_eq!(count.await.unwrap(), 1);
        assert_eq!(store.find(&new.key).await.unwrap(), None);
        if is_kept {
            transaction.commit().await.unwrap();
        } else {
            transaction.rollback().await.unwrap();
            assert_eq!(place.sql("SELECT count(*) FROM kervan_history"), "0");
        }
        assert_eq!(place.marks(), usize::from(is_kept));
    }
    let stored = store.find(&new.key).await.unwrap().unwrap();
    assert_eq!(store.history(&new.key).await.unwrap().len(), 1);
    let transaction = client.transaction().await.unwrap();
    let known = insert(&transaction, &new).await.unwrap();
    assert_eq!(known, Inserted::Known(stored.clone()));
    let taken = insert(&transaction, &entry("2", "order 1")).await.unwrap();
    assert_eq!(taken, Inserted::Taken(stored));
}

#[tokio::test]
async fn every_statement_runs_on_a_connection_of_the_shops() {
    let Some(place) = Place::new() else { return };
    let store = place.store().await;
    let client = place.client().await;
    let sql = Dialect::Postgres;
    let mut new = entry("1", "order 1");
    new.due = Some(at(3));
    let statement = sql.insert(&new).unwrap();
    let rows = statements::rows(&client, &statement).await.unwrap();
    assert_eq!(rows.len(), 1);
    let rows = statements::rows(&client, &sql.find(&new.key)).await;
    let stored = Entry::from_row(&rows.unwrap()[0]).unwrap();
    assert_eq!((stored.number, &stored.key), (1, &new.key));
    let done = stored.after(Event::Done, at(1)).unwrap();
    let statement = sql.replace(&done).unwrap();
    for expected in [1, 0] {
        let changed = statements::execute(&client, &statement).await.unwrap();
        assert_eq!(changed, expected);
    }
    assert_eq!(store.find(&new.key).await.unwrap(), Some(done));
    // A driver call of the shop's own.
    let statement = sql.find(&new.key);
    let parameters: Vec<_> = statement
        .parameters
        .iter()
        .map(statements::Parameter::new)
        .collect();
    let parameters: Vec<_> = parameters
        .iter()
        .map(|one| {
            (
                one as &(dyn tokio_postgres::types::ToSql + Sync),
                one.of_type(),
            )
        })
        .collect();
    let row = client.query_typed_one(&statement.text, &parameters).await;
    assert_eq!(row.unwrap().get::<_, i64>("number"), 1);
}

#[tokio::test]
async fn a_transaction_of_the_shop_changes_everything_or_nothing() {
    let Some(place) = Place::new() else { return };
    let store = place.store().await;
    let new = entry("1", "order 1");
    let mark = async |transaction: &Transaction<'_>| {
        let inserted = insert(transaction, &new).await?;
        let statement = statement("INSERT INTO marks VALUES (1) RETURNING one AS mark");
        let (names, rows) = statements::named_rows(transaction, &statement).await?;
        assert_eq!(names, ["mark"]);
        assert_eq!(rows, [[Value::Integer(1)]]);
        Ok::<_, StoreError>(inserted)
    };
    let level = IsolationLevel::ReadCommitted;
    // The shop's own error, and a statement that failed although the shop went on.
    let failed = store.transaction(level, async |transaction| {
        mark(transaction).await?;
        Err::<(), _>(StoreError::new(StoreErrorKind::Damaged))
    });
    assert_eq!(failed.await.unwrap_err().kind(), StoreErrorKind::Damaged);
    let careless = store.transaction(level, async |transaction| {
        mark(transaction).await?;
        let wrong = statement("INSERT INTO orders VALUES (1)");
        let _ = statements::execute(transaction, &wrong).await;
        Ok(())
    });
    careless.await.unwrap_err();
    assert_eq!(
        (store.find(&new.key).await.unwrap(), place.marks()),
        (None, 0)
    );

    let Inserted::New(stored) = store.transaction(level, mark).await.unwrap() else {
        panic!("it is free")
    };
    assert_eq!(place.marks(), 1);
    let done = stored.after(Event::Done, at(1)).unwrap();
    let replaced = store.transaction(level, async |transaction| replace(transaction, &done).await);
    assert_eq!(replaced.await.unwrap(), Replaced::Stored);
    assert_eq!(store.find(&new.key).await.unwrap(), Some(done));
}

fn statement(text: &'static str) -> Statement {
    Statement {
        text: text.into(),
        parameters: Vec::new(),
    }
}
