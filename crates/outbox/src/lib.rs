//! A shop's order and the write that it needs, in one transaction of [sqlx](with_sqlx) or [diesel](with_diesel).
//!
//! The ledger's own stores use rusqlite and tokio-postgres, and offer `insert` for their transactions. A shop
//! with another driver runs the ledger's statements by it, as these modules do, and a worker over the ledger's
//! own store sends the write. Copy the module that you need.

pub mod with_diesel;
pub mod with_sqlx;
