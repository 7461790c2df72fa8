//! The settings of a store.

use std::fmt;
use std::time::Duration;

use deadpool::Runtime;
use deadpool::managed::Pool;
use kervan_ledger::{StoreError, StoreErrorKind};
use tokio_postgres::config::SslMode;
use tokio_postgres::tls::{MakeTlsConnect, TlsConnect};
use tokio_postgres::{Config, NoTls, Socket};

use crate::changes::MakeTables;
use crate::pool::{Connect, Connections};
use crate::store::PostgresStore;

/// The settings of a store that is opened next.
pub struct Builder {
    config: Config,
    connect: Box<dyn Connect>,
    connections: usize,
    patience: Duration,
}

impl fmt::Debug for Builder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Builder")
            .field("connections", &self.connections)
            .field("patience", &self.patience)
            .finish_non_exhaustive()
    }
}

impl Builder {
    pub(crate) fn new(config: Config) -> Self {
        Self {
            config,
            connect: Box::new(NoTls),
            connections: 10,
            patience: Duration::from_secs(5),
        }
    }

    /// Encrypts the connections, by `Tls` of this crate or by another integration of the driver's. A server
    /// without TLS is refused then, also where the address only prefers it.
    #[must_use]
    pub fn tls<T>(mut self, tls: T) -> Self
    where
        T: MakeTlsConnect<Socket> + Clone + Send + Sync + 'static,
        T::Stream: Send + 'static,
        T::TlsConnect: Send,
        <T::TlsConnect as TlsConnect<Socket>>::Future: Send,
    {
        if self.config.get_ssl_mode() == SslMode::Prefer {
            self.config.ssl_mode(SslMode::Require);
        }
        self.connect = Box::new(tls);
        self
    }

    /// Sets how many connections are open at most; 10. A call waits where all are in use.
    #[must_use]
    pub fn connections(mut self, connections: usize) -> Self {
        self.connections = connections.max(1);
        self
    }

    /// Sets how long a call waits for a free connection, for a new one, and for a lock that another program holds; 5
    /// seconds. A statement may take twice as long, and a whole call four times. A connection that was idle for longer is
    /// tried first, because a server that was started again, or a firewall, ends it without a word.
    #[must_use]
    pub fn patience(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }

    /// Connects, and makes the tables where the database has none, in the schema that is first on the search path.
    ///
    /// # Errors
    ///
    /// [`StoreError`]; tables of another version are [`StoreErrorKind::Schema`].
    pub async fn open(mut self) -> Result<PostgresStore, StoreError> {
        if self.config.get_application_name().is_none() {
            self.config.application_name("kervan-ledger");
        }
        let settings = settings(self.patience);
        let connections = Connections {
            config: self.config,
            connect: self.connect,
            settings,
            idle: self.patience,
        };
        let pool = Pool::builder(connections)
            .max_size(self.connections)
            .wait_timeout(Some(self.patience))
            .create_timeout(Some(self.patience))
            .recycle_timeout(Some(self.patience))
            .runtime(Runtime::Tokio1)
            .build();
        let pool = pool.map_err(|error| StoreError::new(StoreErrorKind::Other).caused_by(error))?;
        let store = PostgresStore::new(pool, self.patience);
        store.change(MakeTables, None).await?;
        Ok(store)
    }
}

/// Returns the settings of each session. A commit waits for the disk, whatever the role's setting says; where it
/// waits for other servers too, that stays.
fn settings(patience: Duration) -> String {
    let lock = patience.as_millis().max(1);
    let (statement, transaction) = (lock * 2, lock * 4);
    format!(
        "SET default_transaction_isolation = 'read committed'; SET lock_timeout = {lock}; SET statement_timeout = {statement}; \
         SET idle_in_transaction_session_timeout = {transaction}; \
         SELECT set_config('synchronous_commit', 'on', false) \
         WHERE current_setting('synchronous_commit') = 'off'"
    )
}
