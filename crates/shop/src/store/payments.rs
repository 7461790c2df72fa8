//! Payments that were begun, each under a key of its own.

use kervan_settling::Attempt;
use kervan_turkiye::Money;
use param_marketplace::PaymentId;
use param_marketplace::payments::callback::ExpectedPayment;
use param_marketplace::payments::{PaidOrder, PaymentOrder};
use rusqlite::{Connection, OptionalExtension, Row};
use serde::{Deserialize, Serialize};

use super::{Json, Stored};
use crate::note::Note;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PaymentState {
    /// Nobody has seen the bank's page yet.
    Starting,
    /// The customer is on the bank's page, or has left it without a word.
    Waiting,
    /// The customer did not finish the bank's page for so long that nobody waits for it. The service is still
    /// asked.
    Left,
    /// The return is genuine, and the service has yet to confirm it.
    Verified,
    Paid,
    NotPaid,
    /// It did not begin.
    NotStarted,
    /// It may have begun, and nobody has seen its page.
    Abandoned,
}

impl PaymentState {
    const ALL: [(Self, &'static str); 8] = [
        (Self::Starting, "starting"),
        (Self::Waiting, "waiting"),
        (Self::Left, "left"),
        (Self::Verified, "verified"),
        (Self::Paid, "paid"),
        (Self::NotPaid, "not_paid"),
        (Self::NotStarted, "not_started"),
        (Self::Abandoned, "abandoned"),
    ];

    /// Returns whether only the service knows its end.
    pub(crate) fn is_asked_for(self) -> bool {
        matches!(self, Self::Waiting | Self::Left | Self::Verified)
    }

    pub(crate) fn name(self) -> &'static str {
        let mut all = Self::ALL.iter();
        all.find(|(state, _)| *state == self)
            .map_or("abandoned", |(_, name)| name)
    }

    fn of(name: &str) -> Self {
        let mut all = Self::ALL.iter();
        all.find(|(_, own)| *own == name)
            .map_or(Self::Abandoned, |(state, _)| *state)
    }
}

/// The values of a genuine return, with which the service is asked.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Verified {
    pub(crate) number: Option<PaymentId>,
    pub(crate) order: PaymentOrder,
    pub(crate) total: Money,
}

#[derive(Clone, Debug)]
pub(crate) struct PaymentRow {
    pub(crate) key: String,
    pub(crate) order: i64,
    pub(crate) at: i64,
    pub(crate) state: PaymentState,
    pub(crate) expected: Option<ExpectedPayment>,
    pub(crate) url: Option<String>,
    pub(crate) verified: Option<Verified>,
    pub(crate) paid: Option<PaidOrder>,
    pub(crate) ended_at: Option<i64>,
    pub(crate) asks: u32,
    pub(crate) due: Option<i64>,
    pub(crate) note: Option<Note>,
}

impl PaymentRow {
    /// Returns whether the customer may be on the bank's page, or has left it.
    pub(crate) fn is_on_a_page(&self) -> bool {
        matches!(self.state, PaymentState::Waiting | PaymentState::Left)
    }

    fn of(row: &Row<'_>) -> Stored<Self> {
        Ok(Self {
            key: row.get("key")?,
            order: row.get("order_id")?,
            at: row.get("at")?,
            state: PaymentState::of(&row.get::<_, String>("state")?),
            expected: row
                .get::<_, Option<Json<_>>>("expected")?
                .map(|json| json.0),
            url: row.get("url")?,
            verified: row
                .get::<_, Option<Json<_>>>("verified")?
                .map(|json| json.0),
            paid: row.get::<_, Option<Json<_>>>("paid")?.map(|json| json.0),
            ended_at: row.get("ended_at")?,
            asks: row.get("asks")?,
            due: row.get("due")?,
            note: row.get::<_, Option<Json<_>>>("note")?.map(|json| json.0),
        })
    }

    /// Stores a payment, unless its key is known.
    pub(crate) fn insert(connection: &Connection, key: &str, order: i64, now: i64) -> Stored<bool> {
        let inserted = connection.execute(
            "INSERT INTO payments (key, order_id, at, state) VALUES (?, ?, ?, 'starting')
             ON CONFLICT (key) DO NOTHING",
            (key, order, now),
        )?;
        Ok(inserted == 1)
    }

    pub(crate) fn find(connection: &Connection, key: &str) -> Stored<Option<Self>> {
        let mut statement = connection.prepare("SELECT * FROM payments WHERE key = ?")?;
        statement.query_row([key], Self::of).optional()
    }

    pub(crate) fn of_order(connection: &Connection, order: i64) -> Stored<Vec<Self>> {
        let mut statement =
            connection.prepare("SELECT * FROM payments WHERE order_id = ? ORDER BY rowid")?;
        statement.query_map([order], Self::of)?.collect()
    }

    /// Returns the order of each paid payment.
    pub(crate) fn paid_orders(connection: &Connection) -> Stored<Vec<i64>> {
        let mut statement =
            connection.prepare("SELECT order_id FROM payments WHERE state = 'paid'")?;
        statement.query_map([], |row| row.get(0))?.collect()
    }

    /// Returns the payments whose end is not known, the oldest first.
    pub(crate) fn going_on(connection: &Connection) -> Stored<Vec<Self>> {
        let mut statement = connection.prepare(
            "SELECT * FROM payments WHERE state IN ('starting', 'waiting', 'left', 'verified')
             ORDER BY rowid",
        )?;
        statement.query_map([], Self::of)?.collect()
    }

    /// Stores the attempt of a start, before it is sent.
    pub(crate) fn sending(connection: &Connection, key: &str, attempt: &Attempt) -> Stored<()> {
        connection.execute(
            "UPDATE payments SET attempt = ? WHERE key = ?",
            (Json(attempt), key),
        )?;
        Ok(())
    }

    /// Stores what its return has to say, before anybody sees the page.
    pub(crate) fn started(
        connection: &Connection,
        key: &str,
        (expected, url): (&ExpectedPayment, &str),
        due: i64,
    ) -> Stored<()> {
        connection.execute(
            "UPDATE payments SET state = 'waiting', expected = ?, url = ?, due = ? WHERE key = ?",
            (Json(expected), url, due, key),
        )?;
        Ok(())
    }

    /// Stores that only the service knows how it goes on.
    pub(crate) fn unseen(connection: &Connection, key: &str, due: i64) -> Stored<()> {
        connection.execute(
            "UPDATE payments SET state = 'waiting', due = ? WHERE key = ? AND state = 'starting'",
            (due, key),
        )?;
        Ok(())
    }

    /// Stores a genuine return, unless the payment is known to be paid.
    pub(crate) fn verified(
        connection: &Connection,
        key: &str,
        verified: &Verified,
        now: i64,
    ) -> Stored<()> {
        connection.execute(
            "UPDATE payments SET state = 'verified', verified = ?, asks = 0, due = ?
             WHERE key = ? AND state IN ('waiting', 'left', 'not_paid', 'abandoned')",
            (Json(verified), now, key),
        )?;
        Ok(())
    }

    /// Stores that the service calls it paid, which overrules whatever a browser has said since it was asked.
    pub(crate) fn paid(
        connection: &Connection,
        key: &str,
        paid: &PaidOrder,
        now: i64,
    ) -> Stored<()> {
        connection.execute(
            "UPDATE payments SET state = 'paid', paid = ?, ended_at = ?, due = NULL, note = NULL
             WHERE key = ? AND state <> 'paid'",
            (Json(paid), now, key),
        )?;
        Ok(())
    }

    /// Ends a payment that is not paid. A genuine return that says "paid" is not overruled.
    pub(crate) fn ended(
        connection: &Connection,
        key: &str,
        state: PaymentState,
        note: &Note,
        now: i64,
    ) -> Stored<()> {
        connection.execute(
            "UPDATE payments SET state = ?, note = ?, ended_at = ?, due = NULL
             WHERE key = ? AND state IN ('starting', 'waiting', 'left')",
            (state.name(), Json(note), now, key),
        )?;
        Ok(())
    }

    /// Stores when the service is asked next, unless a browser has brought the end since it was asked.
    pub(crate) fn ask_at(connection: &Connection, key: &str, due: i64, note: &Note) -> Stored<()> {
        connection.execute(
            "UPDATE payments SET asks = asks + 1, due = ?, note = ?
             WHERE key = ? AND state IN ('waiting', 'left', 'verified')",
            (due, Json(note), key),
        )?;
        Ok(())
    }

    /// Stores that nobody waits for the bank's page any more.
    pub(crate) fn left(connection: &Connection, key: &str) -> Stored<()> {
        connection.execute(
            "UPDATE payments SET state = 'left' WHERE key = ? AND state = 'waiting'",
            [key],
        )?;
        Ok(())
    }

    /// Ends the starts of a dead shop: nobody has seen their pages, and their cards are not stored.
    pub(crate) fn abandon(connection: &Connection, now: i64) -> Stored<()> {
        connection.execute(
            "UPDATE payments SET state = 'abandoned', ended_at = ? WHERE state = 'starting'",
            [now],
        )?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn note(english: &str) -> Note {
        Note::new(english, "")
    }

    #[test]
    fn the_services_word_overrules_a_return_that_came_while_it_was_asked() {
        let connection = Connection::open_in_memory().unwrap();
        connection
            .execute_batch(include_str!("schema.sql"))
            .unwrap();
        connection
            .pragma_update(None, "foreign_keys", false)
            .unwrap();
        let paid: PaidOrder = serde_json::from_str(
            r#"{"payment":7,"receipt":"3007300695","order":"KV-1","total":"10.01","net":"9.83"}"#,
        )
        .unwrap();
        let state = |key: &str| PaymentRow::find(&connection, key).unwrap().unwrap();
        for (key, end) in [
            ("KV-1-01", PaymentState::NotPaid),
            ("KV-1-02", PaymentState::Abandoned),
        ] {
            PaymentRow::insert(&connection, key, 1, 0).unwrap();
            PaymentRow::ended(&connection, key, end, &note("a return"), 1).unwrap();
            // An answer that decides nothing leaves no note behind.
            PaymentRow::ask_at(&connection, key, 2, &note("not yet")).unwrap();
            let ended = state(key);
            assert_eq!((ended.state, ended.due), (end, None));
            assert_eq!(ended.note, Some(note("a return")));
            PaymentRow::paid(&connection, key, &paid, 3).unwrap();
            assert_eq!(state(key).state, PaymentState::Paid);
        }
    }
}
