//! Registers a file of parcels, each at most once, although the answer to the first one is lost.
//!
//! ```text
//! cargo run -p aras-tracking --features import,reqwest --example bulk_parcels -- <parcels.csv | parcels.jsonl> [--check]
//! ```
//!
//! With `--check` the program checks the file and sends nothing. Otherwise the parcels go to the sandbox that runs at
//! `KERVAN_SANDBOX`, such as `http://127.0.0.1:4747`; without that, to one in its own process. Ledger and limits are in
//! memory here. A shop keeps both in the `SqliteStore` of `kervan-ledger-sqlite` or the `PostgresStore` of
//! `kervan-ledger-postgres`, and a second run goes on where the first one died.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "an example shows what it does"
)]

use std::error::Error;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use aras_tracking::shipments::SetOrder;
use aras_tracking::shipments::import::{CsvOptions, ImportedOrders};
use aras_tracking::{
    BaseUrl, CustomerCode, Login, Password, ShipmentClient, ShipmentEnvironment, UserName,
};
use kervan_bulk::{Bulk, RunPlan, check_all};
use kervan_ledger::{Account, ContentsKey, Ledger, Limit, Limits, MemoryStore};
use kervan_reqwest::SystemHost;
use kervan_sandbox::{Fault, Plan, Sandbox};

/// How often the data of an order may be sent.
const MOST_SENDINGS: u32 = 20;

const USAGE: &str = "\
usage: bulk_parcels <parcels.csv | parcels.jsonl> [--check]

Registers each parcel of the file once, at the sandbox at KERVAN_SANDBOX or at one in its own process, which
loses the answer to the first one. With --check it checks the file and sends nothing.

exit status: 0 every parcel is registered; 1 some are not, or the file has mistakes; 2 wrong use";

/// Reads the command line: the file, and whether it is only checked.
fn asked(words: &[String]) -> Result<(PathBuf, bool), String> {
    let (mut path, mut only_check) = (None, false);
    for word in words {
        match word.as_str() {
            "--check" => only_check = true,
            option if option.starts_with('-') => {
                return Err(format!("`{option}` is not understood"));
            }
            _ if path.is_some() => return Err("one file at a time".to_owned()),
            file => path = Some(PathBuf::from(file)),
        }
    }
    Ok((path.ok_or("which file of parcels?")?, only_check))
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let words: Vec<_> = std::env::args().skip(1).collect();
    if words.iter().any(|word| word == "--help" || word == "-h") {
        println!("{USAGE}");
        return ExitCode::SUCCESS;
    }
    let (path, only_check) = match asked(&words) {
        Ok(asked) => asked,
        Err(wrong) => {
            eprintln!("bulk_parcels: {wrong}\n\n{USAGE}");
            return ExitCode::from(2);
        }
    };
    match run(&path, only_check).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bulk_parcels: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(path: &Path, only_check: bool) -> Result<(), Box<dyn Error>> {
    let imported = import(path)?;
    let (client, sandbox) = open().await?;
    check(&client, &imported)?;
    let count = imported.orders.len();
    if only_check {
        println!("{count} parcels checked, nothing sent");
        return Ok(());
    }
    if let Some(sandbox) = sandbox.as_ref().filter(|_| count > 0) {
        sandbox.plan("aras", Plan::on("SetOrder", Fault::AnswerLost));
    }
    let host = SystemHost::new();
    // Always the same secret: with it the ledger recognizes an order without holding its names and addresses.
    let secret = ContentsKey::new([0; 32]);
    let ledger = Ledger::new(MemoryStore::new(), host, secret);
    let limits = Limits::new(Arc::new(MemoryStore::new()), SystemHost::new());
    let account = Account {
        provider: "aras".to_owned(),
        merchant: "sandbox".to_owned(),
    };
    let limit = Limit::at_most(MOST_SENDINGS);
    let bulk = Bulk::new(&ledger, &client, &account).sendings(&limits, limit);
    let mut results = Vec::new();
    let plan = RunPlan::default();
    let sent = bulk.run::<SetOrder, _>(&imported.orders, &plan, |result| {
        results.push(serde_json::to_string(result));
    });
    let report = sent.await?;
    for result in results {
        println!("{}", result?);
    }
    println!("{}", serde_json::to_string(&report)?);
    if let Some(sandbox) = sandbox {
        sandbox.finish()?;
    }
    match report.done + report.already_there {
        registered if registered == report.writes => Ok(()),
        registered => Err(format!("{registered} of {count} parcels are registered").into()),
    }
}

/// Reads the file, or prints every mistake with its row and column.
fn import(path: &Path) -> Result<ImportedOrders, Box<dyn Error>> {
    let file = File::open(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let is_csv = path.extension().is_some_and(|extension| extension == "csv");
    let imported = if is_csv {
        ImportedOrders::from_csv(file, CsvOptions::default())
    } else {
        ImportedOrders::from_json_lines(file)
    };
    imported.map_err(|errors| {
        for mistake in &errors.mistakes {
            eprintln!("{mistake}");
        }
        errors.into()
    })
}

/// Prints what the carrier's rules say about the parcels, with row and column.
fn check(client: &ShipmentClient, imported: &ImportedOrders) -> Result<(), Box<dyn Error>> {
    let found = check_all::<SetOrder, _>(client, &imported.orders);
    for one in &found {
        for problem in &one.problems {
            let place = imported.place_of(one.index, problem.path());
            let place = place.map_or_else(String::new, |place| format!("{place}: "));
            eprintln!("{place}{problem}");
        }
    }
    let stopped = found.iter().filter(|one| one.problems.stop_the_call());
    match stopped.count() {
        0 => Ok(()),
        count => Err(format!("{count} of the parcels cannot be sent").into()),
    }
}

/// Returns a client of a sandbox, and the sandbox where it is in this process.
async fn open() -> Result<(ShipmentClient, Option<Sandbox>), Box<dyn Error>> {
    let (base, login, sandbox) = if let Ok(address) = std::env::var("KERVAN_SANDBOX") {
        (
            format!("{address}/aras"),
            Login::published_test_account(),
            None,
        )
    } else {
        let sandbox = Sandbox::start().await?;
        let account = sandbox.account("aras");
        let login = Login::new(
            UserName::new(account.get("user_name")),
            Password::new(account.get("password")),
            CustomerCode::new(account.get("customer_code")),
        );
        let address = account.address.clone();
        (address, login, Some(sandbox))
    };
    let address = format!("{base}/arascargoservice/arascargoservice.asmx");
    let place = ShipmentEnvironment::At(BaseUrl::parse(&address)?);
    Ok((ShipmentClient::builder(&place, login)?.build()?, sandbox))
}
