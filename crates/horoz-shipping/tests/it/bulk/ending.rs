//! A store that ends after so many changes: it fails, or its program is killed.

use super::*;

/// The end of a store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// It fails from then on.
    Fails,
    /// Its program is killed before the next change.
    KilledBefore,
    /// Its program is killed when the last change is stored.
    KilledAfter,
}

/// Ends after so many changes.
pub(super) struct Ending<S>(pub(super) S, pub(super) End, pub(super) AtomicUsize);

impl<S: Store> Ending<S> {
    /// Makes a change, as long as one is left.
    async fn step<T>(&self, change: BoxFuture<'_, Result<T, StoreError>>) -> Result<T, StoreError> {
        let left = &self.2;
        let is_left = left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |n| n.checked_sub(1));
        match (is_left, self.1) {
            (Ok(1), End::KilledAfter) => {
                change.await?;
                std::future::pending().await
            }
            (Ok(_), _) => change.await,
            (Err(_), End::Fails) => Err(StoreError::new(StoreErrorKind::Full)),
            (Err(_), _) => std::future::pending().await,
        }
    }

    pub(super) fn is_over(&self) -> bool {
        self.2.load(Ordering::SeqCst) == 0
    }
}

impl<S: Store> Store for Ending<S> {
    type Along = S::Along;

    fn insert<'a>(
        &'a self,
        entry: &'a Entry,
        along: Option<Self::Along>,
    ) -> BoxFuture<'a, Result<Inserted, StoreError>> {
        Box::pin(async {
            self.step(Box::pin(async { self.0.insert(entry, along).await }))
                .await
        })
    }

    fn find<'a>(&'a self, key: &'a Key) -> BoxFuture<'a, Result<Option<Entry>, StoreError>> {
        self.0.find(key)
    }

    fn replace<'a>(
        &'a self,
        next: &'a Entry,
        along: Option<Self::Along>,
    ) -> BoxFuture<'a, Result<Replaced, StoreError>> {
        Box::pin(async {
            self.step(Box::pin(async { self.0.replace(next, along).await }))
                .await
        })
    }

    fn claim<'a>(&'a self, claim: Claim<'a>) -> BoxFuture<'a, Result<Vec<Entry>, StoreError>> {
        self.0.claim(claim)
    }

    fn open(
        &self,
        after: u64,
        at_most: usize,
    ) -> BoxFuture<'_, Result<Vec<Listed<Entry>>, StoreError>> {
        self.0.open(after, at_most)
    }

    fn history<'a>(&'a self, key: &'a Key) -> BoxFuture<'a, Result<Vec<Past>, StoreError>> {
        self.0.history(key)
    }

    fn forget(&self, before: SystemTime) -> BoxFuture<'_, Result<u64, StoreError>> {
        self.0.forget(before)
    }
}
