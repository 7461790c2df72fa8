//! The shop over plain HTTP, at a sandbox in this process.

#![expect(
    clippy::unwrap_used,
    reason = "a helper of tests: there is nothing to test without it"
)]

use place_sqlite as place;

mod browser;
mod browser_walk;
mod callbacks;
mod clicks;
mod crashes;
mod database;
mod inbox;
mod injection;
mod languages;
mod ledger;
mod lost;
mod offers;
mod pages;
mod patience;
mod payment;
mod place_sqlite;
mod program;
mod server;
mod support;
mod twice;
mod unstored;
mod walk;
mod watching;
