//! A connection that is lost at each message of each change.

use std::time::Duration;

use kervan_ledger::{
    Applied, Claim, Entry, Event, Inserted, Post, PostState, PostStore as _, Replaced, Store as _,
    StoreError, StoreErrorKind,
};
use kervan_ledger_postgres::PostgresStore;
use postgres_cluster::way::{Loss, Way};

use crate::support::{Place, add, at, entry, mark, post};

/// Opens a store that goes by the way.
async fn store(way: &Way, place: &Place) -> PostgresStore {
    let mut config = tokio_postgres::Config::new();
    config
        .host("127.0.0.1")
        .port(way.port())
        .user(postgres_cluster::SUPERUSER)
        .dbname("postgres")
        .options(format!("-c search_path={}", place.schema))
        .application_name(&place.schema);
    PostgresStore::open(config).await.unwrap()
}

/// A change, and what it has left.
#[derive(Clone, Copy, Debug)]
enum Change {
    Insert,
    /// Without changes of the shop's.
    InsertAlone,
    Replace,
    ReplaceAlone,
    Claim,
    Apply,
}

impl Change {
    async fn make(self, store: &PostgresStore, own: &str) -> Result<(), StoreError> {
        let new = entry(own, own);
        match self {
            Self::Insert | Self::InsertAlone => {
                let along = matches!(self, Self::Insert).then(mark);
                let inserted = store.insert(&new, along).await?;
                assert!(matches!(inserted, Inserted::New(_)), "{inserted:?}");
            }
            Self::Replace | Self::ReplaceAlone => {
                let along = matches!(self, Self::Replace).then(mark);
                let stored = store.find(&new.key).await?.unwrap();
                let done = stored.after(Event::Done, at(1)).unwrap();
                let replaced = store.replace(&done, along).await?;
                assert_eq!(replaced, Replaced::Stored);
            }
            Self::Claim => {
                let claim = Claim {
                    kinds: &["approve"],
                    at_most: 2,
                    by: own,
                    until: at(60),
                    now: at(1),
                };
                // A process whose connection was lost keeps its locks until it notices.
                while store.claim(claim).await?.is_empty() {
                    tokio::time::sleep(Duration::from_millis(5)).await;
                }
            }
            Self::Apply => {
                let stored = store.receive(&post(own.parse().unwrap())).await?;
                let next = Post {
                    subject: Some(own.to_owned()),
                    ..stored
                };
                let applied = store.apply(&next, Some(mark())).await?;
                assert_eq!(applied, Applied::Now);
            }
        }
        Ok(())
    }

    /// Returns whether it is stored. Asked over a connection that is not lost.
    async fn is_stored(self, store: &PostgresStore, own: &str) -> bool {
        let found = store.find(&entry(own, own).key).await.unwrap();
        let version = |entry: &Option<Entry>| entry.as_ref().map_or(0, |entry| entry.version);
        match self {
            Self::Insert | Self::InsertAlone => version(&found) == 1,
            Self::Replace | Self::ReplaceAlone | Self::Claim => version(&found) == 2,
            Self::Apply => {
                let post = store.receive(&post(own.parse().unwrap())).await.unwrap();
                post.state == PostState::Applied
            }
        }
    }
}

async fn is_whole_or_absent(change: Change, loss: Loss) {
    let Some(place) = Place::new() else { return };
    let way = Way::start(place.cluster, &place.schema, loss);
    let direct = place.store().await;
    let (mut failed, mut kept) = (0, 0);
    for message in 0.. {
        let own = message.to_string();
        if matches!(
            change,
            Change::Replace | Change::ReplaceAlone | Change::Claim
        ) {
            let mut new = entry(&own, &own);
            new.due = Some(at(1));
            add(&direct, &new).await;
        }
        place.sql("DELETE FROM marks");
        let store = store(&way, &place).await;
        way.lose(message);
        let made = change.make(&store, &own).await;
        let was_lost = way.was_lost();
        let is_stored = change.is_stored(&direct, &own).await;
        let history = direct.history(&entry(&own, &own).key).await.unwrap();
        let found = direct.find(&entry(&own, &own).key).await.unwrap();
        let versions = found.map_or(0, |entry| entry.version);
        assert_eq!(history.len() as u64, versions, "{change:?} {loss:?}");
        if matches!(change, Change::Insert | Change::Replace | Change::Apply) {
            assert_eq!(place.marks(), usize::from(is_stored), "{change:?} {loss:?}");
        }
        match made {
            Ok(()) => assert!(is_stored, "{change:?} {loss:?}: message {message}"),
            Err(error) => {
                failed += 1;
                kept += usize::from(is_stored);
                assert_eq!(error.kind(), StoreErrorKind::Gone, "{error:?}");
                if !is_stored {
                    // The same store goes on, over another connection.
                    change.make(&store, &own).await.unwrap();
                }
            }
        }
        // So that the next claim finds its own.
        if matches!(change, Change::Claim) {
            place.sql("DELETE FROM kervan_history; DELETE FROM kervan_writes");
        }
        if !was_lost {
            break;
        }
    }
    assert!(failed > 0, "{change:?} {loss:?}: {failed} failed");
    // The answer to a commit is the one whose loss leaves the change behind.
    let expected = usize::from(loss == Loss::Answer);
    assert_eq!(kept, expected, "{change:?} {loss:?}");
}

/// An error of the store says that nothing was changed, but for a lost answer to a commit; and what is stored is
/// whole, with its history and the shop's own changes.
async fn each_change_is_whole_or_absent(loss: Loss) {
    for change in [
        Change::Insert,
        Change::InsertAlone,
        Change::Replace,
        Change::ReplaceAlone,
        Change::Claim,
        Change::Apply,
    ] {
        is_whole_or_absent(change, loss).await;
    }
}

#[tokio::test]
async fn a_change_is_whole_or_absent_whichever_message_is_lost() {
    each_change_is_whole_or_absent(Loss::Message).await;
}

#[tokio::test]
async fn a_change_is_whole_or_absent_whichever_answer_is_lost() {
    each_change_is_whole_or_absent(Loss::Answer).await;
}

#[tokio::test]
async fn a_change_is_whole_or_absent_whenever_the_servers_process_ends() {
    each_change_is_whole_or_absent(Loss::Process).await;
}
