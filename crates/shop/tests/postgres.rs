//! The stories of the shop on PostgreSQL, by the tests that it passes on SQLite too.

#![expect(
    clippy::unwrap_used,
    reason = "a helper of tests: there is nothing to test without it"
)]

#[path = "it/callbacks.rs"]
mod callbacks;
#[path = "it/clicks.rs"]
mod clicks;
#[path = "it/crashes.rs"]
mod crashes;
#[path = "it/inbox.rs"]
mod inbox;
#[path = "it/ledger.rs"]
mod ledger;
#[path = "it/lost.rs"]
mod lost;
#[path = "it/offers.rs"]
mod offers;
#[path = "it/patience.rs"]
mod patience;
#[path = "it/payment.rs"]
mod payment;
#[path = "it/place_postgres.rs"]
mod place;
#[path = "it/place_sqlite.rs"]
mod place_sqlite;
#[expect(
    dead_code,
    unused_imports,
    reason = "the tests on SQLite use the rest of it"
)]
#[path = "it/support.rs"]
mod support;
#[path = "it/twice.rs"]
mod twice;
#[path = "it/unstored.rs"]
mod unstored;
#[path = "it/walk.rs"]
mod walk;
#[path = "it/watching.rs"]
mod watching;
