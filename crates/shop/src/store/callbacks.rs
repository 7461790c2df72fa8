//! Posts that arrived, as they came.

use kervan_core::Delivery;
use rusqlite::Connection;
use sha2::{Digest, Sha256};

use super::{Stored, millis};

/// Stores a post before anything is done with it, and returns its digest. Equal posts are one row.
pub(crate) fn keep(connection: &Connection, kind: &str, post: &Delivery) -> Stored<String> {
    let digest = Sha256::new_with_prefix(kind)
        .chain_update([0])
        .chain_update(&post.body)
        .finalize();
    let digest: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    connection.execute(
        "INSERT INTO callbacks (digest, kind, at, times, content_type, body) VALUES (?, ?, ?, 1, ?, ?)
         ON CONFLICT (digest) DO UPDATE SET times = times + 1",
        (&digest, kind, millis(post.arrived_at), post.content_type(), &post.body),
    )?;
    Ok(digest)
}

/// Stores what became of a post.
pub(crate) fn judge(connection: &Connection, digest: &str, verdict: &str) -> Stored<()> {
    connection.execute(
        "UPDATE callbacks SET verdict = ? WHERE digest = ?",
        (verdict, digest),
    )?;
    Ok(())
}

/// Returns kind, time, count and verdict of the latest posts.
pub(crate) fn latest(connection: &Connection) -> Stored<Vec<(String, i64, u32, Option<String>)>> {
    let mut statement = connection.prepare(
        "SELECT kind, at, times, verdict FROM callbacks ORDER BY at DESC, rowid DESC LIMIT 50",
    )?;
    let rows = statement.query_map([], |row| {
        Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
    })?;
    rows.collect()
}
