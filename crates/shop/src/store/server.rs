//! The PostgreSQL database: its address, and which programs of the shop use it.

use std::time::Duration;

use kervan_ledger_postgres::PostgresStore;
use kervan_ledger_postgres::tokio_postgres::{Client, Config, NoTls};

use super::OpenError;

/// How long a call waits for the server, for a lock, or for a free connection.
const PATIENCE: Duration = Duration::from_secs(5);

/// Returns whether a setting is the address of a server, and not a file.
pub(crate) fn is_address(database: &str) -> bool {
    let schemes = ["postgres://", "postgresql://"];
    schemes.iter().any(|scheme| database.starts_with(scheme))
}

/// Opens the shop's database, without TLS: the server is on this machine, or behind a tunnel. Several programs may
/// use one database. The session holds a lock as long as this one lives, by which the others see that it does.
pub(super) async fn open(
    address: &str,
    program: i64,
) -> Result<(PostgresStore, Client), OpenError> {
    let config: Config = address.parse().map_err(|error| OpenError::of(&error))?;
    let builder = PostgresStore::builder(config.clone());
    let builder = builder.patience(PATIENCE).connections(16);
    let store = builder.open().await;
    let store = store.map_err(|error| OpenError::of(&error))?;
    let session = config.connect(NoTls).await;
    let (client, connection) = session.map_err(|error| OpenError::of(&error))?;
    tokio::spawn(async move { drop(connection.await) });
    let lock = format!("SELECT pg_advisory_lock(hashtext('kervan-shop program'), {program})");
    let locked = client.batch_execute(&lock).await;
    locked.map_err(|error| OpenError::of(&error))?;
    Ok((store, client))
}
