//! Lists the open writes of a ledger: which, since when, why, and what settles each. Without a file it shows
//! a ledger of its own.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "an example shows what it does"
)]
#![expect(clippy::disallowed_methods, reason = "it says how old things are")]

use std::process::ExitCode;
use std::time::{Duration, SystemTime};

use kervan_core::Language;
use kervan_ledger::{Account, Contents, Entry, Event, Inserted, Numbered as _, Store as _, Why};
use kervan_ledger_sqlite::SqliteStore;

const USAGE: &str = "\
usage: open_writes [--turkish] [FILE]

Lists the open writes of the ledger in an SQLite file, the oldest first. Without a file it shows a ledger of
its own.";

type Failure = Box<dyn std::error::Error>;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let (mut language, mut file) = (Language::English, None);
    for argument in std::env::args().skip(1) {
        match argument.as_str() {
            "--help" | "-h" => {
                println!("{USAGE}");
                return ExitCode::SUCCESS;
            }
            "--turkish" => language = Language::Turkish,
            _ if file.is_none() && !argument.starts_with('-') => file = Some(argument),
            _ => {
                eprintln!("open_writes: `{argument}` is not understood\n\n{USAGE}");
                return ExitCode::from(2);
            }
        }
    }
    let listed = match file {
        Some(file) => list(&file, language).await,
        None => show(language).await,
    };
    match listed {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("open_writes: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Lists them in pages, because a ledger may have many.
async fn list(file: &str, language: Language) -> Result<(), Failure> {
    if !std::path::Path::new(file).is_file() {
        return Err(format!("there is no file `{file}`").into());
    }
    let store = SqliteStore::open(file)?;
    let now = SystemTime::now();
    let (mut last, mut count) = (0, 0);
    loop {
        let page = store.open(last, 100).await?;
        for listed in &page {
            match listed {
                Ok(entry) => print!("{}", entry.report(now, language)),
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

/// Makes a ledger with three writes, one of which is done.
async fn show(language: Language) -> Result<(), Failure> {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("ledger.db");
    let store = SqliteStore::open(&file)?;
    let account = Account {
        provider: "param".to_owned(),
        merchant: "test".to_owned(),
    };
    let now = SystemTime::now();
    let before = now - Duration::from_secs(3 * 3_600);
    for (own, object) in [
        ("share 1", "order 17"),
        ("share 2", "order 18"),
        ("share 3", "order 19"),
    ] {
        let contents = Contents::stored("0".repeat(64));
        let entry = Entry::new(account.key("approve", own), object, contents, before);
        let Inserted::New(entry) = store.insert(&entry, None).await? else {
            return Err("a key or an object is there twice".into());
        };
        let event = match own {
            "share 1" => Event::Refused(Why::plain("rejected")),
            "share 2" => Event::NotDone {
                why: Why::plain("transport"),
                due: now + Duration::from_secs(240),
            },
            _ => continue,
        };
        store.replace(&entry.after(event, before)?, None).await?;
    }
    list(&file.to_string_lossy(), language).await
}
