//! The loop that workers and watchers share.

use std::fmt;
use std::future::poll_fn;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::task::Poll;

use crate::store::StoreError;

/// A piece of work that failed. The next one is tried all the same.
#[derive(Debug)]
#[non_exhaustive]
pub enum WorkError {
    /// The store did not do what was asked.
    Store(StoreError),
    /// The shop's own step panicked. Its write or expectation goes on when the lease has ended, as after a crash,
    /// and the others go on meanwhile.
    Panicked {
        /// The kind and the shop's own name of it.
        of: String,
    },
}

impl From<StoreError> for WorkError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl fmt::Display for WorkError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Store(error) => error.fmt(f),
            Self::Panicked { of } => write!(f, "the step of {of} panicked"),
        }
    }
}

impl std::error::Error for WorkError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Store(error) => error.source(),
            Self::Panicked { .. } => None,
        }
    }
}

/// Runs a step of the shop's own. A panic ends the step, and not the worker, as in a task of its own.
pub(crate) async fn caught<T>(
    step: impl Future<Output = T>,
    of: impl FnOnce() -> String,
) -> Result<T, WorkError> {
    let mut step = pin!(step);
    let polled = poll_fn(|context| {
        // After a panic the step is not polled again, and nothing else sees its state.
        match catch_unwind(AssertUnwindSafe(|| step.as_mut().poll(context))) {
            Ok(Poll::Pending) => Poll::Pending,
            Ok(Poll::Ready(output)) => Poll::Ready(Some(output)),
            Err(_) => Poll::Ready(None),
        }
    });
    polled.await.ok_or_else(|| WorkError::Panicked { of: of() })
}

/// Does one piece of work after the other, with a pause where there was nothing to do, until `stop` ends.
pub(crate) async fn until_stopped<F, P>(
    stop: impl Future<Output = ()>,
    pause: impl Fn() -> P,
    mut failed: impl FnMut(WorkError),
    work: impl Fn() -> F,
) where
    F: Future<Output = Result<bool, WorkError>>,
    P: Future<Output = ()>,
{
    let working = async {
        loop {
            let had_work = work().await.unwrap_or_else(|error| {
                failed(error);
                false
            });
            if !had_work {
                pause().await;
            }
        }
    };
    either(stop, working).await;
}

/// Waits for the first of two futures.
pub(crate) async fn either(first: impl Future<Output = ()>, second: impl Future<Output = ()>) {
    let (mut first, mut second) = (pin!(first), pin!(second));
    poll_fn(|context| match first.as_mut().poll(context) {
        Poll::Ready(()) => Poll::Ready(()),
        Poll::Pending => second.as_mut().poll(context),
    })
    .await;
}
