//! Parcels of orders, by carrier and number.

use rusqlite::{Connection, OptionalExtension, Row};
use serde::{Deserialize, Serialize};

use super::{Json, Stored};
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
    pub(crate) attempt: Option<String>,
    pub(crate) status: Option<Status>,
    pub(crate) asked_at: Option<i64>,
}

impl Parcel {
    fn of(row: &Row<'_>) -> Stored<Self> {
        Ok(Self {
            id: row.get("id")?,
            order: row.get("order_id")?,
            carrier: row.get("carrier")?,
            number: row.get("number")?,
            attempt: row.get("attempt")?,
            status: row.get::<_, Option<Json<_>>>("status")?.map(|json| json.0),
            asked_at: row.get("asked_at")?,
        })
    }

    pub(crate) fn insert(
        connection: &Connection,
        order: i64,
        (carrier, number): (&str, &str),
        attempt: Option<&str>,
    ) -> Stored<()> {
        connection.execute(
            "INSERT INTO parcels (order_id, carrier, number, attempt) VALUES (?, ?, ?, ?)
             ON CONFLICT DO UPDATE SET attempt = excluded.attempt",
            (order, carrier, number, attempt),
        )?;
        Ok(())
    }

    pub(crate) fn find(connection: &Connection, id: i64) -> Stored<Option<Self>> {
        let mut statement = connection.prepare("SELECT * FROM parcels WHERE id = ?")?;
        statement.query_row([id], Self::of).optional()
    }

    pub(crate) fn of_order(connection: &Connection, order: i64) -> Stored<Vec<Self>> {
        let mut statement =
            connection.prepare("SELECT * FROM parcels WHERE order_id = ? ORDER BY id")?;
        statement.query_map([order], Self::of)?.collect()
    }

    /// Stores the carrier's latest word.
    pub(crate) fn tracked(
        connection: &Connection,
        id: i64,
        status: &Status,
        now: i64,
    ) -> Stored<()> {
        connection.execute(
            "UPDATE parcels SET status = ?, asked_at = ? WHERE id = ?",
            (Json(status), now, id),
        )?;
        Ok(())
    }
}
