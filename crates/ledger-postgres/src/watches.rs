//! Expectations and limits in PostgreSQL.

use std::time::SystemTime;

use kervan_core::transport::BoxFuture;
use kervan_ledger::limits::LastUse;
use kervan_ledger::row::listed;
use kervan_ledger::{
    Account, Allowed, Claim, Limit, Listed, StoreError, StoreErrorKind, Use, UseStore, Watch,
    WatchStore,
};
use tokio_postgres::Transaction;

use crate::changes::{Change, Count, LOOKS, Made, SQL};
use crate::error::Stored;
use crate::statements::{execute, rows};
use crate::store::{Along, PostgresStore};

/// Stores an expectation in a transaction of the shop's own, unless it is known. Returns the stored one. If it
/// fails, the transaction can only be rolled back.
///
/// # Errors
///
/// [`StoreError`].
pub async fn expect(transaction: &Transaction<'_>, watch: &Watch) -> Result<Watch, StoreError> {
    Ok(Expect(watch).make(transaction).await?.result)
}

async fn find(transaction: &Transaction<'_>, watch: &Watch) -> Stored<Option<Watch>> {
    let statement = SQL.find_watch(&watch.account, &watch.kind, &watch.subject);
    let row = rows(transaction, &statement).await?.pop();
    row.map(|row| Watch::from_row(&row)).transpose()
}

struct Expect<'a>(&'a Watch);

impl Change for Expect<'_> {
    type Output = Watch;

    async fn make(&self, transaction: &Transaction<'_>) -> Stored<Made<Watch>> {
        for _ in 0..LOOKS {
            if let Some(row) = rows(transaction, &SQL.expect(self.0)).await?.pop() {
                let (result, is_new) = (Watch::from_row(&row)?, true);
                return Ok(Made { result, is_new });
            }
            if let Some(result) = find(transaction, self.0).await? {
                let is_new = false;
                return Ok(Made { result, is_new });
            }
        }
        Err(StoreError::new(StoreErrorKind::Busy))
    }
}

struct Replace<'a>(&'a Watch);

impl Change for Replace<'_> {
    type Output = bool;

    async fn make(&self, transaction: &Transaction<'_>) -> Stored<Made<bool>> {
        let result = execute(transaction, &SQL.replace_watch(self.0)).await? == 1;
        let is_new = result;
        Ok(Made { result, is_new })
    }
}

struct Take<'a>(Claim<'a>);

impl Change for Take<'_> {
    type Output = Vec<Watch>;

    async fn make(&self, transaction: &Transaction<'_>) -> Stored<Made<Vec<Watch>>> {
        let (mut due, mut result) = (SQL.due_watches(self.0), Vec::new());
        while let Some(page) = due.next_page(result.len()) {
            let watches = due.readable(&rows(transaction, &page).await?, Watch::from_row)?;
            for watch in watches.iter().filter_map(|watch| self.0.of_watch(watch)) {
                // Its row is locked, so that this is the version that was read.
                execute(transaction, &SQL.replace_watch(&watch)).await?;
                result.push(watch);
            }
        }
        let is_new = true;
        Ok(Made { result, is_new })
    }
}

struct TakeUse<'a>(&'a Use, Limit);

impl Change for TakeUse<'_> {
    type Output = Allowed;

    async fn make(&self, transaction: &Transaction<'_>) -> Stored<Made<Allowed>> {
        let Self(new, limit) = *self;
        let is_new = true;
        for _ in 0..LOOKS {
            if !rows(transaction, &SQL.take(new, limit)).await?.is_empty() {
                let result = Allowed::Now;
                return Ok(Made { result, is_new });
            }
            // It may have been forgotten meanwhile, or allowed by now.
            if let Some(last) = rows(transaction, &SQL.last_use(new)).await?.pop() {
                match limit.allows(LastUse::from_row(&last)?, new.at) {
                    Allowed::Now => {}
                    result => return Ok(Made { result, is_new }),
                }
            }
        }
        Err(StoreError::new(StoreErrorKind::Busy))
    }
}

impl WatchStore for PostgresStore {
    type Along = Along;

    fn expect<'a>(
        &'a self,
        watch: &'a Watch,
        along: Option<Along>,
    ) -> BoxFuture<'a, Stored<Watch>> {
        Box::pin(self.change(Expect(watch), along))
    }

    fn find_watch<'a>(
        &'a self,
        account: &'a Account,
        kind: &'a str,
        subject: &'a str,
    ) -> BoxFuture<'a, Stored<Option<Watch>>> {
        Box::pin(async move {
            let row = self.read(&SQL.find_watch(account, kind, subject)).await?;
            row.first().map(|row| Watch::from_row(row)).transpose()
        })
    }

    fn replace_watch<'a>(
        &'a self,
        next: &'a Watch,
        along: Option<Along>,
    ) -> BoxFuture<'a, Stored<bool>> {
        Box::pin(self.change(Replace(next), along))
    }

    fn claim_watches<'a>(&'a self, claim: Claim<'a>) -> BoxFuture<'a, Stored<Vec<Watch>>> {
        Box::pin(self.change(Take(claim), None))
    }

    fn watches(&self, after: u64, at_most: usize) -> BoxFuture<'_, Stored<Vec<Listed<Watch>>>> {
        Box::pin(async move {
            let rows = self.read(&SQL.watches(after, at_most)).await?;
            rows.iter()
                .map(|row| listed(row, Watch::from_row))
                .collect()
        })
    }

    fn forget_watches(&self, over_before: SystemTime) -> BoxFuture<'_, Stored<u64>> {
        Box::pin(self.change(Count([SQL.forget_watches(over_before)]), None))
    }
}

impl UseStore for PostgresStore {
    fn take<'a>(&'a self, new: &'a Use, limit: Limit) -> BoxFuture<'a, Stored<Allowed>> {
        Box::pin(self.change(TakeUse(new, limit), None))
    }

    fn forget_uses(&self, before: SystemTime) -> BoxFuture<'_, Stored<u64>> {
        Box::pin(self.change(Count([SQL.forget_uses(before)]), None))
    }
}
