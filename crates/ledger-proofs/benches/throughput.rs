//! Durable changes of the ledger a second, beside as many bare durable statements of the same driver. Run it
//! with `cargo xtask bench`.

#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::cast_precision_loss,
    reason = "a benchmark stops, prints, and measures real time"
)]

use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use kervan_ledger::{Account, Contents, Entry, Event, Inserted, Replaced, Store};
use kervan_ledger_postgres::PostgresStore;
use kervan_ledger_sqlite::SqliteStore;
use postgres_cluster::{Cluster, Settings};
use tokio::runtime::Runtime;
use tokio_postgres::NoTls;

/// The rounds, in which both ways take turns; the table shows the median of their ratios.
const ROUNDS: usize = 7;
/// The writes of a round.
const WRITES: usize = 200;
/// The durable changes of a write: stored, sending, done.
const CHANGES: usize = 3;

/// The text of a bare statement, as long as that of a change.
const TEXT: &str = "approve share 2 of order 17 at param, live 10738, with a hash of its contents: \
                    3f0c2b1d9e8a7766554433221100ffeeddccbbaa99887766554433221100ffee";

fn entry(own: &str) -> Entry {
    let account = Account {
        provider: "param".to_owned(),
        merchant: "live 10738".to_owned(),
    };
    let contents = Contents::stored("3f".repeat(32));
    Entry::new(
        account.key("approve", own),
        own,
        contents,
        SystemTime::UNIX_EPOCH,
    )
}

/// Stores one write as it is when it succeeds at once.
async fn write(store: &impl Store, own: &str) {
    let mut new = entry(own);
    new.holder = Some("program 1".to_owned());
    new.due = Some(SystemTime::UNIX_EPOCH + Duration::from_secs(240));
    let Inserted::New(stored) = store.insert(&new, None).await.unwrap() else {
        panic!("{own} is known");
    };
    let attempt = r#"{"operation":"SetOrderStatus","class":"state","key":"k","contents":"00",
                      "prepared_at":1800000000000}"#;
    let sending = Event::Sending {
        attempt: serde_json::from_str(attempt).unwrap(),
        until: SystemTime::UNIX_EPOCH + Duration::from_secs(90),
    };
    let sending = stored.after(sending, SystemTime::UNIX_EPOCH).unwrap();
    let done = sending.after(Event::Done, SystemTime::UNIX_EPOCH).unwrap();
    for next in [sending, done] {
        let replaced = store.replace(&next, None).await.unwrap();
        assert_eq!(replaced, Replaced::Stored);
    }
}

/// Prints the changes a second of both ways, and the median of the ratios.
fn row(title: &str, mut round: impl FnMut(usize) -> [Duration; 2]) {
    let mut rounds: Vec<[f64; 2]> = (0..ROUNDS)
        .map(|number| round(number).map(|time| (WRITES * CHANGES) as f64 / time.as_secs_f64()))
        .collect();
    rounds.sort_by(|one, other| (one[1] / one[0]).total_cmp(&(other[1] / other[0])));
    let [bare, ledger] = rounds[ROUNDS / 2];
    let ratio = ledger / bare;
    println!("{title:<34} {bare:>10.0} {ledger:>10.0} {ratio:>8.2}");
}

fn time(run: impl FnOnce()) -> Duration {
    let started = Instant::now();
    run();
    started.elapsed()
}

fn sqlite(runtime: &Runtime) {
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(folder.path().join("ledger.db")).unwrap();
    let bare = rusqlite::Connection::open(folder.path().join("bare.db")).unwrap();
    bare.pragma_update(None, "journal_mode", "WAL").unwrap();
    bare.pragma_update(None, "synchronous", "FULL").unwrap();
    bare.execute_batch("CREATE TABLE bare (number INTEGER PRIMARY KEY, text TEXT)")
        .unwrap();
    row("SQLite, full sync, one by one", |round| {
        let bare = time(|| {
            let mut insert = bare.prepare("INSERT INTO bare (text) VALUES (?1)").unwrap();
            for _ in 0..WRITES * CHANGES {
                insert.execute([TEXT]).unwrap();
            }
        });
        let ledger = time(|| {
            runtime.block_on(async {
                for number in 0..WRITES {
                    write(&store, &format!("{round} {number}")).await;
                }
            });
        });
        [bare, ledger]
    });
}

/// Runs that many tasks to their end.
async fn all<F: Future<Output = ()> + Send + 'static>(tasks: impl IntoIterator<Item = F>) {
    let tasks: Vec<_> = tasks.into_iter().map(tokio::spawn).collect();
    for task in tasks {
        task.await.unwrap();
    }
}

fn postgres(runtime: &Runtime, cluster: &Cluster, workers: usize) {
    let config: tokio_postgres::Config = cluster.url(&cluster.database()).parse().unwrap();
    let (store, clients) = runtime.block_on(async {
        let store = PostgresStore::builder(config.clone());
        let store = store.connections(workers).open().await.unwrap();
        let mut clients = Vec::new();
        for _ in 0..workers {
            let (client, connection) = config.connect(NoTls).await.unwrap();
            tokio::spawn(connection);
            clients.push(Arc::new(client));
        }
        let table = "CREATE TABLE bare (number BIGINT GENERATED ALWAYS AS IDENTITY, text TEXT)";
        clients[0].batch_execute(table).await.unwrap();
        (Arc::new(store), clients)
    });
    let title = format!("PostgreSQL, fsync, {workers} at once");
    row(&title, |round| {
        let share = WRITES / workers;
        let bare = clients
            .iter()
            .map(Arc::clone)
            .map(move |client| async move {
                let insert = "INSERT INTO bare (text) VALUES ($1)";
                let insert = client.prepare(insert).await.unwrap();
                for _ in 0..share * CHANGES {
                    assert_eq!(client.execute(&insert, &[&TEXT]).await.unwrap(), 1);
                }
            });
        let bare = time(|| runtime.block_on(all(bare)));
        let ledger = (0..workers).map(|worker| {
            let store = Arc::clone(&store);
            async move {
                for number in 0..share {
                    write(&*store, &format!("{round} {worker} {number}")).await;
                }
            }
        });
        let ledger = time(|| runtime.block_on(all(ledger)));
        [bare, ledger]
    });
}

fn main() {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap();
    println!(
        "{WRITES} writes of {CHANGES} changes, {ROUNDS} rounds, changes a second\n{:<34} {:>10} {:>10} {:>8}",
        "", "driver", "ledger", "ratio"
    );
    sqlite(&runtime);
    let settings = Settings {
        fsync: true,
        ..Settings::default()
    };
    let Some(cluster) = Cluster::start(settings).unwrap() else {
        return;
    };
    for workers in [1, 4, 10] {
        postgres(&runtime, &cluster, workers);
    }
}
