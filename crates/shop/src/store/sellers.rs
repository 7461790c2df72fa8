//! Sellers and their products.

use kervan_turkiye::Money;
use rusqlite::{Connection, OptionalExtension, Row};

use super::Stored;

#[derive(Clone, Debug)]
pub(crate) struct Seller {
    pub(crate) id: i64,
    pub(crate) name: String,
    pub(crate) attempt: String,
    pub(crate) key: Option<String>,
}

#[derive(Clone, Debug)]
pub(crate) struct Product {
    pub(crate) id: i64,
    pub(crate) seller: i64,
    pub(crate) seller_name: String,
    pub(crate) name: String,
    pub(crate) price: Money,
}

/// Reads an amount; one that is out of range counts as zero, which nothing accepts.
pub(super) fn money(kurus: i64) -> Money {
    Money::from_kurus(kurus).unwrap_or_default()
}

impl Seller {
    fn of(row: &Row<'_>) -> Stored<Self> {
        Ok(Self {
            id: row.get("id")?,
            name: row.get("name")?,
            attempt: row.get("attempt")?,
            key: row.get("key")?,
        })
    }

    pub(crate) fn insert(connection: &Connection, name: &str, attempt: &str) -> Stored<()> {
        connection.execute(
            "INSERT INTO sellers (name, attempt) VALUES (?, ?) ON CONFLICT (attempt) DO NOTHING",
            (name, attempt),
        )?;
        Ok(())
    }

    pub(crate) fn added(connection: &Connection, attempt: &str, key: &str) -> Stored<()> {
        connection.execute(
            "UPDATE sellers SET key = ? WHERE attempt = ?",
            (key, attempt),
        )?;
        Ok(())
    }

    pub(crate) fn all(connection: &Connection) -> Stored<Vec<Self>> {
        let mut statement = connection.prepare("SELECT * FROM sellers ORDER BY id")?;
        statement.query_map([], Self::of)?.collect()
    }

    pub(crate) fn find(connection: &Connection, id: i64) -> Stored<Option<Self>> {
        let mut statement = connection.prepare("SELECT * FROM sellers WHERE id = ?")?;
        statement.query_row([id], Self::of).optional()
    }
}

impl Product {
    pub(crate) fn insert(
        connection: &Connection,
        seller: i64,
        name: &str,
        price: Money,
    ) -> Stored<()> {
        connection.execute(
            "INSERT INTO products (seller, name, price) VALUES (?, ?, ?)",
            (seller, name, price.kurus()),
        )?;
        Ok(())
    }

    pub(crate) fn all(connection: &Connection) -> Stored<Vec<Self>> {
        let mut statement = connection.prepare(
            "SELECT products.*, sellers.name AS seller_name FROM products
             JOIN sellers ON sellers.id = seller ORDER BY products.id",
        )?;
        let rows = statement.query_map([], |row| {
            Ok(Self {
                id: row.get("id")?,
                seller: row.get("seller")?,
                seller_name: row.get("seller_name")?,
                name: row.get("name")?,
                price: money(row.get("price")?),
            })
        })?;
        rows.collect()
    }
}
