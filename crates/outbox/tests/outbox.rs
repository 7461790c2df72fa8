//! A rollback leaves no row and no call, and a commit leaves one of each.

use std::path::Path;
use std::time::SystemTime;

use diesel::prelude::*;
use diesel::sqlite::SqliteConnection;
use kervan_ledger::{Account, ContentsKey, Entry, Key, Ledger, Plan, State, Store, Worker};
use kervan_ledger_postgres::PostgresStore;
use kervan_ledger_sqlite::SqliteStore;
use kervan_testing::{MovableHost, Script};
use outbox::{with_diesel, with_sqlx};
use param_marketplace::testing::answer;
use param_marketplace::{
    Client, Credentials, Environment, MarketplaceKey, MerchantKey, OrderStatus, SetOrderStatus,
    StatusSet,
};
use postgres_cluster::Cluster;
use sqlx::Connection as _;

const CREATE: &str = "CREATE TABLE orders (number BIGINT)";
const ORDER: &str = "INSERT INTO orders VALUES (17)";

/// A shop with a worker, over any store, and Param as a script that counts its calls.
struct Shop<S> {
    ledger: Ledger<S>,
    client: Client,
    param: Script,
}

impl<S: Store + 'static> Shop<S> {
    fn over(store: S) -> Self {
        let host = MovableHost::at(SystemTime::UNIX_EPOCH);
        let mut approved = StatusSet::default();
        approved.status = Some(OrderStatus::Approved);
        let param = Script::new();
        param.always("Pazaryeri_TP_Siparis_Onay", answer(&request(), &approved));
        let login = Credentials::published_test_account();
        let (marketplace, merchant) = (MarketplaceKey::new("ETS_GUID"), MerchantKey::new("GUID"));
        let client = Client::builder(&Environment::Test, login, marketplace, merchant)
            .unwrap()
            .build_over(param.clone(), host.clone());
        let ledger = Ledger::new(store, host, ContentsKey::new([7; 32]));
        Self {
            ledger,
            client,
            param,
        }
    }

    fn entry(&self) -> Entry {
        let plan = Plan::new(key(), "order 17");
        self.ledger.entry(&self.client, plan, &request()).unwrap()
    }

    /// Lets a worker do what is due. Returns the state of the write, and how many calls Param has seen.
    async fn after_work(&self) -> (Option<State>, usize) {
        let (ledger, client) = (self.ledger.clone(), self.client.clone());
        let worker = Worker::new(self.ledger.clone()).on("approve", move |held| {
            let (ledger, client) = (ledger.clone(), client.clone());
            async move {
                let along = |_: &_, _: Option<&_>| None;
                ledger
                    .go_on(&client, held, &request(), &along)
                    .await
                    .unwrap();
            }
        });
        while worker.step().await.unwrap() {}
        let found = self.ledger.find(&key()).await.unwrap();
        (found.map(|entry| entry.state), self.param.seen().len())
    }

    /// After a commit the ledger has the write, its history from the first state on, and one call.
    async fn is_sent_once(&self) {
        assert_eq!(self.after_work().await, (Some(State::Done), 1));
        let past = self.ledger.history(&key()).await.unwrap();
        let mut states: Vec<_> = past.into_iter().map(|past| past.state).collect();
        states.dedup();
        assert_eq!(states, [State::Prepared, State::Sending, State::Done]);
    }
}

fn request() -> SetOrderStatus {
    SetOrderStatus::approve("1d4e8a77-0000-4000-8000-0000000000b2".into())
}

fn key() -> Key {
    let account = Account {
        provider: "param".to_owned(),
        merchant: "test".to_owned(),
    };
    account.key("approve", "order 17, share 1")
}

fn file(folder: &Path) -> String {
    folder.join("shop.sqlite").display().to_string()
}

#[tokio::test]
async fn sqlx_in_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    let path = file(folder.path());
    let shop = Shop::over(SqliteStore::open(&path).unwrap());
    let mut connection = sqlx::SqliteConnection::connect(&path).await.unwrap();
    sqlx::query(CREATE).execute(&mut connection).await.unwrap();
    for is_kept in [false, true] {
        let mut transaction = connection.begin_with("BEGIN IMMEDIATE").await.unwrap();
        sqlx::query(ORDER).execute(&mut *transaction).await.unwrap();
        let entry = shop.entry();
        assert!(
            with_sqlx::insert_sqlite(&mut transaction, &entry)
                .await
                .unwrap()
        );
        assert!(
            !with_sqlx::insert_sqlite(&mut transaction, &entry)
                .await
                .unwrap()
        );
        if is_kept {
            transaction.commit().await.unwrap();
        } else {
            transaction.rollback().await.unwrap();
            assert_eq!(shop.after_work().await, (None, 0));
        }
    }
    shop.is_sent_once().await;
    let orders = sqlx::query_scalar::<_, i64>("SELECT count(*) FROM orders");
    assert_eq!(orders.fetch_one(&mut connection).await.unwrap(), 1);
}

#[tokio::test]
async fn sqlx_in_postgresql() {
    let Some(cluster) = Cluster::shared() else {
        return;
    };
    let url = cluster.url("postgres");
    let shop = Shop::over(PostgresStore::open(url.parse().unwrap()).await.unwrap());
    let mut connection = sqlx::PgConnection::connect(&url).await.unwrap();
    sqlx::query(CREATE).execute(&mut connection).await.unwrap();
    for is_kept in [false, true] {
        let mut transaction = connection.begin().await.unwrap();
        sqlx::query(ORDER).execute(&mut *transaction).await.unwrap();
        let entry = shop.entry();
        assert!(
            with_sqlx::insert_postgres(&mut transaction, &entry)
                .await
                .unwrap()
        );
        assert!(
            !with_sqlx::insert_postgres(&mut transaction, &entry)
                .await
                .unwrap()
        );
        if is_kept {
            transaction.commit().await.unwrap();
        } else {
            transaction.rollback().await.unwrap();
            assert_eq!(shop.after_work().await, (None, 0));
        }
    }
    shop.is_sent_once().await;
    let orders = sqlx::query_scalar::<_, i64>("SELECT count(*) FROM orders");
    assert_eq!(orders.fetch_one(&mut connection).await.unwrap(), 1);
}

#[tokio::test]
async fn diesel_in_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    let path = file(folder.path());
    let shop = Shop::over(SqliteStore::open(&path).unwrap());
    let mut connection = SqliteConnection::establish(&path).unwrap();
    diesel::sql_query(CREATE).execute(&mut connection).unwrap();
    for is_kept in [false, true] {
        let entry = shop.entry();
        let made = connection.immediate_transaction(|connection| {
            diesel::sql_query(ORDER).execute(connection)?;
            assert!(with_diesel::insert(connection, &entry)?);
            assert!(!with_diesel::insert(connection, &entry)?);
            match is_kept {
                true => Ok(()),
                false => Err(with_diesel::Failure::from(
                    diesel::result::Error::RollbackTransaction,
                )),
            }
        });
        assert_eq!(made.is_ok(), is_kept);
        if !is_kept {
            assert_eq!(shop.after_work().await, (None, 0));
        }
    }
    shop.is_sent_once().await;
    let orders = diesel::sql_query("DELETE FROM orders").execute(&mut connection);
    assert_eq!(orders.unwrap(), 1);
}
