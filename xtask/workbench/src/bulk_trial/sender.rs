//! The program that a trial of Aras starts and kills: it registers the parcels of a file over a ledger.

use std::fs;
use std::path::Path;
use std::process;
use std::sync::Arc;
use std::time::Duration;

use aras_tracking::shipments::SetOrder;
use aras_tracking::{BaseUrl, Config, Login, ShipmentClient, ShipmentEnvironment};
use kervan_bulk::{Bulk, RunPlan};
use kervan_ledger::{Account, ContentsKey, FileStore, Ledger, Limit, Limits};
use kervan_ledger_sqlite::SqliteStore;
use kervan_reqwest::SystemHost;
use xtask::failure::Done;

use super::{Files, LEFT};

/// How often Aras takes the data of one order.
pub(super) const MOST_SENT: u32 = 20;

/// Registers the parcels in a folder, where the ledger, the limits and the results are too. Ends with status
/// [`LEFT`] where some are left for the next run.
pub(super) fn run(folder: &Path, base: &str, at_once: usize) -> Done {
    let files = Files::of(folder);
    let text = fs::read_to_string(&files.orders).map_err(|error| error.to_string())?;
    let parcels = text.lines().map(serde_json::from_str::<SetOrder>);
    let parcels = parcels.collect::<Result<Vec<_>, _>>();
    let parcels = parcels.map_err(|error| error.to_string())?;
    let mut results = Vec::new();
    let is_settled = register(folder, base, at_once, &parcels, &mut results)?;
    fs::write(&files.results, results).map_err(|error| error.to_string())?;
    if !is_settled {
        process::exit(LEFT);
    }
    Ok(())
}

fn register(
    folder: &Path,
    base: &str,
    at_once: usize,
    parcels: &[SetOrder],
    results: &mut Vec<u8>,
) -> Result<bool, String> {
    let at = BaseUrl::parse(base).map_err(|error| error.to_string())?;
    let login = Login::published_test_account();
    let client = ShipmentClient::builder(&ShipmentEnvironment::At(at), login);
    let client = client.map_err(|error| error.to_string())?;
    let config = Config::default().timeout(Duration::from_millis(700));
    let client = client.config(config).build();
    let client = client.map_err(|error| error.to_string())?;
    let store = FileStore::open(folder.join("orders.ledger")).map_err(|error| error.to_string())?;
    let ledger = Ledger::new(store, SystemHost::new(), ContentsKey::new([7; 32]));
    let counts = SqliteStore::open(folder.join("limits.db")).map_err(|error| error.to_string())?;
    let limits = Limits::new(Arc::new(counts), SystemHost::new());
    let account = Account {
        provider: "aras".to_owned(),
        merchant: "trial".to_owned(),
    };
    let bulk = Bulk::new(&ledger, &client, &account);
    let bulk = bulk.sendings(&limits, Limit::at_most(MOST_SENT));
    let plan = RunPlan::default().at_once(at_once).pause(Duration::ZERO);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let runtime = runtime.map_err(|error| error.to_string())?;
    let mut failure = None;
    let run = bulk.run::<SetOrder, _>(parcels, &plan, |result| {
        failure = serde_json::to_writer(&mut *results, result)
            .err()
            .or(failure.take());
        results.push(b'\n');
    });
    let report = runtime.block_on(run).map_err(|error| error.to_string())?;
    match failure {
        Some(error) => Err(error.to_string()),
        None => Ok(report.is_settled()),
    }
}
