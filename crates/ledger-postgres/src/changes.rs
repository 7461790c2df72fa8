//! The changes of the ledger, each in a transaction.

use kervan_ledger::row::Value;
use kervan_ledger::sql::{Dialect, Statement, VERSION, postgres};
use kervan_ledger::{Applied, Claim, Entry, Inserted, Post, Replaced, StoreError, StoreErrorKind};
use tokio_postgres::{IsolationLevel, Transaction};

use crate::error::{Stored, store_error};
use crate::statements::{execute, rows};

pub(crate) const SQL: Dialect = Dialect::Postgres;

/// How often a change looks again because what was in its way has gone meanwhile.
pub(crate) const LOOKS: usize = 16;

/// A change that is made.
pub(crate) struct Made<T> {
    pub(crate) result: T,
    /// Whether the shop's own changes belong to it.
    pub(crate) is_new: bool,
}

/// A change. It may be begun again, in another transaction.
pub(crate) trait Change: Sync {
    type Output: Send;

    const LEVEL: IsolationLevel = IsolationLevel::ReadCommitted;

    fn make(
        &self,
        transaction: &Transaction<'_>,
    ) -> impl Future<Output = Stored<Made<Self::Output>>> + Send;
}

/// Stores an entry in a transaction of the shop's own, with its history. If it fails, the transaction can only be
/// rolled back.
///
/// Another transaction that stores the same key or a write of the same object is waited for. Two transactions
/// that store the same two in another order wait for each other, and PostgreSQL ends one of them:
/// [`StoreErrorKind::Busy`].
///
/// # Errors
///
/// [`StoreError`].
pub async fn insert(transaction: &Transaction<'_>, entry: &Entry) -> Result<Inserted, StoreError> {
    for _ in 0..LOOKS {
        let number = rows(transaction, &postgres::insert(entry)?).await?.pop();
        if let Some(row) = number {
            return Ok(Inserted::New(numbered(entry, &row)?));
        }
        if let Some(known) = find(transaction, &SQL.find(&entry.key)).await? {
            return Ok(Inserted::Known(known));
        }
        if let Some(first) = find(transaction, &SQL.open_of(entry)).await? {
            return Ok(Inserted::Taken(first));
        }
    }
    Err(StoreError::new(StoreErrorKind::Busy))
}

async fn find(transaction: &Transaction<'_>, statement: &Statement) -> Stored<Option<Entry>> {
    let found = rows(transaction, statement).await?;
    found.last().map(|row| Entry::from_row(row)).transpose()
}

/// Returns an entry with the number that its row has.
pub(crate) fn numbered(entry: &Entry, row: &[Value]) -> Stored<Entry> {
    let number = match row {
        [Value::Integer(number)] => u64::try_from(*number).ok(),
        _ => None,
    };
    let number = number.ok_or_else(|| StoreError::new(StoreErrorKind::Damaged))?;
    Ok(Entry {
        number,
        ..entry.clone()
    })
}

/// Stores a changed entry in a transaction of the shop's own, with its history. If it fails, the transaction can
/// only be rolled back.
///
/// # Errors
///
/// [`StoreError`].
pub async fn replace(transaction: &Transaction<'_>, next: &Entry) -> Result<Replaced, StoreError> {
    for _ in 0..LOOKS {
        let replaced = rows(transaction, &postgres::replace(next)?).await?;
        if !replaced.is_empty() {
            return Ok(Replaced::Stored);
        }
        let stored = find(transaction, &SQL.find(&next.key)).await?;
        let is_next = stored.is_some_and(|stored| {
            stored.version + 1 == next.version && stored.number == next.number
        });
        if !is_next {
            return Ok(Replaced::Overtaken);
        }
        // The other of the two reasons why nothing was stored.
        if let Some(first) = find(transaction, &SQL.open_of(next)).await? {
            return Ok(Replaced::Taken(Box::new(first)));
        }
    }
    Err(StoreError::new(StoreErrorKind::Busy))
}

pub(crate) struct Insert<'a>(pub(crate) &'a Entry);

impl Change for Insert<'_> {
    type Output = Inserted;

    async fn make(&self, transaction: &Transaction<'_>) -> Stored<Made<Inserted>> {
        let result = insert(transaction, self.0).await?;
        let is_new = matches!(result, Inserted::New(_));
        Ok(Made { result, is_new })
    }
}

pub(crate) struct Replace<'a>(pub(crate) &'a Entry);

impl Change for Replace<'_> {
    type Output = Replaced;

    async fn make(&self, transaction: &Transaction<'_>) -> Stored<Made<Replaced>> {
        let result = replace(transaction, self.0).await?;
        let is_new = result == Replaced::Stored;
        Ok(Made { result, is_new })
    }
}

pub(crate) struct Take<'a>(pub(crate) Claim<'a>);

impl Change for Take<'_> {
    type Output = Vec<Entry>;

    async fn make(&self, transaction: &Transaction<'_>) -> Stored<Made<Vec<Entry>>> {
        let (mut due, mut result) = (SQL.due(self.0), Vec::new());
        while let Some(page) = due.next_page(result.len()) {
            let entries = due.readable(&rows(transaction, &page).await?, Entry::from_row)?;
            for entry in entries.iter().filter_map(|entry| self.0.of(entry)) {
                // Its row is locked, so that this is the version that was read.
                if replace(transaction, &entry).await? == Replaced::Stored {
                    result.push(entry);
                }
            }
        }
        let is_new = true;
        Ok(Made { result, is_new })
    }
}

pub(crate) struct Apply<'a>(pub(crate) &'a Post);

impl Change for Apply<'_> {
    type Output = Applied;

    async fn make(&self, transaction: &Transaction<'_>) -> Stored<Made<Applied>> {
        if execute(transaction, &SQL.apply(self.0)).await? > 0 {
            let (result, is_new) = (Applied::Now, true);
            return Ok(Made { result, is_new });
        }
        // A post of another store was not applied before.
        if rows(transaction, &SQL.post(self.0)).await?.is_empty() {
            return Err(StoreError::new(StoreErrorKind::Other));
        }
        execute(transaction, &SQL.repeat(self.0)).await?;
        let (result, is_new) = (Applied::Before, false);
        Ok(Made { result, is_new })
    }
}

pub(crate) struct Receive<'a>(pub(crate) &'a Post);

impl Change for Receive<'_> {
    type Output = Post;

    async fn make(&self, transaction: &Transaction<'_>) -> Stored<Made<Post>> {
        let stored = rows(transaction, &SQL.receive(self.0)?).await?.pop();
        let stored = stored.ok_or_else(|| StoreError::new(StoreErrorKind::Other))?;
        let (result, is_new) = (Post::from_row(&stored)?, true);
        Ok(Made { result, is_new })
    }
}

/// Statements of which the last one's count is the result.
pub(crate) struct Count<const N: usize>(pub(crate) [Statement; N]);

impl<const N: usize> Change for Count<N> {
    type Output = u64;

    /// All statements see the same rows.
    const LEVEL: IsolationLevel = IsolationLevel::RepeatableRead;

    async fn make(&self, transaction: &Transaction<'_>) -> Stored<Made<u64>> {
        let mut result = 0;
        for statement in &self.0 {
            result = execute(transaction, statement).await?;
        }
        let is_new = true;
        Ok(Made { result, is_new })
    }
}

/// Makes the tables where there are none, and compares their version.
pub(crate) struct MakeTables;

impl MakeTables {
    /// The lock of programs that make the tables at the same time: "kervan" in ASCII.
    const LOCK: i64 = 0x6b65_7276_616e;
}

impl Change for MakeTables {
    type Output = ();

    async fn make(&self, transaction: &Transaction<'_>) -> Stored<Made<()>> {
        let made = Made {
            result: (),
            is_new: true,
        };
        if !has_tables(transaction).await? {
            let lock = format!("SELECT pg_advisory_xact_lock({})", Self::LOCK);
            transaction
                .batch_execute(&lock)
                .await
                .map_err(store_error)?;
        }
        if !has_tables(transaction).await? {
            let schema = SQL.schema();
            let version = format!("{schema}; INSERT INTO kervan_ledger VALUES ({VERSION})");
            let made_now = transaction.batch_execute(&version).await;
            return made_now.map(|()| made).map_err(store_error);
        }
        let found = number(transaction, "SELECT version FROM kervan_ledger").await?;
        let (found, needed) = (u32::try_from(found).unwrap_or(u32::MAX), VERSION);
        if found == needed {
            return Ok(made);
        }
        Err(StoreError::new(StoreErrorKind::Schema { found, needed }))
    }
}

async fn has_tables(transaction: &Transaction<'_>) -> Stored<bool> {
    // Not by `to_regclass`: it remembers that there was none, also behind the lock.
    let count = "SELECT count(*) FROM pg_catalog.pg_class AS class \
                 JOIN pg_catalog.pg_namespace AS space ON space.oid = class.relnamespace \
                 WHERE class.relname = 'kervan_ledger' AND space.nspname = ANY (current_schemas(false))";
    Ok(number(transaction, count).await? > 0)
}

/// Asks for a number; 0 where there is no row.
async fn number(transaction: &Transaction<'_>, question: &'static str) -> Stored<i64> {
    let statement = Statement {
        text: question.into(),
        parameters: Vec::new(),
    };
    let rows = rows(transaction, &statement).await?;
    match rows.first().map(Vec::as_slice) {
        None => Ok(0),
        Some([Value::Integer(number)]) => Ok(*number),
        Some(_) => Err(StoreError::new(StoreErrorKind::Damaged)),
    }
}
