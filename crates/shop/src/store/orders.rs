//! Orders and their lines.

use std::collections::BTreeMap;

use kervan_turkiye::Money;
use rusqlite::{Connection, OptionalExtension, Row};

use super::sellers::{Product, money};
use super::{Installments, PaymentRow, Stored};

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
    fn of(row: &Row<'_>) -> Stored<Self> {
        Ok(Self {
            id: row.get("id")?,
            number: row.get("number")?,
            at: row.get("at")?,
            total: money(row.get("total")?),
            buyer: row.get("buyer")?,
            phone: row.get("phone")?,
        })
    }

    /// Stores an order, and returns its id. One form makes one order.
    pub(crate) fn insert(
        connection: &Connection,
        form: &str,
        (buyer, phone): (&str, &str),
        (products, total): (&[Product], Money),
        now: i64,
    ) -> Stored<i64> {
        let known = connection.query_row("SELECT id FROM orders WHERE form = ?", [form], |row| {
            row.get(0)
        });
        if let Some(id) = known.optional()? {
            return Ok(id);
        }
        let number: String = connection.query_row(
            "SELECT prefix || '-' || (1001 + (SELECT count(*) FROM orders)) FROM shop",
            [],
            |row| row.get(0),
        )?;
        connection.execute(
            "INSERT INTO orders (number, form, at, total, buyer, phone) VALUES (?, ?, ?, ?, ?, ?)",
            (number, form, now, total.kurus(), buyer, phone),
        )?;
        let id = connection.last_insert_rowid();
        for product in products {
            connection.execute(
                "INSERT INTO lines (order_id, seller, name, price) VALUES (?, ?, ?, ?)",
                (id, product.seller, &product.name, product.price.kurus()),
            )?;
        }
        Ok(id)
    }

    pub(crate) fn find(connection: &Connection, id: i64) -> Stored<Option<Self>> {
        let mut statement = connection.prepare("SELECT * FROM orders WHERE id = ?")?;
        statement.query_row([id], Self::of).optional()
    }

    pub(crate) fn all(connection: &Connection) -> Stored<Vec<Self>> {
        let mut statement =
            connection.prepare("SELECT * FROM orders ORDER BY id DESC LIMIT 200")?;
        statement.query_map([], Self::of)?.collect()
    }

    /// Returns the orders that have more than one payment, by card and by HASO together.
    pub(crate) fn paid_twice(connection: &Connection) -> Stored<Vec<Self>> {
        let mut paid = BTreeMap::<i64, u32>::new();
        let cards = PaymentRow::paid_orders(connection)?;
        for order in cards
            .into_iter()
            .chain(Installments::active_orders(connection)?)
        {
            *paid.entry(order).or_default() += 1;
        }
        let twice = paid.into_iter().filter(|(_, times)| *times > 1);
        let found = twice.filter_map(|(order, _)| Self::find(connection, order).transpose());
        found.collect()
    }

    pub(crate) fn lines(&self, connection: &Connection) -> Stored<Vec<Line>> {
        let mut statement = connection.prepare(
            "SELECT lines.*, sellers.name AS seller_name FROM lines JOIN sellers ON sellers.id = seller
             WHERE order_id = ? ORDER BY lines.rowid",
        )?;
        let rows = statement.query_map([self.id], |row| {
            Ok(Line {
                seller: row.get("seller")?,
                seller_name: row.get("seller_name")?,
                name: row.get("name")?,
                price: money(row.get("price")?),
            })
        })?;
        rows.collect()
    }
}
