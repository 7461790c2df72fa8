//! Connections that are kept, and lent to one call at a time.

use std::time::Duration;

use deadpool::managed::{
    Manager, Metrics, Object, Pool, PoolError, RecycleError, RecycleResult, TimeoutType,
};
use kervan_core::transport::BoxFuture;
use kervan_ledger::{StoreError, StoreErrorKind};
use tokio::task::JoinHandle;
use tokio_postgres::tls::{MakeTlsConnect, TlsConnect};
use tokio_postgres::{Client, Config, IsolationLevel, Socket, Transaction};

use crate::error::{Stored, connect_error};

/// A connection and the task that drives it.
pub(crate) struct Connection {
    client: Client,
    task: JoinHandle<()>,
}

impl Drop for Connection {
    fn drop(&mut self) {
        // A server that is frozen would keep the task for ever.
        self.task.abort();
    }
}

/// A way to connect, with its kind of TLS.
pub(crate) trait Connect: Send + Sync {
    fn connect<'a>(&'a self, config: &'a Config) -> BoxFuture<'a, Stored<Connection>>;
}

impl<T> Connect for T
where
    T: MakeTlsConnect<Socket> + Clone + Send + Sync,
    T::Stream: Send + 'static,
    T::TlsConnect: Send,
    <T::TlsConnect as TlsConnect<Socket>>::Future: Send,
{
    fn connect<'a>(&'a self, config: &'a Config) -> BoxFuture<'a, Stored<Connection>> {
        let tls = self.clone();
        Box::pin(async move {
            let (client, connection) = config.connect(tls).await.map_err(connect_error)?;
            // The statements hear of its end.
            let task = tokio::spawn(async move { drop(connection.await) });
            Ok(Connection { client, task })
        })
    }
}

/// Makes connections.
pub(crate) struct Connections {
    pub(crate) config: Config,
    pub(crate) connect: Box<dyn Connect>,
    /// The settings of each session.
    pub(crate) settings: String,
}

impl Manager for Connections {
    type Type = Connection;
    type Error = StoreError;

    async fn create(&self) -> Stored<Connection> {
        let connection = self.connect.connect(&self.config).await?;
        let set = connection.client.batch_execute(&self.settings).await;
        set.map_err(connect_error)?;
        Ok(connection)
    }

    async fn recycle(&self, connection: &mut Connection, _: &Metrics) -> RecycleResult<StoreError> {
        if connection.client.is_closed() {
            return Err(RecycleError::message("the connection has ended"));
        }
        Ok(())
    }
}

/// A connection that a call has. It goes back only when nothing is left open on it.
pub(crate) struct Lent {
    object: Option<Object<Connections>>,
    is_clean: bool,
}

impl Lent {
    pub(crate) async fn from(pool: &Pool<Connections>, patience: Duration) -> Stored<Self> {
        let object = pool.get().await.map_err(|error| match error {
            PoolError::Backend(error) => error,
            PoolError::Timeout(TimeoutType::Wait) => {
                let cause = format!("no connection was free for {patience:?}");
                StoreError::new(StoreErrorKind::Busy).caused_by(cause)
            }
            other => StoreError::new(StoreErrorKind::Gone).caused_by(other.to_string()),
        })?;
        Ok(Self {
            object: Some(object),
            is_clean: false,
        })
    }

    /// Returns its client. It is there until this is dropped.
    pub(crate) fn client(&mut self) -> Stored<&mut Client> {
        let object = self.object.as_mut();
        let client = object.map(|object| &mut object.client);
        client.ok_or_else(|| StoreError::new(StoreErrorKind::Gone))
    }

    /// Begins a transaction.
    pub(crate) async fn begin(
        &mut self,
        level: IsolationLevel,
    ) -> Stored<Result<Transaction<'_>, tokio_postgres::Error>> {
        let transaction = self.client()?.build_transaction();
        Ok(transaction.isolation_level(level).start().await)
    }

    /// Says that nothing is left open on it.
    pub(crate) fn clean(&mut self) {
        self.is_clean = true;
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        // A call that was given up leaves a statement, or a transaction, on it.
        let left = self.object.take().filter(|_| !self.is_clean);
        drop(left.map(Object::take));
    }
}
