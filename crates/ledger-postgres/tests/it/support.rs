//! Databases, entries and posts of these tests.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, SystemTime};

use kervan_ledger::{Account, Contents, Entry, Inserted, Post, PostState, Store as _};
use kervan_ledger_postgres::{Along, PostgresStore};
use postgres_cluster::Cluster;
use tokio_postgres::{Client, Config, NoTls};

/// Tables of a test's own: a schema, because a database takes longer to make.
pub(crate) struct Place {
    pub(crate) cluster: &'static Cluster,
    pub(crate) schema: String,
}

impl Place {
    /// Returns one with a table of marks; `None` where there is no PostgreSQL.
    pub(crate) fn new() -> Option<Self> {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let cluster = Cluster::shared()?;
        let schema = format!("place_{}", COUNT.fetch_add(1, Ordering::SeqCst));
        cluster.sql(
            "postgres",
            &format!("CREATE SCHEMA {schema} CREATE TABLE marks (one BIGINT)"),
        );
        Some(Self { cluster, schema })
    }

    pub(crate) fn config(&self) -> Config {
        let mut config: Config = self.cluster.url("postgres").parse().unwrap();
        config
            .options(format!("-c search_path={}", self.schema))
            .application_name(&self.schema);
        config
    }

    pub(crate) async fn store(&self) -> PostgresStore {
        PostgresStore::open(self.config()).await.unwrap()
    }

    /// Runs SQL beside the store.
    pub(crate) fn sql(&self, sql: &str) -> String {
        let path = format!("SET search_path = {}; {sql}", self.schema);
        self.cluster.sql("postgres", &path)
    }

    pub(crate) fn marks(&self) -> usize {
        self.sql("SELECT count(*) FROM marks").parse().unwrap()
    }

    /// Connects as a shop does.
    pub(crate) async fn client(&self) -> Client {
        let (client, connection) = self.config().connect(NoTls).await.unwrap();
        tokio::spawn(connection);
        client
    }
}

pub(crate) fn at(seconds: u64) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(1_800_000_000 + seconds)
}

fn account() -> Account {
    Account {
        provider: "param".to_owned(),
        merchant: "test".to_owned(),
    }
}

pub(crate) fn entry(own: &str, object: &str) -> Entry {
    let contents = Contents::stored("c".repeat(64));
    Entry::new(account().key("approve", own), object, contents, at(0))
}

pub(crate) fn post(body: u8) -> Post {
    Post {
        number: 0,
        account: account(),
        kind: "callback".to_owned(),
        reference: None,
        digest: Contents::stored(format!("{body:064}")),
        content_type: None,
        body: Some(vec![body]),
        state: PostState::Received,
        times: 1,
        subject: None,
        why: None,
        arrived_at: at(0),
        changed_at: at(0),
    }
}

/// A change of the shop's that leaves one mark.
pub(crate) fn mark() -> Along {
    Box::new(|transaction| {
        Box::pin(async move {
            let insert = "INSERT INTO marks VALUES (1)";
            // In one message, so that the tests of lost ones count it once.
            let executed = transaction.execute_typed(insert, &[]).await;
            executed.map(|_| ())
        })
    })
}

pub(crate) async fn add(store: &PostgresStore, entry: &Entry) -> Entry {
    match store.insert(entry, None).await.unwrap() {
        Inserted::New(stored) => stored,
        other => panic!("not stored: {other:?}"),
    }
}
