//! The memory of a run of many orders, by which it continues after it died.
//!
//! [`Client::create_all`](crate::Client::create_all) writes `sending` before an order leaves the machine and
//! its result after the answer. A line that stays at `sending` is an order with an unknown outcome; a
//! continued run settles those before it sends anything else.

mod entry;
#[cfg(feature = "ledger")]
mod file;
mod memory;

pub use entry::{FailureReason, Fingerprint, Ledger, LedgerEntry, LedgerError, OrderState};
#[cfg(feature = "ledger")]
pub use file::{Durability, FileLedger, LedgerOpenError};
pub use memory::MemoryLedger;
