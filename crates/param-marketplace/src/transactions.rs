//! Transactions of the marketplace, as the service's own description offers them without a page.

mod trace;

pub use trace::{TraceTransactions, TracedTransactions, TransactionRow};
