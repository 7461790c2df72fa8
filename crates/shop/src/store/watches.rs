//! Expectations, in the transactions of what is expected.

use std::time::{Duration, SystemTime};

use kervan_ledger::row::listed;
use kervan_ledger::sql::Statement;
use kervan_ledger::{
    Account, Listed, Schedule, Seen, StoreError, StoreErrorKind, Watch, WatchState,
};

use super::{Row, Stored, Transaction};

/// How many expectations the desk lists.
const LISTED: usize = 200;
/// How often an expectation is looked at that other programs change at the same moment.
const LOOKS: u32 = 8;

fn all(store: &Transaction<'_>, statement: &Statement) -> Stored<Vec<Watch>> {
    let read = |row: &Row| Watch::from_row(row.values_from(0));
    store.rows(&statement.text, &statement.parameters, read)
}

pub(crate) fn find(
    store: &Transaction<'_>,
    account: &Account,
    kind: &str,
    subject: &str,
) -> Stored<Option<Watch>> {
    let statement = store.dialect().find_watch(account, kind, subject);
    Ok(all(store, &statement)?.pop())
}

/// Stores an expectation, unless it is known.
pub(crate) fn expect(store: &Transaction<'_>, watch: &Watch) -> Stored<()> {
    all(store, &store.dialect().expect(watch)).map(|_| ())
}

/// Stores an expectation, or begins a known one again.
pub(crate) fn begin(store: &Transaction<'_>, watch: &Watch) -> Stored<()> {
    expect(store, watch)?;
    replace(store, watch, |known| {
        Some(Watch {
            number: known.number,
            version: known.version + 1,
            ..watch.clone()
        })
    })
}

/// Stores an expectation, or lets a known one be asked about at once.
pub(crate) fn anew(
    store: &Transaction<'_>,
    watch: &Watch,
    schedule: &Schedule,
    now: SystemTime,
) -> Stored<()> {
    expect(store, watch)?;
    replace(store, watch, |known| Some(known.anew(schedule, now)))
}

/// Ends an expectation, whoever asks about it now; `watch` is made for it now. Does nothing where it is over, or was
/// never stored.
pub(crate) fn over(store: &Transaction<'_>, watch: &Watch, word: &str) -> Stored<()> {
    const NEVER: Schedule = Schedule::new(Duration::ZERO, Duration::ZERO, Duration::ZERO);
    let now = watch.changed_at;
    replace(store, watch, |known| {
        let is_open = known.state != WatchState::Over;
        is_open.then(|| known.after(Seen::Over(word.to_owned()), &NEVER, now))
    })
}

/// Changes the stored expectation of the same subject.
fn replace(
    store: &Transaction<'_>,
    watch: &Watch,
    change: impl Fn(&Watch) -> Option<Watch>,
) -> Stored<()> {
    for _ in 0..LOOKS {
        let known = find(store, &watch.account, &watch.kind, &watch.subject)?;
        let Some(next) = known.as_ref().and_then(&change) else {
            return Ok(());
        };
        let statement = store.dialect().replace_watch(&next);
        if store.execute(&statement.text, &statement.parameters)? == 1 {
            return Ok(());
        }
    }
    Err(StoreError::new(StoreErrorKind::Busy))
}

/// Returns those that are not over, the oldest first. One that cannot be read does not hide the others.
pub(crate) fn open(store: &Transaction<'_>) -> Stored<Vec<Listed<Watch>>> {
    let statement = store.dialect().watches(0, LISTED);
    let read = |row: &Row| listed(row.values_from(0), Watch::from_row);
    store.rows(&statement.text, &statement.parameters, read)
}
