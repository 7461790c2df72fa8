//! The store in PostgreSQL.

use std::fmt;
use std::time::{Duration, SystemTime};

use deadpool::managed::Pool;
use kervan_core::transport::BoxFuture;
use kervan_ledger::row::{Value, listed};
use kervan_ledger::sql::{Statement, postgres};
use kervan_ledger::{
    Applied, Claim, Entry, Inserted, Key, Listed, Past, Post, PostStore, Replaced, Store,
    StoreError, StoreErrorKind,
};
use tokio_postgres::{Config, IsolationLevel, Transaction};

use crate::builder::Builder;
use crate::changes::{Apply, Change, Count, Insert, LOOKS, Receive, Replace, SQL, Take, numbered};
use crate::error::{Stored, is_lost, is_race, shop_error, store_error};
use crate::pool::{Connections, Lent};
use crate::statements::values;

/// The shop's own changes together with a write: `Box::new(|transaction| Box::pin(async move { … }))`.
pub type Along = Box<
    dyn for<'t> FnOnce(&'t Transaction<'_>) -> BoxFuture<'t, Result<(), tokio_postgres::Error>>
        + Send,
>;

/// A ledger's store in PostgreSQL. Programs on many machines may use one database.
pub struct PostgresStore {
    pool: Pool<Connections>,
    patience: Duration,
}

impl fmt::Debug for PostgresStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PostgresStore")
            .field("connections", &self.pool.status())
            .field("patience", &self.patience)
            .finish_non_exhaustive()
    }
}

impl PostgresStore {
    /// Connects without TLS, and makes the tables where the database has none. It may be the shop's own database.
    ///
    /// # Errors
    ///
    /// [`StoreError`]; tables of another version are [`StoreErrorKind::Schema`].
    pub async fn open(config: Config) -> Result<Self, StoreError> {
        Self::builder(config).open().await
    }

    /// Returns the settings of a store, as TLS and the number of connections.
    pub fn builder(config: Config) -> Builder {
        Builder::new(config)
    }

    pub(crate) fn new(pool: Pool<Connections>, patience: Duration) -> Self {
        Self { pool, patience }
    }

    async fn lend(&self) -> Stored<Lent> {
        Lent::from(&self.pool, self.patience).await
    }

    /// Gives a call up whose server says nothing any more.
    #[expect(
        clippy::disallowed_methods,
        reason = "the patience with a server, which no other clock moves"
    )]
    async fn within<T>(&self, call: impl Future<Output = Stored<T>>) -> Stored<T> {
        let patience = self.patience * 4;
        let ended = tokio::time::timeout(patience, call).await;
        ended.unwrap_or_else(|_| {
            let cause = format!("the server gave no answer for {patience:?}");
            Err(StoreError::new(StoreErrorKind::Gone).caused_by(cause))
        })
    }

    /// Reads.
    pub(crate) async fn read(&self, statement: &Statement) -> Stored<Vec<Vec<Value>>> {
        let mut fresh = self.fresh();
        self.within(async {
            loop {
                let mut lent = self.lend().await?;
                match lent.query(statement).await? {
                    Ok(rows) => {
                        lent.clean();
                        return rows.iter().map(values).collect();
                    }
                    Err(error) if is_lost(&error) && fresh.next().is_some() => {}
                    Err(error) => return Err(store_error(error)),
                }
            }
        })
        .await
    }

    /// Counts the connections that may have ended while they were kept, as when the server was started again.
    fn fresh(&self) -> std::ops::Range<usize> {
        0..self.pool.status().max_size
    }

    /// Changes everything that the change and the shop change, or nothing. It is made again where another one
    /// was made at the same time.
    pub(crate) async fn change<C: Change>(
        &self,
        change: C,
        along: Option<Along>,
    ) -> Stored<C::Output> {
        let mut fresh = self.fresh();
        self.within(async {
            let mut last = None;
            for _ in 0..LOOKS {
                let mut lent = self.lend().await?;
                let transaction = match lent.begin(C::LEVEL).await? {
                    Ok(transaction) => transaction,
                    // Nothing was changed yet.
                    Err(error) if is_lost(&error) && fresh.next().is_some() => continue,
                    Err(error) => return Err(store_error(error)),
                };
                let made = match change.make(&transaction).await {
                    Ok(made) => made,
                    Err(error) => {
                        let can_stay = error.kind() != StoreErrorKind::ReadOnly;
                        if transaction.rollback().await.is_ok() && can_stay {
                            lent.clean();
                        }
                        if is_race(&error) {
                            last = Some(error);
                            continue;
                        }
                        return Err(error);
                    }
                };
                if let Some(along) = along.filter(|_| made.is_new) {
                    run_along(&transaction, along).await?;
                }
                transaction.commit().await.map_err(store_error)?;
                lent.clean();
                return Ok(made.result);
            }
            let busy = StoreError::new(StoreErrorKind::Busy);
            Err(last.map_or_else(
                || StoreError::new(StoreErrorKind::Gone),
                |last| busy.caused_by(last),
            ))
        })
        .await
    }

    /// Makes a change that is one statement, and returns the row that it gives. `None` where something was in its
    /// way: nothing was changed.
    async fn once(&self, statement: &Statement) -> Stored<Option<Vec<Value>>> {
        self.within(async {
            let mut lent = self.lend().await?;
            let rows = lent.query(statement).await?.map_err(store_error);
            match rows {
                Ok(rows) => {
                    lent.clean();
                    rows.first().map(values).transpose()
                }
                Err(error) if is_race(&error) => {
                    lent.clean();
                    Ok(None)
                }
                Err(error) => Err(error),
            }
        })
        .await
    }

    /// Changes everything that the function changes, or nothing: entries by [`insert`](crate::insert) and
    /// [`replace`](crate::replace), and the shop's own tables in the database. It is durable when this returns.
    /// The function is called once, so that a change which met another one fails as [`StoreErrorKind::Busy`].
    ///
    /// # Errors
    ///
    /// [`StoreError`]: that of the function, or that of the database.
    pub async fn transaction<T>(
        &self,
        level: IsolationLevel,
        change: impl AsyncFnOnce(&Transaction<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let mut fresh = self.fresh();
        self.within(async {
            loop {
                let mut lent = self.lend().await?;
                let transaction = match lent.begin(level).await? {
                    Ok(transaction) => transaction,
                    Err(error) if is_lost(&error) && fresh.next().is_some() => continue,
                    Err(error) => return Err(store_error(error)),
                };
                let changed = match change(&transaction).await {
                    Ok(changed) => changed,
                    Err(error) => {
                        if transaction.rollback().await.is_ok() {
                            lent.clean();
                        }
                        return Err(error);
                    }
                };
                is_whole(&transaction).await?;
                transaction.commit().await.map_err(store_error)?;
                lent.clean();
                return Ok(changed);
            }
        })
        .await
    }

    async fn entries(&self, statement: Statement) -> Stored<Vec<Entry>> {
        let rows = self.read(&statement).await?;
        rows.iter().map(|row| Entry::from_row(row)).collect()
    }
}

async fn run_along(transaction: &Transaction<'_>, along: Along) -> Stored<()> {
    along(transaction).await.map_err(shop_error)?;
    is_whole(transaction).await
}

/// Fails where a statement has: it has ended the transaction, also where the shop went on. It cannot be committed,
/// and PostgreSQL answers a commit of it without an error.
async fn is_whole(transaction: &Transaction<'_>) -> Stored<()> {
    let asked = transaction.batch_execute("SELECT 1").await;
    asked.map_err(shop_error)
}

impl Store for PostgresStore {
    type Along = Along;

    fn insert<'a>(
        &'a self,
        entry: &'a Entry,
        along: Option<Along>,
    ) -> BoxFuture<'a, Stored<Inserted>> {
        Box::pin(async {
            if along.is_none()
                && let Some(row) = self.once(&postgres::insert(entry)?).await?
            {
                return Ok(Inserted::New(numbered(entry, &row)?));
            }
            self.change(Insert(entry), along).await
        })
    }

    fn find<'a>(&'a self, key: &'a Key) -> BoxFuture<'a, Stored<Option<Entry>>> {
        Box::pin(async { Ok(self.entries(SQL.find(key)).await?.pop()) })
    }

    fn replace<'a>(
        &'a self,
        next: &'a Entry,
        along: Option<Along>,
    ) -> BoxFuture<'a, Stored<Replaced>> {
        Box::pin(async {
            if along.is_none() && self.once(&postgres::replace(next)?).await?.is_some() {
                return Ok(Replaced::Stored);
            }
            self.change(Replace(next), along).await
        })
    }

    fn claim<'a>(&'a self, claim: Claim<'a>) -> BoxFuture<'a, Stored<Vec<Entry>>> {
        Box::pin(self.change(Take(claim), None))
    }

    fn open(&self, after: u64, at_most: usize) -> BoxFuture<'_, Stored<Vec<Listed<Entry>>>> {
        Box::pin(async move {
            let rows = self.read(&SQL.open(after, at_most)).await?;
            rows.iter()
                .map(|row| listed(row, Entry::from_row))
                .collect()
        })
    }

    fn history<'a>(&'a self, key: &'a Key) -> BoxFuture<'a, Stored<Vec<Past>>> {
        Box::pin(async {
            let rows = self.read(&SQL.history(key)).await?;
            rows.iter().map(|row| Past::from_row(row)).collect()
        })
    }

    fn forget(&self, ended_before: SystemTime) -> BoxFuture<'_, Stored<u64>> {
        Box::pin(self.change(Count(SQL.forget(ended_before)), None))
    }
}

impl PostStore for PostgresStore {
    type Along = Along;

    fn receive<'a>(&'a self, post: &'a Post) -> BoxFuture<'a, Stored<Post>> {
        Box::pin(self.change(Receive(post), None))
    }

    fn apply<'a>(&'a self, post: &'a Post, along: Option<Along>) -> BoxFuture<'a, Stored<Applied>> {
        Box::pin(self.change(Apply(post), along))
    }

    fn reject<'a>(&'a self, post: &'a Post) -> BoxFuture<'a, Stored<()>> {
        Box::pin(async {
            self.change(Count([SQL.reject(post)?]), None).await?;
            Ok(())
        })
    }

    fn waiting(&self, after: u64, at_most: usize) -> BoxFuture<'_, Stored<Vec<Listed<Post>>>> {
        Box::pin(async move {
            let rows = self.read(&SQL.waiting(after, at_most)).await?;
            rows.iter().map(|row| listed(row, Post::from_row)).collect()
        })
    }

    fn forget(&self, before: SystemTime) -> BoxFuture<'_, Stored<u64>> {
        Box::pin(self.change(Count([SQL.forget_bodies(before)]), None))
    }
}
