//! The choices of a world.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::dialect::Dialect;

/// The choices of a world.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct Settings {
    /// The key that every call but `serviceControl` needs in its header `processKey`.
    pub process_key: String,
    /// The account codes that Horoz knows, for senders and recipients.
    pub accounts: BTreeSet<i64>,
    /// The pairs of `listCounties`. Default: the 973 of the country.
    pub places: Places,
    /// How the wire spells things where the pages leave it open.
    pub dialect: Dialect,
    /// How long tracking refuses to answer again for the same order, in milliseconds. Default: one
    /// hour, as one public web shop waits; the page itself shows no figure.
    pub tracking_pause: i64,
    /// How parcels move on. Default: by hand.
    pub progress: Progress,
    /// Whether the caller's address is on Horoz' list. Otherwise every call is answered with a page
    /// and status 403.
    pub is_address_allowed: bool,
    /// Whether `createBarcode` takes orders of `createPaysSupplierShipping`. Default: no.
    pub labels_supplier_orders: bool,
    /// Whether the number of a cancelled order can be used again. Default: no.
    pub frees_cancelled_numbers: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            process_key: "0123456789abcdef0123456789abcdef".to_owned(),
            accounts: BTreeSet::from([77, 123_456, 801_452]),
            places: Places::All,
            dialect: Dialect::default(),
            tracking_pause: 3_600_000,
            progress: Progress::ByHand,
            is_address_allowed: true,
            labels_supplier_orders: false,
            frees_cancelled_numbers: false,
        }
    }
}

/// The pairs of `listCounties`, by which orders are checked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Places {
    /// All pairs of the country.
    All,
    /// Only these pairs of a province and a district: the list can lag behind the law.
    Only(Vec<(String, String)>),
}

/// How parcels move on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Progress {
    /// Only when a test says so.
    ByHand,
    /// To the delivery as soon as an order is made.
    AtOnce,
    /// One step every `n` milliseconds, goods acceptance included, by
    /// [`tick`](crate::Provider::tick).
    After(i64),
    /// One movement of an accepted order before every n-th tracking answer.
    AfterReads(u32),
}
