//! The choices of a world.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::dialect::Dialect;

/// The choices of a world.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct Settings {
    /// The merchant's number.
    pub merchant: String,
    /// The key of the HMAC in `requestToken`.
    pub merchant_key: String,
    /// The salt that ends each signed text.
    pub merchant_salt: String,
    /// The address before the pages that a browser is sent to, without a slash at its end. It ends in
    /// `/page`.
    pub pages: String,
    /// How an opened form comes to its end. Default: at once; by hand in a world of the server.
    pub completion: Completion,
    /// How long a form token is valid, in milliseconds. Default: 30 minutes.
    pub token_life: i64,
    /// How long the address of a limit page is valid, in milliseconds. Default: 30 minutes.
    pub address_life: i64,
    /// The installments of an order made by the browser. Default: 2.
    pub installments: u32,
    /// The fee on an order's amount. Default: 6.1 %.
    pub fee_rate: Decimal,
    /// The limit that a new customer gets in lira. Default: 10,000.
    pub first_limit: Decimal,
    /// The pause between two tries of a callback, in milliseconds. Default: one minute. HASO's page shows
    /// neither a pause nor a maximum.
    pub callback_pause: i64,
    /// How often a callback is tried at most, the first time included. Default: 10.
    pub callback_tries: u32,
    /// How the wire spells things where the pages leave it open.
    pub dialect: Dialect,
    /// Whether the plan of an order is served before its activation. Default: no.
    pub serves_waiting_plans: bool,
    /// How many calls of `AskKkbReportResult` are answered "no report yet". Default: 0.
    pub report_after: u32,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            merchant: "1001".to_owned(),
            merchant_key: "demo-merchant-key".to_owned(),
            merchant_salt: "demo-merchant-salt".to_owned(),
            pages: "https://haso.example/page".to_owned(),
            completion: Completion::AtOnce,
            token_life: 30 * 60_000,
            address_life: 30 * 60_000,
            installments: 2,
            fee_rate: Decimal::new(61, 3),
            first_limit: Decimal::from(10_000),
            callback_pause: 60_000,
            callback_tries: 10,
            dialect: Dialect::default(),
            serves_waiting_plans: false,
            report_after: 0,
        }
    }
}

/// How an opened form comes to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Completion {
    /// The customer completes it with the form itself.
    AtOnce,
    /// The customer completes it after `n` milliseconds, by [`tick`](crate::Provider::tick).
    After(i64),
    /// Only when a test or a page says so.
    ByHand,
}
