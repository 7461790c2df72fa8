//! Transactions of the marketplace, which only the service's own description has, not its pages.

mod trace;

pub use trace::{TraceTransactions, TracedTransactions, TransactionRow};
