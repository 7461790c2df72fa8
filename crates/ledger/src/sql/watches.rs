//! The statements of expectations and of limits.

use std::time::SystemTime;

use super::{Dialect, Due, Statement, limit};
use crate::key::Account;
use crate::limits::{Limit, Use};
use crate::row::{self, Value};
use crate::store::Claim;
use crate::watch::Watch;

/// Expectations.
impl Dialect {
    /// Stores a new expectation. It gives the stored row, or none where its subject is known;
    /// [`find_watch`](Self::find_watch) then finds it.
    pub fn expect(self, watch: &Watch) -> Statement {
        let mut values = watch.to_row();
        values.remove(0);
        self.statement(
            concat!(
                "INSERT INTO kervan_watches (provider, merchant, kind, subject, version, state, asks, seen, \
                 holder, due, until, created_at, changed_at) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) \
                 ON CONFLICT DO NOTHING RETURNING ",
                watch_columns!()
            ),
            values,
        )
    }

    /// Finds an expectation.
    pub fn find_watch(self, account: &Account, kind: &str, subject: &str) -> Statement {
        self.statement(
            concat!(
                "SELECT ",
                watch_columns!(),
                " FROM kervan_watches WHERE provider = $1 AND merchant = $2 AND kind = $3 AND subject = $4"
            ),
            of_subject(account, kind, subject),
        )
    }

    /// Stores a changed expectation. It changes one row, or none where somebody else was first.
    pub fn replace_watch(self, next: &Watch) -> Statement {
        let mut values = next.to_row();
        // What names it, and since when it is expected, never change.
        values.drain(1..5);
        values.remove(8);
        self.statement(
            "UPDATE kervan_watches SET version = $2, state = $3, asks = $4, seen = $5, holder = $6, due = $7, \
             until = $8, changed_at = $9 WHERE number = $1 AND version = $2 - 1",
            values,
        )
    }

    /// Finds expectations to claim, as [`due`](Self::due) finds entries.
    pub fn due_watches(self, claim: Claim<'_>) -> Due<'_> {
        Due::watches(self, claim)
    }

    /// Finds expectations that are not over, with a number above `after`.
    pub fn watches(self, after: u64, at_most: usize) -> Statement {
        self.statement(
            concat!(
                "SELECT ",
                watch_columns!(),
                " FROM kervan_watches WHERE number > $1 AND state <> 'over' ORDER BY number LIMIT $2"
            ),
            vec![
                Value::Integer(i64::try_from(after).unwrap_or(i64::MAX)),
                limit(at_most),
            ],
        )
    }

    /// Forgets expectations that were over before a time. Its count of rows is how many.
    pub fn forget_watches(self, over_before: SystemTime) -> Statement {
        self.statement(
            "DELETE FROM kervan_watches WHERE state = 'over' AND changed_at < $1",
            vec![row::time(over_before)],
        )
    }
}

/// Limits.
impl Dialect {
    /// Counts a use, where the limit allows it. It gives a row with the number of times, or none where it does not;
    /// [`last_use`](Self::last_use) then says why.
    pub fn take(self, new: &Use, limit: Limit) -> Statement {
        let (earliest, latest) = limit.between(new.at);
        let mut values = of_subject(&new.account, &new.kind, &new.subject);
        values.extend([
            row::time(new.at),
            row::time(earliest),
            row::time(latest),
            Value::Integer(i64::from(limit.at_most.unwrap_or(u32::MAX))),
        ]);
        self.statement(
            "INSERT INTO kervan_uses (provider, merchant, kind, subject, used_at, times) \
             VALUES ($1, $2, $3, $4, $5, 1) ON CONFLICT (provider, merchant, kind, subject) DO UPDATE \
             SET used_at = excluded.used_at, times = kervan_uses.times + 1 \
             WHERE (kervan_uses.used_at <= $6 OR kervan_uses.used_at > $7) AND kervan_uses.times < $8 \
             RETURNING times",
            values,
        )
    }

    /// Finds the last use of a subject: when, and how often until then.
    pub fn last_use(self, new: &Use) -> Statement {
        self.statement(
            "SELECT used_at, times FROM kervan_uses WHERE provider = $1 AND merchant = $2 AND kind = $3 \
             AND subject = $4",
            of_subject(&new.account, &new.kind, &new.subject),
        )
    }

    /// Forgets what was last done before a time. Its count of rows is how many.
    pub fn forget_uses(self, before: SystemTime) -> Statement {
        self.statement(
            "DELETE FROM kervan_uses WHERE used_at < $1",
            vec![row::time(before)],
        )
    }
}

fn of_subject(account: &Account, kind: &str, subject: &str) -> Vec<Value> {
    [&*account.provider, &*account.merchant, kind, subject]
        .into_iter()
        .map(|text| Value::Text(text.to_owned()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_statements_list_the_columns() {
        assert_eq!(watch_columns!(), row::WATCH_COLUMNS.join(", "));
    }
}
