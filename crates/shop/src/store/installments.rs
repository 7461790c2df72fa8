//! Orders that HASO pays in installments.

use haso_bnpl::PaidOrder;
use haso_bnpl::callbacks::OrderState;
use kervan_turkiye::Money;
use rusqlite::{Connection, OptionalExtension, Row};

use super::sellers::money;
use super::{Json, Stored};
use crate::note::Note;

#[derive(Clone, Debug)]
pub(crate) struct Installments {
    pub(crate) number: String,
    pub(crate) order: i64,
    pub(crate) secret: String,
    pub(crate) amount: Money,
    pub(crate) state: OrderState,
    pub(crate) attempt: Option<String>,
    pub(crate) paid: Option<PaidOrder>,
    /// Whether a browser was led to HASO.
    pub(crate) is_led: bool,
    /// The part that was given back.
    pub(crate) refunded: Money,
    pub(crate) has_failed: bool,
    pub(crate) due: Option<i64>,
    pub(crate) note: Option<Note>,
}

impl Installments {
    fn of(row: &Row<'_>) -> Stored<Self> {
        Ok(Self {
            number: row.get("number")?,
            order: row.get("order_id")?,
            secret: row.get("secret")?,
            amount: money(row.get("amount")?),
            state: row.get::<_, Json<_>>("state")?.0,
            attempt: row.get("attempt")?,
            paid: row.get::<_, Option<Json<_>>>("paid")?.map(|json| json.0),
            is_led: row.get("led")?,
            refunded: money(row.get("refunded")?),
            has_failed: row.get("failed")?,
            due: row.get("due")?,
            note: row.get::<_, Option<Json<_>>>("note")?.map(|json| json.0),
        })
    }

    /// Returns whether HASO pays it, as far as anybody knows, and all of it was not given back.
    pub(crate) fn is_active(&self) -> bool {
        let is_activated = matches!(self.state, OrderState::Activated(_));
        (self.paid.is_some() || is_activated) && !self.is_refunded()
    }

    /// Returns whether all of it was given back.
    pub(crate) fn is_refunded(&self) -> bool {
        self.refunded >= self.amount
    }

    /// Returns whether its customer has completed it, so that it may be active.
    pub(crate) fn is_completed(&self) -> bool {
        self.paid.is_some() || self.state != OrderState::Open
    }

    /// Returns whether its customer may complete it now.
    pub(crate) fn is_at_haso(&self) -> bool {
        !self.is_completed() && self.is_led && !self.has_failed
    }

    /// Stores an order before its form is shown, unless its number is known.
    pub(crate) fn insert(
        connection: &Connection,
        number: &str,
        order: i64,
        amount: Money,
    ) -> Stored<()> {
        connection.execute(
            "INSERT INTO installments (number, order_id, secret, amount, state) VALUES (?, ?, ?, ?, ?)
             ON CONFLICT (number) DO NOTHING",
            (number, order, super::secret(connection)?, amount.kurus(), Json(OrderState::Open)),
        )?;
        Ok(())
    }

    pub(crate) fn find(connection: &Connection, number: &str) -> Stored<Option<Self>> {
        let mut statement = connection.prepare("SELECT * FROM installments WHERE number = ?")?;
        statement.query_row([number], Self::of).optional()
    }

    pub(crate) fn by_secret(connection: &Connection, secret: &str) -> Stored<Option<Self>> {
        let mut statement = connection.prepare("SELECT * FROM installments WHERE secret = ?")?;
        statement.query_row([secret], Self::of).optional()
    }

    pub(crate) fn of_order(connection: &Connection, order: i64) -> Stored<Vec<Self>> {
        let mut statement =
            connection.prepare("SELECT * FROM installments WHERE order_id = ? ORDER BY rowid")?;
        statement.query_map([order], Self::of)?.collect()
    }

    /// Returns the order of each active one.
    pub(crate) fn active_orders(connection: &Connection) -> Stored<Vec<i64>> {
        let mut statement = connection.prepare("SELECT * FROM installments")?;
        let all = statement
            .query_map([], Self::of)?
            .collect::<Stored<Vec<_>>>()?;
        let active = all.iter().filter(|one| one.is_active());
        Ok(active.map(|one| one.order).collect())
    }

    /// Returns the activated orders whose plan was not read yet.
    pub(crate) fn going_on(connection: &Connection) -> Stored<Vec<Self>> {
        let mut statement = connection.prepare(
            "SELECT * FROM installments WHERE due IS NOT NULL AND paid IS NULL ORDER BY rowid",
        )?;
        statement.query_map([], Self::of)?.collect()
    }

    pub(crate) fn set_state(
        connection: &Connection,
        number: &str,
        state: &OrderState,
        attempt: Option<&str>,
        due: Option<i64>,
    ) -> Stored<()> {
        connection.execute(
            "UPDATE installments SET state = ?, attempt = ?, due = ? WHERE number = ?",
            (Json(state), attempt, due, number),
        )?;
        Ok(())
    }

    /// Stores that a form with a token was made, before the browser gets it.
    pub(crate) fn led(connection: &Connection, number: &str) -> Stored<()> {
        connection.execute(
            "UPDATE installments SET led = 1, failed = 0, note = NULL WHERE number = ?",
            [number],
        )?;
        Ok(())
    }

    /// Stores that its customer has left HASO's page.
    pub(crate) fn failed(connection: &Connection, number: &str) -> Stored<()> {
        connection.execute(
            "UPDATE installments SET failed = 1 WHERE number = ? AND paid IS NULL",
            [number],
        )?;
        Ok(())
    }

    pub(crate) fn noted(connection: &Connection, number: &str, note: &Note) -> Stored<()> {
        connection.execute(
            "UPDATE installments SET note = ? WHERE number = ?",
            (Json(note), number),
        )?;
        Ok(())
    }

    pub(crate) fn paid(connection: &Connection, number: &str, paid: &PaidOrder) -> Stored<()> {
        connection.execute(
            "UPDATE installments SET paid = ?, due = NULL, note = NULL WHERE number = ?",
            (Json(paid), number),
        )?;
        Ok(())
    }

    /// Adds what was given back.
    pub(crate) fn refunded(connection: &Connection, number: &str, part: Money) -> Stored<()> {
        connection.execute(
            "UPDATE installments SET refunded = refunded + ? WHERE number = ?",
            (part.kurus(), number),
        )?;
        Ok(())
    }

    pub(crate) fn ask_at(
        connection: &Connection,
        number: &str,
        due: i64,
        note: &Note,
    ) -> Stored<()> {
        connection.execute(
            "UPDATE installments SET due = ?, note = ? WHERE number = ?",
            (due, Json(note), number),
        )?;
        Ok(())
    }
}
