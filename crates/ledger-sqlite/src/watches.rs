//! Expectations and limits in an SQLite file.

use std::time::SystemTime;

use kervan_core::transport::BoxFuture;
use kervan_ledger::limits::LastUse;
use kervan_ledger::row::listed;
use kervan_ledger::{
    Account, Allowed, Claim, Limit, Listed, StoreError, StoreErrorKind, Use, UseStore, Watch,
    WatchStore,
};
use rusqlite::{Connection, Transaction};

use crate::error::Stored;
use crate::store::{Along, SQL, SqliteStore, count, execute, ready, rows, run_along, values};

/// Stores an expectation in a transaction of the shop's own, unless it is known. Returns the stored one.
///
/// # Errors
///
/// [`StoreError`].
pub fn expect(transaction: &Transaction<'_>, watch: &Watch) -> Result<Watch, StoreError> {
    Ok(stored(transaction, watch)?.0)
}

/// Returns the stored expectation, and whether it is new.
fn stored(transaction: &Transaction<'_>, watch: &Watch) -> Stored<(Watch, bool)> {
    let new = rows(transaction, &SQL.expect(watch), values)?.pop();
    if let Some(row) = new {
        return Ok((Watch::from_row(&row)?, true));
    }
    let known = find(transaction, &watch.account, &watch.kind, &watch.subject)?;
    known
        .map(|known| (known, false))
        .ok_or_else(|| StoreError::new(StoreErrorKind::Other))
}

fn find(
    connection: &Connection,
    account: &Account,
    kind: &str,
    subject: &str,
) -> Stored<Option<Watch>> {
    let statement = SQL.find_watch(account, kind, subject);
    let row = rows(connection, &statement, values)?.pop();
    row.map(|row| Watch::from_row(&row)).transpose()
}

impl WatchStore for SqliteStore {
    type Along = Along;

    fn expect<'a>(
        &'a self,
        watch: &'a Watch,
        along: Option<Along>,
    ) -> BoxFuture<'a, Stored<Watch>> {
        ready(self.write(|transaction| {
            let (watch, is_new) = stored(transaction, watch)?;
            if is_new {
                run_along(transaction, along)?;
            }
            Ok(watch)
        }))
    }

    fn find_watch<'a>(
        &'a self,
        account: &'a Account,
        kind: &'a str,
        subject: &'a str,
    ) -> BoxFuture<'a, Stored<Option<Watch>>> {
        ready(self.read(|connection| find(connection, account, kind, subject)))
    }

    fn replace_watch<'a>(
        &'a self,
        next: &'a Watch,
        along: Option<Along>,
    ) -> BoxFuture<'a, Stored<bool>> {
        ready(self.write(|transaction| {
            let is_stored = execute(transaction, &SQL.replace_watch(next))? == 1;
            if is_stored {
                run_along(transaction, along)?;
            }
            Ok(is_stored)
        }))
    }

    fn claim_watches<'a>(&'a self, claim: Claim<'a>) -> BoxFuture<'a, Stored<Vec<Watch>>> {
        ready(self.write(|transaction| {
            let (mut due, mut taken) = (SQL.due_watches(claim), Vec::new());
            while let Some(page) = due.next_page(taken.len()) {
                let rows = rows(transaction, &page, values)?;
                let watches = due.readable(&rows, Watch::from_row)?;
                for watch in watches.iter().filter_map(|watch| claim.of_watch(watch)) {
                    execute(transaction, &SQL.replace_watch(&watch))?;
                    taken.push(watch);
                }
            }
            Ok(taken)
        }))
    }

    fn watches(&self, after: u64, at_most: usize) -> BoxFuture<'_, Stored<Vec<Listed<Watch>>>> {
        ready(self.read(|connection| {
            let rows = rows(connection, &SQL.watches(after, at_most), values)?;
            rows.iter()
                .map(|row| listed(row, Watch::from_row))
                .collect()
        }))
    }

    fn forget_watches(&self, over_before: SystemTime) -> BoxFuture<'_, Stored<u64>> {
        ready(
            self.write(|transaction| {
                execute(transaction, &SQL.forget_watches(over_before)).map(count)
            }),
        )
    }
}

impl UseStore for SqliteStore {
    fn take<'a>(&'a self, new: &'a Use, limit: Limit) -> BoxFuture<'a, Stored<Allowed>> {
        ready(self.write(|transaction| {
            if !rows(transaction, &SQL.take(new, limit), values)?.is_empty() {
                return Ok(Allowed::Now);
            }
            let last = rows(transaction, &SQL.last_use(new), values)?.pop();
            let last = last.ok_or_else(|| StoreError::new(StoreErrorKind::Other))?;
            Ok(limit.allows(LastUse::from_row(&last)?, new.at))
        }))
    }

    fn forget_uses(&self, before: SystemTime) -> BoxFuture<'_, Stored<u64>> {
        ready(self.write(|transaction| execute(transaction, &SQL.forget_uses(before)).map(count)))
    }
}
