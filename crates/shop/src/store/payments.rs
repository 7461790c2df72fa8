//! Payments that were begun, each under a key of its own.

use kervan_settling::Attempt;
use kervan_turkiye::Money;
use param_marketplace::PaymentId;
use param_marketplace::payments::callback::ExpectedPayment;
use param_marketplace::payments::{PaidOrder, PaymentOrder};
use serde::{Deserialize, Serialize};

use super::{Row, Stored, Transaction, json};
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
    pub(crate) secret: String,
    pub(crate) state: PaymentState,
    pub(crate) expected: Option<ExpectedPayment>,
    pub(crate) url: Option<String>,
    pub(crate) verified: Option<Verified>,
    pub(crate) paid: Option<PaidOrder>,
    pub(crate) ended_at: Option<i64>,
    pub(crate) note: Option<Note>,
}

impl PaymentRow {
    /// Returns whether the customer may be on the bank's page, or has left it.
    pub(crate) fn is_on_a_page(&self) -> bool {
        matches!(self.state, PaymentState::Waiting | PaymentState::Left)
    }

    fn of(row: &Row) -> Stored<Self> {
        Ok(Self {
            key: row.get("key")?,
            order: row.get("order_id")?,
            at: row.get("at")?,
            secret: row.get("secret")?,
            state: PaymentState::of(&row.get::<String>("state")?),
            expected: row.json("expected")?,
            url: row.get("url")?,
            verified: row.json("verified")?,
            paid: row.json("paid")?,
            ended_at: row.get("ended_at")?,
            note: row.json("note")?,
        })
    }

    /// Stores a payment, unless its key is known.
    pub(crate) fn insert(
        store: &Transaction<'_>,
        key: &str,
        order: i64,
        (program, now): (i64, i64),
    ) -> Stored<bool> {
        let inserted = store.execute(
            "INSERT INTO payments (key, order_id, at, state, program, secret)
             VALUES ($1, $2, $3, 'starting', $4, $5) ON CONFLICT (key) DO NOTHING",
            &[
                key.into(),
                order.into(),
                now.into(),
                program.into(),
                super::secret(store)?.into(),
            ],
        )?;
        Ok(inserted == 1)
    }

    pub(crate) fn find(store: &Transaction<'_>, key: &str) -> Stored<Option<Self>> {
        store.row(
            "SELECT * FROM payments WHERE key = $1",
            &[key.into()],
            Self::of,
        )
    }

    pub(crate) fn by_secret(store: &Transaction<'_>, secret: &str) -> Stored<Option<Self>> {
        store.row(
            "SELECT * FROM payments WHERE secret = $1",
            &[secret.into()],
            Self::of,
        )
    }

    pub(crate) fn of_order(store: &Transaction<'_>, order: i64) -> Stored<Vec<Self>> {
        store.rows(
            "SELECT * FROM payments WHERE order_id = $1 ORDER BY id",
            &[order.into()],
            Self::of,
        )
    }

    /// Returns the order of each paid payment.
    pub(crate) fn paid_orders(store: &Transaction<'_>) -> Stored<Vec<i64>> {
        let paid = "SELECT order_id FROM payments WHERE state = 'paid'";
        store.rows(paid, &[], |row| row.get("order_id"))
    }

    /// Returns the payments whose end is not known, the oldest first.
    pub(crate) fn going_on(store: &Transaction<'_>) -> Stored<Vec<Self>> {
        store.rows(
            "SELECT * FROM payments WHERE state IN ('starting', 'waiting', 'left', 'verified')
             ORDER BY id",
            &[],
            Self::of,
        )
    }

    /// Stores the attempt of a start, before it is sent.
    pub(crate) fn sending(store: &Transaction<'_>, key: &str, attempt: &Attempt) -> Stored<()> {
        store.execute(
            "UPDATE payments SET attempt = $1 WHERE key = $2",
            &[json(attempt)?, key.into()],
        )?;
        Ok(())
    }

    /// Stores what its return has to say, before anybody sees the page.
    pub(crate) fn started(
        store: &Transaction<'_>,
        key: &str,
        (expected, url): (&ExpectedPayment, &str),
    ) -> Stored<()> {
        store.execute(
            "UPDATE payments SET state = 'waiting', expected = $1, url = $2 WHERE key = $3",
            &[json(expected)?, url.into(), key.into()],
        )?;
        Ok(())
    }

    /// Stores that only the service knows how it goes on.
    pub(crate) fn unseen(store: &Transaction<'_>, key: &str) -> Stored<()> {
        store.execute(
            "UPDATE payments SET state = 'waiting' WHERE key = $1 AND state = 'starting'",
            &[key.into()],
        )?;
        Ok(())
    }

    /// Stores a genuine return, unless the payment is known to be paid.
    pub(crate) fn verified(store: &Transaction<'_>, key: &str, verified: &Verified) -> Stored<()> {
        store.execute(
            "UPDATE payments SET state = 'verified', verified = $1
             WHERE key = $2 AND state IN ('waiting', 'left', 'not_paid', 'abandoned')",
            &[json(verified)?, key.into()],
        )?;
        Ok(())
    }

    /// Stores that the service calls it paid, which overrules whatever a browser has said since it was asked.
    pub(crate) fn paid(
        store: &Transaction<'_>,
        key: &str,
        paid: &PaidOrder,
        now: i64,
    ) -> Stored<()> {
        store.execute(
            "UPDATE payments SET state = 'paid', paid = $1, ended_at = $2, note = NULL
             WHERE key = $3 AND state <> 'paid'",
            &[json(paid)?, now.into(), key.into()],
        )?;
        Ok(())
    }

    /// Ends a payment that is not paid. A genuine return that says "paid" is not overruled.
    pub(crate) fn ended(
        store: &Transaction<'_>,
        key: &str,
        state: PaymentState,
        note: &Note,
        now: i64,
    ) -> Stored<()> {
        store.execute(
            "UPDATE payments SET state = $1, note = $2, ended_at = $3
             WHERE key = $4 AND state IN ('starting', 'waiting', 'left')",
            &[state.name().into(), json(note)?, now.into(), key.into()],
        )?;
        Ok(())
    }

    /// Stores the service's word, unless a browser has brought the end since it was asked.
    pub(crate) fn noted(store: &Transaction<'_>, key: &str, note: &Note) -> Stored<()> {
        store.execute(
            "UPDATE payments SET note = $1
             WHERE key = $2 AND state IN ('waiting', 'left', 'verified')",
            &[json(note)?, key.into()],
        )?;
        Ok(())
    }

    /// Stores that nobody waits for the bank's page any more.
    pub(crate) fn left(store: &Transaction<'_>, key: &str) -> Stored<()> {
        store.execute(
            "UPDATE payments SET state = 'left' WHERE key = $1 AND state = 'waiting'",
            &[key.into()],
        )?;
        Ok(())
    }

    /// Ends the starts of programs that are dead: nobody has seen their pages, and their cards are not stored.
    /// Returns whether any other program's are left.
    pub(crate) fn abandon(store: &Transaction<'_>, own: i64, now: i64) -> Stored<bool> {
        let others =
            "SELECT DISTINCT program FROM payments WHERE state = 'starting' AND program <> $1";
        let others: Vec<i64> = store.rows(others, &[own.into()], |row| row.get("program"))?;
        let mut are_left = false;
        for program in others {
            if !store.is_dead(program)? {
                are_left = true;
                continue;
            }
            store.execute(
                "UPDATE payments SET state = 'abandoned', ended_at = $1
                 WHERE state = 'starting' AND program = $2",
                &[now.into(), program.into()],
            )?;
        }
        Ok(are_left)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Store;

    fn note(english: &str) -> Note {
        Note::new(english, "")
    }

    #[tokio::test]
    async fn the_services_word_overrules_a_return_that_came_while_it_was_asked() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(
            &folder.path().join("shop.sqlite").display().to_string(),
            7 << 33,
        )
        .await
        .unwrap();
        let order = "INSERT INTO orders (number, form, at, total, buyer, phone)
                     VALUES ('KV-1', '1', 0, 1001, 'A', '1')";
        store.write(|store| store.execute(order, &[])).unwrap();
        let paid: PaidOrder = serde_json::from_str(
            r#"{"payment":7,"receipt":"3007300695","order":"KV-1","total":"10.01","net":"9.83"}"#,
        )
        .unwrap();
        let state = |key: &str| {
            let found = store.read(|store| PaymentRow::find(store, key));
            found.unwrap().unwrap()
        };
        let write = |change: &dyn Fn(&Transaction<'_>) -> Stored<()>| store.write(change).unwrap();
        for (key, end) in [
            ("KV-1-01", PaymentState::NotPaid),
            ("KV-1-02", PaymentState::Abandoned),
        ] {
            write(&|store| PaymentRow::insert(store, key, 1, (7, 0)).map(|_| ()));
            write(&|store| PaymentRow::ended(store, key, end, &note("a return"), 1));
            // An answer that decides nothing leaves no note behind.
            write(&|store| PaymentRow::noted(store, key, &note("not yet")));
            let ended = state(key);
            assert_eq!(ended.state, end);
            assert_eq!(ended.note, Some(note("a return")));
            write(&|store| PaymentRow::paid(store, key, &paid, 3));
            assert_eq!(state(key).state, PaymentState::Paid);
        }
    }
}
