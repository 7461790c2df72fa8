//! The cost of a run of many orders, beside bare clients that post the same bodies prebuilt.
//!
//! Each way runs in a process of its own, so that its memory can be measured, against one server on loopback.
//! Run it with `cargo xtask bench`.

#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark stops, prints, and measures real time"
)]

#[path = "overhead/server.rs"]
mod server;

use std::fs;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use contract_kit::orders::{FaultRate, OrderServer};
use horoz_shipping::{
    BaseUrl, Client, Config, CreateSupplierPaysOrder, Operation, OrderDays, OrderLine, Party,
    ProcessKey, SupplierCode,
};
use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use hyper_util::client::legacy::Client as HyperClient;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use kervan_bulk::{Bulk, RunPlan};
use kervan_ledger::{Account, ContentsKey, FileStore, Ledger, MemoryStore, Store};
use kervan_ledger_sqlite::SqliteStore;
use kervan_reqwest::SystemHost;

const ORDERS: usize = 20_000;
const AT_ONCE: usize = 16;
const ANSWER: &str =
    r#"{"response": {"responseCode": "STA-100", "responseMessage": "Kayit islemi basarili"}}"#;
/// The way that a child process has to go, and the address of the server.
const WAY: &str = "HOROZ_BULK_WAY";
const ADDRESS: &str = "HOROZ_BULK_ADDRESS";

const WAYS: [(&str, &str); 7] = [
    ("hyper", "bare hyper, prebuilt bodies"),
    ("reqwest", "bare reqwest, prebuilt bodies"),
    ("memory", "many writes, ledger in memory"),
    ("file", "many writes, ledger in a file"),
    ("iterator", "many writes, file, orders made on the way"),
    ("faults", "many writes, file, 2 % faults of 700 ms at most"),
    ("sqlite", "many writes, ledger in SQLite, full sync"),
];

fn order(n: usize) -> CreateSupplierPaysOrder {
    let days = OrderDays::requested_on("2026-11-20".parse().unwrap())
        .delivery("2026-11-23".parse().unwrap());
    let recipient = Party::new(format!("Ayşe Örnek {n}"))
        .city("İzmir")
        .county("Karşıyaka")
        .address("Deneme Mah. Çiçekli Sk. No: 1")
        .phone("05550000001");
    let line = OrderLine::new("YT-160", 2, "320.5".parse().unwrap())
        .name("Çift kişilik yatak")
        .category("Yatak");
    let supplier = SupplierCode::new(801_452).unwrap();
    CreateSupplierPaysOrder::delivery(format!("KV-{n:06}"), supplier, recipient, days).line(line)
}

fn client(address: &str) -> Client {
    let key = ProcessKey::new("0123456789abcdef0123456789abcdef").unwrap();
    let config = Config::default().timeout(Duration::from_millis(700));
    let builder = Client::builder(BaseUrl::parse(address).unwrap(), key);
    builder.config(config).build().unwrap()
}

fn main() {
    if let Ok(way) = std::env::var(WAY) {
        child(&way, &std::env::var(ADDRESS).unwrap());
        return;
    }
    let good = server::start(ANSWER);
    let faulty = OrderServer::start(FaultRate::new(20, 1));
    println!("{ORDERS} orders, {AT_ONCE} at once");
    println!(
        "{:<50} {:>8} {:>9} {:>8} {:>9}",
        "", "seconds", "orders/s", "cpu s", "peak MiB"
    );
    for (way, title) in WAYS {
        let faulty = faulty.base_url();
        let address = if way == "faults" { &faulty } else { &good };
        let output = Command::new(std::env::current_exe().unwrap())
            .env(WAY, way)
            .env(ADDRESS, address)
            .output()
            .unwrap();
        let row = String::from_utf8(output.stdout).unwrap();
        println!("{title:<50} {}", row.trim_end());
    }
}

fn child(way: &str, address: &str) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let seconds = runtime.block_on(async {
        match way {
            "hyper" => bare_hyper(address).await,
            "reqwest" => bare_reqwest(address).await,
            "memory" => create_all(address, all(), MemoryStore::new()).await,
            _ => {
                let folder = tempfile::tempdir().unwrap();
                let path = folder.path().join("ledger");
                match way {
                    "sqlite" => create_all(address, all(), SqliteStore::open(path).unwrap()).await,
                    "iterator" => {
                        let store = FileStore::open(path).unwrap();
                        create_all(address, (0..ORDERS).map(order), store).await
                    }
                    _ => create_all(address, all(), FileStore::open(path).unwrap()).await,
                }
            }
        }
    });
    #[expect(clippy::cast_precision_loss, reason = "a few thousand orders")]
    let a_second = ORDERS as f64 / seconds.as_secs_f64();
    let seconds = seconds.as_secs_f64();
    println!("{seconds:>8.2} {a_second:>9.0} {:>8} {:>9}", cpu(), peak());
}

fn all() -> Arc<[CreateSupplierPaysOrder]> {
    (0..ORDERS).map(order).collect()
}

/// Something over shared orders that is cheap to clone.
trait Orders: Clone {
    fn run(self) -> impl Iterator<Item = CreateSupplierPaysOrder> + Clone;
}

impl Orders for Arc<[CreateSupplierPaysOrder]> {
    fn run(self) -> impl Iterator<Item = CreateSupplierPaysOrder> + Clone {
        (0..self.len()).map(move |n| self[n].clone())
    }
}

impl<F: Fn(usize) -> CreateSupplierPaysOrder + Clone> Orders
    for std::iter::Map<std::ops::Range<usize>, F>
{
    fn run(self) -> impl Iterator<Item = CreateSupplierPaysOrder> + Clone {
        self
    }
}

async fn create_all(address: &str, orders: impl Orders, store: impl Store) -> Duration {
    let (client, plan) = (
        client(address),
        RunPlan::default().at_once(AT_ONCE).pause(Duration::ZERO),
    );
    let account = Account {
        provider: "horoz".to_owned(),
        merchant: "bench".to_owned(),
    };
    let ledger = Ledger::new(store, SystemHost::new(), ContentsKey::new([7; 32]));
    let bulk = Bulk::new(&ledger, &client, &account);
    let mut told = 0;
    let started = Instant::now();
    let run = bulk.run::<CreateSupplierPaysOrder, _>(orders.run(), &plan, |_| told += 1);
    let report = run.await.unwrap();
    let time = started.elapsed();
    assert_eq!((told, report.refused, report.not_done), (ORDERS, 0, 0));
    time
}

/// Builds the bodies once, before the measurement.
fn bodies(address: &str) -> (String, Arc<Vec<Bytes>>) {
    let client = client(address);
    let encoded = (0..ORDERS).map(|n| order(n).encode(&client.context()).unwrap());
    let bodies: Vec<Bytes> = encoded.map(|request| request.body.into()).collect();
    let url = order(0).encode(&client.context()).unwrap().url;
    (url.as_str().to_owned(), Arc::new(bodies))
}

async fn post_all<F, T>(count: usize, post: F) -> Duration
where
    F: Fn(usize) -> T + Send + Sync + 'static,
    T: Future<Output = ()> + Send,
{
    let (next, post) = (Arc::new(AtomicUsize::new(0)), Arc::new(post));
    let started = Instant::now();
    let tasks: Vec<_> = (0..AT_ONCE)
        .map(|_| {
            let (next, post) = (Arc::clone(&next), Arc::clone(&post));
            tokio::spawn(async move {
                loop {
                    let n = next.fetch_add(1, Ordering::Relaxed);
                    if n >= count {
                        break;
                    }
                    post(n).await;
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    started.elapsed()
}

async fn bare_hyper(address: &str) -> Duration {
    let (url, bodies) = bodies(address);
    let mut connector = HttpConnector::new();
    connector.set_nodelay(true);
    let client: HyperClient<_, Full<Bytes>> =
        HyperClient::builder(TokioExecutor::new()).build(connector);
    post_all(bodies.len(), move |n| {
        let request = hyper::Request::post(&url)
            .header("Content-Type", "application/json")
            .header("processKey", "0123456789abcdef0123456789abcdef")
            .body(Full::new(bodies[n].clone()))
            .unwrap();
        let sent = client.request(request);
        async move {
            sent.await.unwrap().into_body().collect().await.unwrap();
        }
    })
    .await
}

async fn bare_reqwest(address: &str) -> Duration {
    let (url, bodies) = bodies(address);
    let client = reqwest::Client::builder()
        .tcp_nodelay(true)
        .build()
        .unwrap();
    post_all(bodies.len(), move |n| {
        let request = client
            .post(&url)
            .timeout(Duration::from_secs(30))
            .header("Content-Type", "application/json")
            .header("processKey", "0123456789abcdef0123456789abcdef")
            .body(bodies[n].clone());
        async move {
            request.send().await.unwrap().bytes().await.unwrap();
        }
    })
    .await
}

/// Returns the most memory that this process has had, in MiB, where the system reports it.
fn peak() -> String {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kib = line.and_then(|line| line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok());
    kib.map_or("-".to_owned(), |kib| {
        format!("{}.{}", kib / 1024, kib % 1024 * 10 / 1024)
    })
}

/// Returns the processor time of this process, in seconds, where the system reports it.
fn cpu() -> String {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<_> = stat
        .rsplit(") ")
        .next()
        .unwrap_or_default()
        .split(' ')
        .collect();
    let ticks = |at: usize| fields.get(at).and_then(|field| field.parse::<u64>().ok());
    let both = ticks(11).zip(ticks(12)).map(|(user, system)| user + system);
    // Ticks are hundredths of a second on Linux.
    both.map_or("-".to_owned(), |ticks| {
        format!("{}.{:02}", ticks / 100, ticks % 100)
    })
}
