//! Orders that HASO pays in installments.

use haso_bnpl::PaidOrder;
use haso_bnpl::callbacks::OrderState;
use kervan_turkiye::Money;

use super::{Row, Stored, Transaction, json};
use crate::note::Note;

#[derive(Clone, Debug)]
pub(crate) struct Installments {
    pub(crate) number: String,
    pub(crate) order: i64,
    pub(crate) secret: String,
    pub(crate) amount: Money,
    pub(crate) state: OrderState,
    pub(crate) write: Option<String>,
    pub(crate) paid: Option<PaidOrder>,
    /// Whether a browser was led to HASO.
    pub(crate) is_led: bool,
    /// The part that was given back.
    pub(crate) refunded: Money,
    pub(crate) has_failed: bool,
    pub(crate) note: Option<Note>,
}

impl Installments {
    fn of(row: &Row) -> Stored<Self> {
        Ok(Self {
            number: row.get("number")?,
            order: row.get("order_id")?,
            secret: row.get("secret")?,
            amount: row.get("amount")?,
            state: row.full_json("state")?,
            write: row.get("write")?,
            paid: row.json("paid")?,
            is_led: row.get("led")?,
            refunded: row.get("refunded")?,
            has_failed: row.get("failed")?,
            note: row.json("note")?,
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
        store: &Transaction<'_>,
        number: &str,
        order: i64,
        amount: Money,
    ) -> Stored<()> {
        store.execute(
            "INSERT INTO installments (number, order_id, secret, amount, state) VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (number) DO NOTHING",
            &[number.into(), order.into(), super::secret(store)?.into(), amount.kurus().into(), json(&OrderState::Open)?],
        )?;
        Ok(())
    }

    pub(crate) fn find(store: &Transaction<'_>, number: &str) -> Stored<Option<Self>> {
        store.row(
            "SELECT * FROM installments WHERE number = $1",
            &[number.into()],
            Self::of,
        )
    }

    /// Finds one whose state is decided in this transaction.
    pub(crate) fn to_change(store: &Transaction<'_>, number: &str) -> Stored<Option<Self>> {
        let end = store.to_change();
        let question = format!("SELECT * FROM installments WHERE number = $1{end}");
        store.row(&question, &[number.into()], Self::of)
    }

    pub(crate) fn by_secret(store: &Transaction<'_>, secret: &str) -> Stored<Option<Self>> {
        store.row(
            "SELECT * FROM installments WHERE secret = $1",
            &[secret.into()],
            Self::of,
        )
    }

    pub(crate) fn of_order(store: &Transaction<'_>, order: i64) -> Stored<Vec<Self>> {
        store.rows(
            "SELECT * FROM installments WHERE order_id = $1 ORDER BY id",
            &[order.into()],
            Self::of,
        )
    }

    /// Returns the order of each active one.
    pub(crate) fn active_orders(store: &Transaction<'_>) -> Stored<Vec<i64>> {
        let all = store.rows("SELECT * FROM installments", &[], Self::of)?;
        let active = all.iter().filter(|one| one.is_active());
        Ok(active.map(|one| one.order).collect())
    }

    pub(crate) fn set_state(
        store: &Transaction<'_>,
        number: &str,
        state: &OrderState,
        write: Option<&str>,
    ) -> Stored<()> {
        store.execute(
            "UPDATE installments SET state = $1, write = $2 WHERE number = $3",
            &[json(state)?, write.into(), number.into()],
        )?;
        Ok(())
    }

    /// Stores that a form with a token was made, before the browser gets it.
    pub(crate) fn led(store: &Transaction<'_>, number: &str) -> Stored<()> {
        store.execute(
            "UPDATE installments SET led = 1, failed = 0, note = NULL WHERE number = $1",
            &[number.into()],
        )?;
        Ok(())
    }

    /// Stores that its customer has left HASO's page.
    pub(crate) fn failed(store: &Transaction<'_>, number: &str) -> Stored<()> {
        store.execute(
            "UPDATE installments SET failed = 1 WHERE number = $1 AND paid IS NULL",
            &[number.into()],
        )?;
        Ok(())
    }

    pub(crate) fn noted(store: &Transaction<'_>, number: &str, note: &Note) -> Stored<()> {
        store.execute(
            "UPDATE installments SET note = $1 WHERE number = $2",
            &[json(note)?, number.into()],
        )?;
        Ok(())
    }

    pub(crate) fn paid(store: &Transaction<'_>, number: &str, paid: &PaidOrder) -> Stored<()> {
        store.execute(
            "UPDATE installments SET paid = $1, note = NULL WHERE number = $2",
            &[json(paid)?, number.into()],
        )?;
        Ok(())
    }

    /// Adds what was given back.
    pub(crate) fn refunded(store: &Transaction<'_>, number: &str, part: Money) -> Stored<()> {
        store.execute(
            "UPDATE installments SET refunded = refunded + $1 WHERE number = $2",
            &[part.kurus().into(), number.into()],
        )?;
        Ok(())
    }
}
