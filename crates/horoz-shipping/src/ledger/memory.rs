//! A ledger that lives as long as the program.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use kervan_core::transport::BoxFuture;

use super::entry::{self, Ledger, LedgerEntry, LedgerError};
use crate::order::RequestNumber;

/// A ledger in memory: for tests, and for runs that need not survive the program.
#[derive(Debug, Default)]
pub struct MemoryLedger(Mutex<HashMap<RequestNumber, LedgerEntry>>);

impl MemoryLedger {
    /// Creates an empty ledger.
    pub fn new() -> Self {
        Self::default()
    }

    fn entries(&self) -> MutexGuard<'_, HashMap<RequestNumber, LedgerEntry>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Ledger for MemoryLedger {
    fn find<'a>(
        &'a self,
        number: &'a RequestNumber,
    ) -> BoxFuture<'a, Result<Option<LedgerEntry>, LedgerError>> {
        Box::pin(async move { Ok(self.entries().get(number).cloned()) })
    }

    fn open_orders(&self) -> BoxFuture<'_, Result<Vec<RequestNumber>, LedgerError>> {
        Box::pin(async move { Ok(entry::open_ones(&self.entries())) })
    }

    fn record<'a>(
        &'a self,
        number: &'a RequestNumber,
        entry: &'a LedgerEntry,
    ) -> BoxFuture<'a, Result<(), LedgerError>> {
        Box::pin(async move {
            self.entries().insert(number.clone(), entry.clone());
            Ok(())
        })
    }
}
