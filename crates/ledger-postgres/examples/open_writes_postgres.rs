//! Lists the open writes of a ledger in PostgreSQL: which, since when, why, and what settles each. Without an
//! address it lists those of a ledger in memory.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "an example shows what it does"
)]
#![expect(clippy::disallowed_methods, reason = "it says how old things are")]

use std::process::ExitCode;
use std::time::{Duration, SystemTime};

use kervan_core::Language;
use kervan_ledger::{Account, Contents, Entry, MemoryStore, Numbered as _, Store};
use kervan_ledger_postgres::PostgresStore;
use kervan_ledger_postgres::tls::Tls;
use kervan_ledger_postgres::tokio_postgres::Config;
use kervan_ledger_postgres::tokio_postgres::config::SslMode;

const USAGE: &str = "\
usage: open_writes_postgres [ADDRESS]

Lists the open writes of the ledger at an address, as postgres://shop@db.example/shop?sslmode=require, the
oldest first. With sslmode=require the server is trusted by the authorities of the system.";

type Failure = Box<dyn std::error::Error>;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let listed = match &*arguments {
        [] => in_memory().await,
        [address] if !address.starts_with('-') => at(address).await,
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    match listed {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("open_writes_postgres: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn at(address: &str) -> Result<(), Failure> {
    let config: Config = address.parse()?;
    if config.get_ssl_mode() == SslMode::Require {
        let tls = Tls::system()?;
        let store = PostgresStore::builder(config).tls(tls).open().await?;
        return list(&store).await;
    }
    list(&PostgresStore::open(config).await?).await
}

/// Lists them in pages, because a ledger may have many.
async fn list(store: &impl Store) -> Result<(), Failure> {
    let now = SystemTime::now();
    let (mut last, mut count) = (0, 0);
    loop {
        let page = store.open(last, 100).await?;
        for listed in &page {
            match listed {
                Ok(entry) => print!("{}", entry.report(now, Language::English)),
                Err(unreadable) => println!("{unreadable}"),
            }
            last = listed.number();
        }
        count += page.len();
        if page.is_empty() {
            break;
        }
    }
    println!("{count} open");
    Ok(())
}

async fn in_memory() -> Result<(), Failure> {
    let store = MemoryStore::new();
    let account = Account {
        provider: "param".to_owned(),
        merchant: "test".to_owned(),
    };
    let before = SystemTime::now() - Duration::from_secs(3 * 3_600);
    let (key, contents) = (account.key("approve", "share 1"), "0".repeat(64));
    let entry = Entry::new(key, "order 17", Contents::stored(contents), before);
    store.insert(&entry, None).await?;
    list(&store).await
}
