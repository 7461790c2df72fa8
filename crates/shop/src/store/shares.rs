//! The sellers' shares of payments.

use rusqlite::{Connection, Row};

use super::Stored;

#[derive(Clone, Debug)]
pub(crate) struct ShareRow {
    pub(crate) attempt: String,
    pub(crate) seller: i64,
    pub(crate) seller_name: String,
    pub(crate) entry: Option<String>,
}

impl ShareRow {
    fn of(row: &Row<'_>) -> Stored<Self> {
        Ok(Self {
            attempt: row.get("attempt")?,
            seller: row.get("seller")?,
            seller_name: row.get("seller_name")?,
            entry: row.get("entry")?,
        })
    }

    pub(crate) fn insert(
        connection: &Connection,
        attempt: &str,
        order: i64,
        seller: i64,
    ) -> Stored<()> {
        connection.execute(
            "INSERT INTO shares (attempt, order_id, seller) VALUES (?, ?, ?)
             ON CONFLICT (attempt) DO NOTHING",
            (attempt, order, seller),
        )?;
        Ok(())
    }

    pub(crate) fn entered(connection: &Connection, attempt: &str, entry: &str) -> Stored<()> {
        connection.execute(
            "UPDATE shares SET entry = ? WHERE attempt = ?",
            (entry, attempt),
        )?;
        Ok(())
    }

    pub(crate) fn of_order(connection: &Connection, order: i64) -> Stored<Vec<Self>> {
        let mut statement = connection.prepare(
            "SELECT shares.*, sellers.name AS seller_name FROM shares JOIN sellers ON sellers.id = seller
             WHERE order_id = ? ORDER BY shares.rowid",
        )?;
        statement.query_map([order], Self::of)?.collect()
    }
}
