//! Connections that are kept, and lent to one call at a time.

use std::borrow::Cow;
use std::collections::HashMap;
use std::time::Duration;

use deadpool::managed::{
    Manager, Metrics, Object, Pool, PoolError, RecycleError, RecycleResult, TimeoutType,
};
use kervan_core::transport::BoxFuture;
use kervan_ledger::sql::Statement;
use kervan_ledger::{StoreError, StoreErrorKind};
use tokio::task::JoinHandle;
use tokio_postgres::tls::{MakeTlsConnect, TlsConnect};
use tokio_postgres::types::ToSql;
use tokio_postgres::{Client, Config, IsolationLevel, Row, Socket, Transaction};

use crate::error::{Stored, connect_error};
use crate::statements::Parameter;

/// A connection and the task that drives it.
pub(crate) struct Connection {
    client: Client,
    /// Statements that the server has planned, by their text. There are as many as kinds of call.
    planned: HashMap<Cow<'static, str>, tokio_postgres::Statement>,
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
            Ok(Connection {
                client,
                planned: HashMap::new(),
                task,
            })
        })
    }
}

/// Makes connections.
pub(crate) struct Connections {
    pub(crate) config: Config,
    pub(crate) connect: Box<dyn Connect>,
    /// The settings of each session.
    pub(crate) settings: String,
    /// How long a connection may be idle before it is tried. A change by itself that is the first to find out that
    /// its connection has ended cannot say whether it was made.
    pub(crate) idle: Duration,
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

    async fn recycle(
        &self,
        connection: &mut Connection,
        metrics: &Metrics,
    ) -> RecycleResult<StoreError> {
        let ended = || RecycleError::message("the connection has ended");
        if connection.client.is_closed() {
            return Err(ended());
        }
        if metrics.last_used() > self.idle {
            let tried = connection.client.simple_query("").await;
            tried.map_err(|_| ended())?;
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

    /// Returns the connection. It is there until this is dropped.
    fn connection(&mut self) -> Stored<&mut Connection> {
        let connection = self.object.as_deref_mut();
        connection.ok_or_else(|| StoreError::new(StoreErrorKind::Gone))
    }

    /// Runs a statement by itself, planned once for a connection.
    pub(crate) async fn query(
        &mut self,
        statement: &Statement,
    ) -> Stored<Result<Vec<Row>, tokio_postgres::Error>> {
        let Connection {
            client, planned, ..
        } = self.connection()?;
        let parameters: Vec<_> = statement.parameters.iter().map(Parameter::new).collect();
        let bound: Vec<_> = parameters
            .iter()
            .map(|parameter| parameter as &(dyn ToSql + Sync))
            .collect();
        if let Some(prepared) = planned.get(&statement.text) {
            return Ok(client.query(prepared, &bound).await);
        }
        let types: Vec<_> = parameters.iter().map(|one| one.of_type()).collect();
        let prepared = match client.prepare_typed(&statement.text, &types).await {
            Ok(prepared) => prepared,
            Err(error) => return Ok(Err(error)),
        };
        let rows = client.query(&prepared, &bound).await;
        planned.insert(statement.text.clone(), prepared);
        Ok(rows)
    }

    /// Begins a transaction.
    pub(crate) async fn begin(
        &mut self,
        level: IsolationLevel,
    ) -> Stored<Result<Transaction<'_>, tokio_postgres::Error>> {
        let transaction = self.connection()?.client.build_transaction();
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
