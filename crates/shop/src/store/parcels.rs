//! Parcels of orders, by carrier and number.

use kervan_ledger::{StoreError, StoreErrorKind};
use serde::{Deserialize, Serialize};

use super::{Row, Stored, Transaction, json};
use crate::note::Note;

/// The answer to the question where a parcel is.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Status {
    /// The carrier's word about the parcel.
    Said(Note),
    /// The carrier has nothing to say about it yet.
    NotYet(Note),
    /// The question failed.
    Failed(Note),
}

#[derive(Clone, Debug)]
pub(crate) struct Parcel {
    pub(crate) id: i64,
    pub(crate) order: i64,
    pub(crate) carrier: String,
    pub(crate) number: String,
    pub(crate) write: Option<String>,
    pub(crate) status: Option<Status>,
    pub(crate) asked_at: Option<i64>,
}

impl Parcel {
    fn of(row: &Row) -> Stored<Self> {
        Ok(Self {
            id: row.get("id")?,
            order: row.get("order_id")?,
            carrier: row.get("carrier")?,
            number: row.get("number")?,
            write: row.get("write")?,
            status: row.json("status")?,
            asked_at: row.get("asked_at")?,
        })
    }

    /// Stores a parcel, unless it is known.
    pub(crate) fn insert(
        store: &Transaction<'_>,
        order: i64,
        (carrier, number): (&str, &str),
        write: Option<&str>,
    ) -> Stored<Self> {
        let stored = store.row(
            "INSERT INTO parcels (order_id, carrier, number, write) VALUES ($1, $2, $3, $4)
             ON CONFLICT (order_id, carrier, number) DO UPDATE SET write = excluded.write RETURNING *",
            &[order.into(), carrier.into(), number.into(), write.into()],
            Self::of,
        )?;
        stored.ok_or_else(|| StoreError::new(StoreErrorKind::Other))
    }

    pub(crate) fn find(store: &Transaction<'_>, id: i64) -> Stored<Option<Self>> {
        store.row(
            "SELECT * FROM parcels WHERE id = $1",
            &[id.into()],
            Self::of,
        )
    }

    /// Finds the one that a write orders.
    pub(crate) fn of_write(store: &Transaction<'_>, write: &str) -> Stored<Option<Self>> {
        store.row(
            "SELECT * FROM parcels WHERE write = $1",
            &[write.into()],
            Self::of,
        )
    }

    pub(crate) fn of_order(store: &Transaction<'_>, order: i64) -> Stored<Vec<Self>> {
        store.rows(
            "SELECT * FROM parcels WHERE order_id = $1 ORDER BY id",
            &[order.into()],
            Self::of,
        )
    }

    /// Stores the carrier's latest word.
    pub(crate) fn tracked(
        store: &Transaction<'_>,
        id: i64,
        status: &Status,
        now: i64,
    ) -> Stored<()> {
        store.execute(
            "UPDATE parcels SET status = $1, asked_at = $2 WHERE id = $3",
            &[json(status)?, now.into(), id.into()],
        )?;
        Ok(())
    }
}
