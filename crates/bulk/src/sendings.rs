//! How often a write may leave, by limits that other programs share.

use kervan_core::transport::BoxFuture;
use kervan_ledger::{Account, Allowed, Limit, Limits, StoreError, UseStore};

/// The limit of each write's sendings, whatever store keeps it.
pub(crate) struct Sendings<'r> {
    limits: Box<dyn Take + 'r>,
    limit: Limit,
}

trait Take: Send + Sync {
    fn take<'a>(
        &'a self,
        account: &'a Account,
        kind: &'a str,
        key: &'a str,
        limit: Limit,
    ) -> BoxFuture<'a, Result<Allowed, StoreError>>;
}

impl<U: UseStore> Take for &Limits<U> {
    fn take<'a>(
        &'a self,
        account: &'a Account,
        kind: &'a str,
        key: &'a str,
        limit: Limit,
    ) -> BoxFuture<'a, Result<Allowed, StoreError>> {
        Box::pin(Limits::take(self, account, kind, key, limit))
    }
}

impl<'r> Sendings<'r> {
    pub(crate) fn new<U: UseStore>(limits: &'r Limits<U>, limit: Limit) -> Self {
        Self {
            limits: Box::new(limits),
            limit,
        }
    }

    /// Counts a step of a write that may send it, where it may be made now.
    pub(crate) async fn take(
        &self,
        account: &Account,
        kind: &str,
        key: &str,
    ) -> Result<Allowed, StoreError> {
        self.limits.take(account, kind, key, self.limit).await
    }
}
