//! The PostgreSQL database: its address, and that no second shop uses it.

use std::time::Duration;

use kervan_ledger_postgres::PostgresStore;
use kervan_ledger_postgres::tokio_postgres::{Client, Config, NoTls};

use super::OpenError;

/// How long a call waits for the server, for a lock, or for a free connection.
const PATIENCE: Duration = Duration::from_secs(5);

/// Held as long as the shop's session lasts: two shops on one database would each wait for the bank's pages that the
/// other one has begun. A shop that has just died leaves its session behind for a moment.
const LOCK: &str = "SET lock_timeout = 2000;
     SELECT pg_advisory_lock(hashtext('kervan-shop'), hashtext(current_schema()))";

/// Returns whether a setting is the address of a server, and not a file.
pub(crate) fn is_address(database: &str) -> bool {
    let schemes = ["postgres://", "postgresql://"];
    schemes.iter().any(|scheme| database.starts_with(scheme))
}

/// Opens the shop's database, without TLS: the server is on this machine, or behind a tunnel.
pub(super) async fn open(address: &str) -> Result<(PostgresStore, Client), OpenError> {
    let config: Config = address.parse().map_err(|error| OpenError::of(&error))?;
    let builder = PostgresStore::builder(config.clone());
    let builder = builder.patience(PATIENCE).connections(16);
    let store = builder.open().await;
    let store = store.map_err(|error| OpenError::of(&error))?;
    let session = config.connect(NoTls).await;
    let (client, connection) = session.map_err(|error| OpenError::of(&error))?;
    tokio::spawn(async move { drop(connection.await) });
    let locked = client.batch_execute(LOCK).await;
    locked.map_err(|_| OpenError("another shop uses it".to_owned()))?;
    Ok((store, client))
}
