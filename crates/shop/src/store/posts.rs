//! What the shop says of the posts in the ledger's inbox.

use kervan_ledger::row::{POST_COLUMNS, listed};
use kervan_ledger::{Listed, Post};

use super::{Row, Stored, Transaction, json};
use crate::note::Note;

/// Stores what became of a post.
pub(crate) fn judge(store: &Transaction<'_>, post: u64, verdict: &Note) -> Stored<()> {
    let post = i64::try_from(post).unwrap_or(i64::MAX);
    store.execute(
        "INSERT INTO verdicts (post, verdict) VALUES ($1, $2)
         ON CONFLICT (post) DO UPDATE SET verdict = excluded.verdict",
        &[post.into(), json(verdict)?],
    )?;
    Ok(())
}

/// Stores what became of a post, unless it is applied: a late copy finds that there is nothing left to do.
pub(crate) fn judge_copy(store: &Transaction<'_>, post: u64, verdict: &Note) -> Stored<()> {
    let post = i64::try_from(post).unwrap_or(i64::MAX);
    store.execute(
        "INSERT INTO verdicts (post, verdict) VALUES ($1, $2)
         ON CONFLICT (post) DO UPDATE SET verdict = excluded.verdict WHERE NOT EXISTS
         (SELECT 1 FROM kervan_posts WHERE number = $1 AND state = 'applied')",
        &[post.into(), json(verdict)?],
    )?;
    Ok(())
}

/// A post, and what the shop says of it.
pub(crate) type Judged = (Post, Option<Note>);

/// Returns the latest posts. One that cannot be read does not hide the others.
pub(crate) fn latest(store: &Transaction<'_>) -> Stored<Vec<Listed<Judged>>> {
    let columns = POST_COLUMNS.map(|name| format!("kervan_posts.{name}"));
    let latest = format!(
        "SELECT {}, verdicts.verdict FROM kervan_posts
         LEFT JOIN verdicts ON verdicts.post = kervan_posts.number
         ORDER BY kervan_posts.number DESC LIMIT 50",
        columns.join(", ")
    );
    let read = |row: &Row| {
        let post = row.values_from(0).get(..POST_COLUMNS.len());
        let verdict = row.json("verdict")?;
        let post = listed(post.unwrap_or_default(), Post::from_row)?;
        Ok(post.map(|post| (post, verdict)))
    };
    store.rows(&latest, &[], read)
}
