//! The statements of a ledger in a database, as text and typed parameters, for any driver.
//!
//! A shop runs them inside a transaction of its own, so that an order and the write that it needs are stored
//! together or not at all.

use std::borrow::Cow;
use std::time::SystemTime;

use crate::entry::Entry;
use crate::inbox::Post;
use crate::key::Key;
use crate::row::{self, Value};
use crate::store::{Claim, Past, StoreError};

/// The version of the tables.
pub const VERSION: u32 = 1;

/// A kind of SQL.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "each is tested with its database")]
pub enum Dialect {
    /// SQLite, 3.35 and later.
    Sqlite,
    /// PostgreSQL, 12 and later.
    Postgres,
}

/// A statement with its parameters, in the order of their places.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// The text, with `?1` for SQLite and `$1` for PostgreSQL.
    pub text: Cow<'static, str>,
    /// The parameters.
    pub parameters: Vec<Value>,
}

/// The columns of a write, as [`COLUMNS`](row::COLUMNS) lists them.
macro_rules! columns {
    () => {
        "number, provider, merchant, kind, own, object, contents, revision, version, state, tries, asks, \
         attempt, request, holder, due, why, created_at, since, changed_at"
    };
}

/// The columns of a post, as [`POST_COLUMNS`](row::POST_COLUMNS) lists them.
macro_rules! post_columns {
    () => {
        "number, provider, merchant, kind, reference, digest, content_type, body, state, times, subject, why, \
         arrived_at, changed_at"
    };
}

/// The columns of an expectation, as [`WATCH_COLUMNS`](row::WATCH_COLUMNS) lists them.
macro_rules! watch_columns {
    () => {
        "number, provider, merchant, kind, subject, version, state, asks, seen, holder, due, until, \
         created_at, changed_at"
    };
}

/// Stores a new entry.
macro_rules! insert {
    () => {
        "INSERT INTO kervan_writes (provider, merchant, kind, own, object, contents, revision, version, state, \
         tries, asks, attempt, request, holder, due, why, created_at, since, changed_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19) \
         ON CONFLICT DO NOTHING RETURNING number"
    };
}

/// Stores a changed entry.
macro_rules! replace {
    () => {
        concat!(
            "UPDATE kervan_writes SET provider = $2, merchant = $3, kind = $4, own = $5, object = $6, \
             contents = $7, revision = $8, version = $9, state = $10, tries = $11, asks = $12, attempt = $13, \
             request = $14, holder = $15, due = $16, why = $17, created_at = $18, since = $19, \
             changed_at = $20 WHERE number = $1 AND version = $9 - 1 AND ($21 = 0 OR NOT EXISTS \
             (SELECT 1 FROM kervan_writes AS other WHERE other.provider = $2 AND other.merchant = $3 \
             AND other.object = $6 AND other.number <> $1 AND other.",
            is_open!(),
            "))"
        )
    };
}

/// The condition for writes that have not ended.
macro_rules! is_open {
    () => {
        "state IN ('prepared', 'sending', 'unknown', 'needs_a_person')"
    };
}

mod due;
pub mod postgres;
mod watches;

pub use due::Due;

impl Dialect {
    /// Returns the statements that make the tables, where there are none.
    pub fn schema(self) -> Cow<'static, str> {
        let (number, bytes) = match self {
            Self::Sqlite => ("INTEGER PRIMARY KEY AUTOINCREMENT", "BLOB"),
            Self::Postgres => ("BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY", "BYTEA"),
        };
        include_str!("sql/schema.sql")
            .replace("{number}", number)
            .replace("{bytes}", bytes)
            .into()
    }

    fn statement(self, text: &'static str, parameters: Vec<Value>) -> Statement {
        let text = match self {
            Self::Sqlite => Cow::Owned(text.replace('$', "?")),
            Self::Postgres => Cow::Borrowed(text),
        };
        Statement { text, parameters }
    }

    /// Stores a new entry. It gives a row with its number, or none where the key is known or another write of
    /// the object is open; [`find`](Self::find) and [`open_of`](Self::open_of) then say which.
    ///
    /// # Errors
    ///
    /// Those of [`Entry::to_row`].
    pub fn insert(self, entry: &Entry) -> Result<Statement, StoreError> {
        let mut values = entry.to_row()?;
        values.remove(0);
        Ok(self.statement(insert!(), values))
    }

    /// Stores a changed entry. It changes one row, or none where somebody else was first or, for an entry
    /// that is open, another write of its object is; [`find`](Self::find) and [`open_of`](Self::open_of) then say
    /// which.
    ///
    /// # Errors
    ///
    /// Those of [`Entry::to_row`].
    pub fn replace(self, next: &Entry) -> Result<Statement, StoreError> {
        let mut values = next.to_row()?;
        values.push(Value::Integer(i64::from(next.state.is_open())));
        Ok(self.statement(replace!(), values))
    }

    /// Stores the line of history of a change, in the same transaction.
    ///
    /// # Errors
    ///
    /// Those of [`Past::to_row`].
    pub fn remember(self, entry: &Entry) -> Result<Statement, StoreError> {
        let mut values = Past::of(entry).to_row()?;
        values.push(Value::Integer(
            i64::try_from(entry.number).unwrap_or(i64::MAX),
        ));
        Ok(self.statement(
            "INSERT INTO kervan_history (version, revision, state, tries, why, changed_at, write_number) \
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
            values,
        ))
    }

    /// Finds the entry of a key.
    pub fn find(self, key: &Key) -> Statement {
        self.statement(
            concat!(
                "SELECT ",
                columns!(),
                " FROM kervan_writes WHERE provider = $1 AND merchant = $2 AND kind = $3 AND own = $4"
            ),
            of_key(key),
        )
    }

    /// Finds the open write of an entry's object.
    pub fn open_of(self, entry: &Entry) -> Statement {
        let account = &entry.key.account;
        self.statement(
            concat!(
                "SELECT ",
                columns!(),
                " FROM kervan_writes WHERE provider = $1 AND merchant = $2 AND object = $3 AND ",
                is_open!()
            ),
            vec![
                Value::Text(account.provider.clone()),
                Value::Text(account.merchant.clone()),
                Value::Text(entry.object.clone()),
            ],
        )
    }

    /// Finds entries to claim, in one transaction with what becomes of them. In PostgreSQL they are locked, and those
    /// that another claim has locked are skipped; in SQLite the transaction itself has to be immediate.
    pub fn due(self, claim: Claim<'_>) -> Due<'_> {
        Due::writes(self, claim)
    }

    /// Finds open entries with a number above `after`.
    pub fn open(self, after: u64, at_most: usize) -> Statement {
        self.statement(
            concat!(
                "SELECT ",
                columns!(),
                " FROM kervan_writes WHERE number > $1 AND ",
                is_open!(),
                " ORDER BY number LIMIT $2"
            ),
            vec![
                Value::Integer(i64::try_from(after).unwrap_or(i64::MAX)),
                limit(at_most),
            ],
        )
    }

    /// Finds the history of a write.
    pub fn history(self, key: &Key) -> Statement {
        self.statement(
            "SELECT past.version, past.revision, past.state, past.tries, past.why, past.changed_at \
             FROM kervan_history AS past JOIN kervan_writes AS written ON written.number = past.write_number \
             WHERE written.provider = $1 AND written.merchant = $2 AND written.kind = $3 \
             AND written.own = $4 ORDER BY past.version",
            of_key(key),
        )
    }

    /// Forgets the history of writes that ended before a time, then the writes. The second one's count of
    /// rows is how many.
    pub fn forget(self, ended_before: SystemTime) -> [Statement; 2] {
        let time = || vec![row::time(ended_before)];
        [
            self.statement(
                concat!(
                    "DELETE FROM kervan_history WHERE write_number IN (SELECT number FROM kervan_writes \
                     WHERE since < $1 AND NOT ",
                    is_open!(),
                    ")"
                ),
                time(),
            ),
            self.statement(
                concat!("DELETE FROM kervan_writes WHERE since < $1 AND NOT ", is_open!()),
                time(),
            ),
        ]
    }

    /// Stores a post, or counts one that came again. It gives the row as it is stored.
    ///
    /// # Errors
    ///
    /// Those of [`Post::to_row`].
    pub fn receive(self, post: &Post) -> Result<Statement, StoreError> {
        let mut values = post.to_row()?;
        values.remove(0);
        Ok(self.statement(
            concat!(
                "INSERT INTO kervan_posts (provider, merchant, kind, reference, digest, content_type, body, state, \
                 times, subject, why, arrived_at, changed_at) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) \
                 ON CONFLICT (provider, merchant, kind, digest) DO UPDATE SET \
                 times = kervan_posts.times + 1, changed_at = excluded.changed_at, \
                 body = CASE WHEN kervan_posts.state IN ('applied', 'repeated') \
                 THEN kervan_posts.body ELSE excluded.body END RETURNING ",
                post_columns!()
            ),
            values,
        ))
    }

    /// Makes a post applied. It changes one row, or none where it or another one of its subject is applied.
    pub fn apply(self, post: &Post) -> Statement {
        self.statement(
            "UPDATE kervan_posts SET state = 'applied', subject = $5, why = NULL, changed_at = $6 \
             WHERE number = $1 AND state <> 'applied' AND NOT EXISTS (SELECT 1 FROM kervan_posts AS other \
             WHERE other.provider = $2 AND other.merchant = $3 AND other.kind = $4 AND other.subject = $5 \
             AND other.state = 'applied')",
            of_post(post),
        )
    }

    /// Makes a post repeated, where another one of its subject is applied. It changes one row, or none where
    /// it is applied itself.
    pub fn repeat(self, post: &Post) -> Statement {
        let mut values = of_post(post);
        values.drain(1..5);
        self.statement(
            "UPDATE kervan_posts SET state = 'repeated', why = NULL, changed_at = $2 \
             WHERE number = $1 AND state <> 'applied'",
            values,
        )
    }

    /// Finds a post by its number.
    pub fn post(self, post: &Post) -> Statement {
        self.statement(
            concat!(
                "SELECT ",
                post_columns!(),
                " FROM kervan_posts WHERE number = $1"
            ),
            of_post(post).drain(..1).collect(),
        )
    }

    /// Makes a post rejected, unless it is applied.
    ///
    /// # Errors
    ///
    /// Those of [`Post::to_row`].
    pub fn reject(self, post: &Post) -> Result<Statement, StoreError> {
        let mut values = of_post(post);
        values.drain(1..5);
        values.push(row::json(post.why.as_ref())?);
        Ok(self.statement(
            "UPDATE kervan_posts SET state = 'rejected', why = $3, changed_at = $2 \
             WHERE number = $1 AND state = 'received'",
            values,
        ))
    }

    /// Finds posts that are received only.
    pub fn waiting(self, after: u64, at_most: usize) -> Statement {
        self.statement(
            concat!(
                "SELECT ",
                post_columns!(),
                " FROM kervan_posts WHERE state = 'received' AND number > $1 ORDER BY number LIMIT $2"
            ),
            vec![
                Value::Integer(i64::try_from(after).unwrap_or(i64::MAX)),
                limit(at_most),
            ],
        )
    }

    /// Forgets the bodies of posts that are no longer received only. Its count of rows is how many.
    pub fn forget_bodies(self, before: SystemTime) -> Statement {
        self.statement(
            "UPDATE kervan_posts SET body = NULL WHERE body IS NOT NULL AND state <> 'received' \
             AND changed_at < $1",
            vec![row::time(before)],
        )
    }
}

fn of_post(post: &Post) -> Vec<Value> {
    let text = |text: &String| Value::Text(text.clone());
    vec![
        Value::Integer(i64::try_from(post.number).unwrap_or(i64::MAX)),
        text(&post.account.provider),
        text(&post.account.merchant),
        text(&post.kind),
        post.subject.as_ref().map_or(Value::Null, text),
        row::time(post.changed_at),
    ]
}

fn of_key(key: &Key) -> Vec<Value> {
    let text = |text: &String| Value::Text(text.clone());
    let account = &key.account;
    vec![
        text(&account.provider),
        text(&account.merchant),
        text(&key.kind),
        text(&key.own),
    ]
}

fn limit(at_most: usize) -> Value {
    Value::Integer(i64::try_from(at_most).unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::State;

    #[test]
    fn the_statements_list_the_columns_and_the_open_states() {
        assert_eq!(columns!(), row::COLUMNS.join(", "));
        assert_eq!(post_columns!(), row::POST_COLUMNS.join(", "));
        assert_eq!(watch_columns!(), row::WATCH_COLUMNS.join(", "));
        let open: Vec<_> = State::ALL
            .into_iter()
            .filter(|state| state.is_open())
            .collect();
        let names: Vec<_> = open
            .iter()
            .map(|state| format!("'{}'", state.name()))
            .collect();
        assert_eq!(is_open!(), format!("state IN ({})", names.join(", ")));
    }
}
