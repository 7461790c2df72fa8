//! The sellers' shares of payments.

use super::{Row, Stored, Transaction};

#[derive(Clone, Debug)]
pub(crate) struct ShareRow {
    pub(crate) write: String,
    pub(crate) seller: i64,
    pub(crate) seller_name: String,
    pub(crate) entry: Option<String>,
}

impl ShareRow {
    fn of(row: &Row) -> Stored<Self> {
        Ok(Self {
            write: row.get("write")?,
            seller: row.get("seller")?,
            seller_name: row.get("seller_name")?,
            entry: row.get("entry")?,
        })
    }

    pub(crate) fn insert(
        store: &Transaction<'_>,
        write: &str,
        order: i64,
        seller: i64,
    ) -> Stored<()> {
        store.execute(
            "INSERT INTO shares (write, order_id, seller) VALUES ($1, $2, $3)
             ON CONFLICT (write) DO NOTHING",
            &[write.into(), order.into(), seller.into()],
        )?;
        Ok(())
    }

    pub(crate) fn entered(store: &Transaction<'_>, write: &str, entry: &str) -> Stored<()> {
        store.execute(
            "UPDATE shares SET entry = $1 WHERE write = $2",
            &[entry.into(), write.into()],
        )?;
        Ok(())
    }

    pub(crate) fn of_order(store: &Transaction<'_>, order: i64) -> Stored<Vec<Self>> {
        store.rows("SELECT shares.*, sellers.name AS seller_name FROM shares JOIN sellers ON sellers.id = seller
             WHERE order_id = $1 ORDER BY shares.id", &[order.into()], Self::of)
    }
}
