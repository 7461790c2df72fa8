//! Orders and their lines.

use std::collections::BTreeMap;

use kervan_ledger::{StoreError, StoreErrorKind};
use kervan_turkiye::Money;

use super::sellers::Product;
use super::{Installments, PaymentRow, Row, Stored, Transaction};

#[derive(Clone, Debug)]
pub(crate) struct Order {
    pub(crate) id: i64,
    pub(crate) number: String,
    pub(crate) at: i64,
    pub(crate) total: Money,
    pub(crate) buyer: String,
    pub(crate) phone: String,
}

#[derive(Clone, Debug)]
pub(crate) struct Line {
    pub(crate) seller: i64,
    pub(crate) seller_name: String,
    pub(crate) name: String,
    pub(crate) price: Money,
}

impl Order {
    fn of(row: &Row) -> Stored<Self> {
        Ok(Self {
            id: row.get("id")?,
            number: row.get("number")?,
            at: row.get("at")?,
            total: row.get("total")?,
            buyer: row.get("buyer")?,
            phone: row.get("phone")?,
        })
    }

    /// Stores an order, and returns its id. One form makes one order.
    pub(crate) fn insert(
        store: &Transaction<'_>,
        form: &str,
        (buyer, phone): (&str, &str),
        (products, total): (&[Product], Money),
        now: i64,
    ) -> Stored<i64> {
        let id = |row: &Row| row.get::<i64>("id");
        let form = form.into();
        let known = "SELECT id FROM orders WHERE form = $1";
        if let Some(known) = store.row(known, std::slice::from_ref(&form), id)? {
            return Ok(known);
        }
        let count = "SELECT prefix, (SELECT count(*) FROM orders) AS orders FROM shop";
        let number = store.row(count, &[], |row| {
            let prefix: String = row.get("prefix")?;
            Ok(format!("{prefix}-{}", 1001 + row.get::<i64>("orders")?))
        })?;
        let total = total.kurus().into();
        let inserted = store.row(
            "INSERT INTO orders (number, form, at, total, buyer, phone) VALUES ($1, $2, $3, $4, $5, $6)
             RETURNING id",
            &[number.into(), form, now.into(), total, buyer.into(), phone.into()],
            id,
        )?;
        let id = inserted.ok_or_else(|| StoreError::new(StoreErrorKind::Other))?;
        for product in products {
            store.execute(
                "INSERT INTO lines (order_id, seller, name, price) VALUES ($1, $2, $3, $4)",
                &[
                    id.into(),
                    product.seller.into(),
                    (&product.name).into(),
                    product.price.kurus().into(),
                ],
            )?;
        }
        Ok(id)
    }

    pub(crate) fn find(store: &Transaction<'_>, id: i64) -> Stored<Option<Self>> {
        store.row("SELECT * FROM orders WHERE id = $1", &[id.into()], Self::of)
    }

    pub(crate) fn all(store: &Transaction<'_>) -> Stored<Vec<Self>> {
        store.rows(
            "SELECT * FROM orders ORDER BY id DESC LIMIT 200",
            &[],
            Self::of,
        )
    }

    /// Returns the orders that have more than one payment, by card and by HASO together.
    pub(crate) fn paid_twice(store: &Transaction<'_>) -> Stored<Vec<Self>> {
        let mut paid = BTreeMap::<i64, u32>::new();
        let cards = PaymentRow::paid_orders(store)?;
        for order in cards.into_iter().chain(Installments::active_orders(store)?) {
            *paid.entry(order).or_default() += 1;
        }
        let twice = paid.into_iter().filter(|(_, times)| *times > 1);
        let found = twice.filter_map(|(order, _)| Self::find(store, order).transpose());
        found.collect()
    }

    pub(crate) fn lines(&self, store: &Transaction<'_>) -> Stored<Vec<Line>> {
        store.rows(
            "SELECT lines.*, sellers.name AS seller_name FROM lines JOIN sellers ON sellers.id = seller
             WHERE order_id = $1 ORDER BY lines.id",
            &[self.id.into()],
            |row| {
                Ok(Line {
                    seller: row.get("seller")?,
                    seller_name: row.get("seller_name")?,
                    name: row.get("name")?,
                    price: row.get("price")?,
                })
            },
        )
    }
}
