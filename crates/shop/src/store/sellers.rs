//! Sellers and their products.

use kervan_turkiye::Money;

use super::{Row, Stored, Transaction};

#[derive(Clone, Debug)]
pub(crate) struct Seller {
    pub(crate) id: i64,
    pub(crate) name: String,
    pub(crate) write: String,
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

impl Seller {
    fn of(row: &Row) -> Stored<Self> {
        Ok(Self {
            id: row.get("id")?,
            name: row.get("name")?,
            write: row.get("write")?,
            key: row.get("key")?,
        })
    }

    /// Stores a seller, or the corrected name of one that was refused.
    pub(crate) fn insert(store: &Transaction<'_>, name: &str, write: &str) -> Stored<()> {
        store.execute(
            "INSERT INTO sellers (name, write) VALUES ($1, $2) ON CONFLICT (write) DO UPDATE SET name = excluded.name",
            &[name.into(), write.into()],
        )?;
        Ok(())
    }

    pub(crate) fn added(store: &Transaction<'_>, write: &str, key: &str) -> Stored<()> {
        store.execute(
            "UPDATE sellers SET key = $1 WHERE write = $2",
            &[key.into(), write.into()],
        )?;
        Ok(())
    }

    pub(crate) fn all(store: &Transaction<'_>) -> Stored<Vec<Self>> {
        store.rows("SELECT * FROM sellers ORDER BY id", &[], Self::of)
    }

    pub(crate) fn find(store: &Transaction<'_>, id: i64) -> Stored<Option<Self>> {
        store.row(
            "SELECT * FROM sellers WHERE id = $1",
            &[id.into()],
            Self::of,
        )
    }
}

impl Product {
    pub(crate) fn insert(
        store: &Transaction<'_>,
        seller: i64,
        name: &str,
        price: Money,
    ) -> Stored<()> {
        store.execute(
            "INSERT INTO products (seller, name, price) VALUES ($1, $2, $3)",
            &[seller.into(), name.into(), price.kurus().into()],
        )?;
        Ok(())
    }

    pub(crate) fn all(store: &Transaction<'_>) -> Stored<Vec<Self>> {
        store.rows(
            "SELECT products.*, sellers.name AS seller_name FROM products
             JOIN sellers ON sellers.id = seller ORDER BY products.id",
            &[],
            |row| {
                Ok(Self {
                    id: row.get("id")?,
                    seller: row.get("seller")?,
                    seller_name: row.get("seller_name")?,
                    name: row.get("name")?,
                    price: row.get("price")?,
                })
            },
        )
    }
}
