//! Posts that arrived, as they came.

use kervan_core::Delivery;
use rusqlite::Connection;
use sha2::{Digest, Sha256};

use super::{Json, Stored, hex, millis};
use crate::note::Note;

/// Stores a post before anything is done with it, and returns its digest. Equal posts are one row.
pub(crate) fn keep(connection: &Connection, kind: &str, post: &Delivery) -> Stored<String> {
    let digest = Sha256::new_with_prefix(kind)
        .chain_update([0])
        .chain_update(&post.body)
        .finalize();
    let digest = hex(&digest);
    connection.execute(
        "INSERT INTO callbacks (digest, kind, at, times, content_type, body) VALUES (?, ?, ?, 1, ?, ?)
         ON CONFLICT (digest) DO UPDATE SET times = times + 1",
        (&digest, kind, millis(post.arrived_at), post.content_type(), &post.body),
    )?;
    Ok(digest)
}

/// Stores what became of a post.
pub(crate) fn judge(connection: &Connection, digest: &str, verdict: &Note) -> Stored<()> {
    connection.execute(
        "UPDATE callbacks SET verdict = ? WHERE digest = ?",
        (Json(verdict), digest),
    )?;
    Ok(())
}

/// A post, without its contents.
pub(crate) struct Arrived {
    pub(crate) kind: String,
    pub(crate) at: i64,
    /// How often it came.
    pub(crate) times: u32,
    pub(crate) verdict: Option<Note>,
}

/// Returns the latest posts.
pub(crate) fn latest(connection: &Connection) -> Stored<Vec<Arrived>> {
    let mut statement = connection.prepare(
        "SELECT kind, at, times, verdict FROM callbacks ORDER BY at DESC, rowid DESC LIMIT 50",
    )?;
    let rows = statement.query_map([], |row| {
        Ok(Arrived {
            kind: row.get("kind")?,
            at: row.get("at")?,
            times: row.get("times")?,
            verdict: row.get::<_, Option<Json<_>>>("verdict")?.map(|json| json.0),
        })
    })?;
    rows.collect()
}
