//! One order of a run, from before it is sent to its end.

use std::future::poll_fn;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::Poll;
use std::time::Duration;

use kervan_core::Outcome;
use kervan_settling::{Attempt, Resumed, Why};
use kervan_wire::json;

use super::tasks::Task;
use super::{OrderResult, RunPlan};
use crate::client::Client;
use crate::codes::RejectionKind;
use crate::error::{Error, Settled};
use crate::ledger::{FailureReason, Ledger, LedgerEntry, LedgerError, OrderState};
use crate::rejection::Rejection;
use crate::supplier_pays::{CreateSupplierPaysOrder, CreatedSupplierPaysOrder};

/// The parts that every order of a run shares.
pub(super) struct Run<'r, L: ?Sized> {
    pub(super) client: &'r Client,
    pub(super) ledger: &'r L,
    pub(super) plan: &'r RunPlan,
    pub(super) is_stopped: AtomicBool,
}

/// An order that has ended.
pub(super) struct Ended {
    pub(super) result: OrderResult,
    pub(super) said: Said,
    pub(super) failure: Option<LedgerError>,
}

/// The consequence of an order's end for the rest of the run.
pub(super) enum Said {
    /// It was not tried.
    Untried,
    /// No answer of Horoz came.
    Silence,
    WrongKey,
    /// A code that is not listed.
    Unlisted(String),
    /// Anything else.
    Answer,
}

impl Said {
    fn by(error: &Error) -> Self {
        match error {
            Error::Rejected(no) => match no.kind {
                RejectionKind::WrongKey => Self::WrongKey,
                RejectionKind::Unlisted => Self::Unlisted(no.code.clone()),
                _ => Self::Answer,
            },
            _ => Self::Silence,
        }
    }
}

/// The progress of an order.
struct Reached {
    state: OrderState,
    reason: Option<FailureReason>,
    said: Said,
    /// The attempt that settles it, while it is open.
    attempt: Option<Attempt>,
}

impl Reached {
    /// Creates the progress of an order that exists.
    fn done(state: OrderState) -> Self {
        Self {
            state,
            reason: None,
            said: Said::Answer,
            attempt: None,
        }
    }

    fn failed(state: OrderState, error: &Error) -> Self {
        Self {
            state,
            reason: Some(FailureReason::of(error)),
            said: Said::by(error),
            attempt: None,
        }
    }

    /// Creates the progress of an order that may exist.
    fn open(reason: FailureReason, said: Said, attempt: Option<Attempt>) -> Self {
        Self {
            state: OrderState::Unknown,
            reason: Some(reason),
            said,
            attempt,
        }
    }
}

impl<L: Ledger + ?Sized> Run<'_, L> {
    pub(super) fn is_stopped(&self) -> bool {
        self.is_stopped.load(Ordering::Relaxed)
    }

    /// Brings one order to its end.
    pub(super) async fn one(
        &self,
        index: usize,
        order: &CreateSupplierPaysOrder,
        task: Task,
        start: Duration,
    ) -> Ended {
        let contents = order.fingerprint();
        let ended = |entry: LedgerEntry, said: Said, failure: Option<LedgerError>| Ended {
            result: OrderResult {
                index,
                number: order.number.clone(),
                state: entry.state,
                reason: entry.reason,
                earlier: false,
            },
            said,
            failure,
        };
        let left = match task {
            Task::Settle => OrderState::Unknown,
            _ => OrderState::NotDone,
        };
        let untried = LedgerEntry::new(contents, left).reason(FailureReason::stopped());
        let now = self.client.host().steady();
        self.sleep(start.saturating_sub(now)).await;
        if self.is_stopped() {
            return ended(untried, Said::Untried, None);
        }
        let reached = match task {
            Task::Settle => match self.ledger.find(&order.number).await {
                Ok(entry) => Ok(self
                    .settle(order, entry.and_then(|known| known.attempt))
                    .await),
                Err(error) => Err(error),
            },
            _ => self.send(order).await,
        };
        let reached = match reached {
            Ok(reached) => reached,
            Err(error) => return ended(untried, Said::Untried, Some(error)),
        };
        let entry = LedgerEntry {
            contents,
            state: reached.state,
            reason: reached.reason,
            attempt: reached.attempt,
        };
        let failure = self.ledger.record(&order.number, &entry).await.err();
        ended(entry, reached.said, failure)
    }

    /// Sends an order for the first time, and settles it when its outcome is unknown.
    async fn send(&self, order: &CreateSupplierPaysOrder) -> Result<Reached, LedgerError> {
        let mut tried = 1;
        let (attempt, unknown) = loop {
            let attempt = match self.client.prepare(order).await {
                Ok(attempt) => attempt,
                Err(error) => return Ok(self.refused(&error)),
            };
            let sending = LedgerEntry::new(order.fingerprint(), OrderState::Sending);
            let sending = sending.attempt(attempt.clone());
            self.ledger.record(&order.number, &sending).await?;
            let error = match self.client.send(order, &attempt).await {
                Ok(_) => return Ok(Reached::done(OrderState::Created)),
                Err(failed) => failed.error,
            };
            if error.outcome() == Outcome::Unknown {
                break (attempt, error);
            }
            // Nothing left the machine, so the next try is a first one too.
            let is_unsent = matches!(&error, Error::Transport(_) | Error::Unsent(_));
            if !is_unsent || !self.may_try_again(tried).await {
                return Ok(self.refused(&error));
            }
            tried += 1;
        };
        let open = Reached::open(
            FailureReason::of(&unknown),
            Said::by(&unknown),
            Some(attempt.clone()),
        );
        self.pause(1).await;
        if self.is_stopped() {
            return Ok(open);
        }
        let settled = self.settle(order, Some(attempt)).await;
        // The first error says more than that of asking again, unless Horoz has spoken.
        let is_silent = matches!(settled.said, Said::Silence);
        Ok(if settled.state == OrderState::Unknown && is_silent {
            open
        } else {
            settled
        })
    }

    /// Returns the progress of an order with a first try that was not done.
    fn refused(&self, error: &Error) -> Reached {
        let state = match error {
            // No try of this order came before, so the number is another order's.
            Error::Rejected(no) if no.kind == RejectionKind::NumberTaken => {
                if self.plan.trust_duplicates && self.plan.own_numbers {
                    return Reached::done(OrderState::AlreadyThere);
                }
                OrderState::NumberTaken
            }
            Error::Rejected(no) if no.kind == RejectionKind::WrongKey => OrderState::NotDone,
            Error::Rejected(_) | Error::Invalid(_) => OrderState::Refused,
            _ => OrderState::NotDone,
        };
        Reached::failed(state, error)
    }

    /// Settles an order that may have been sent.
    async fn settle(&self, order: &CreateSupplierPaysOrder, attempt: Option<Attempt>) -> Reached {
        let mut tried = 1;
        loop {
            let error = match self.resume(order, attempt.as_ref()).await {
                Ok(Settled::Done(_) | Settled::InState) => {
                    return Reached::done(OrderState::Created);
                }
                Ok(Settled::Exists) if self.plan.own_numbers => {
                    return Reached::done(OrderState::AlreadyThere);
                }
                Ok(Settled::Exists) => {
                    return Reached::open(FailureReason::exists(), Said::Answer, attempt);
                }
                Ok(Settled::Refused(no)) => {
                    return Reached::failed(OrderState::Refused, &Error::Rejected(no));
                }
                Ok(Settled::NotDone) => {
                    let reason = FailureReason::stopped();
                    return Reached::open(reason, Said::Untried, attempt);
                }
                Ok(Settled::Open(open)) => match open.why {
                    Why::Failed(error) => error,
                    _ => return Reached::open(FailureReason::stopped(), Said::Untried, attempt),
                },
                Err(error) => error,
            };
            // Horoz would give the same answer again.
            let is_said = matches!(error, Error::Rejected(_));
            if is_said || !self.may_try_again(tried).await {
                return Reached::open(FailureReason::of(&error), Said::by(&error), attempt);
            }
            tried += 1;
        }
    }

    /// Sends an order again that may have been sent, under its number and with its contents.
    ///
    /// The entry of an older ledger lacks an attempt. That of another day, or of a key that was exchanged
    /// since, differs from this request in its bytes. The contents are the same nevertheless, because their
    /// fingerprint is.
    async fn resume(
        &self,
        order: &CreateSupplierPaysOrder,
        attempt: Option<&Attempt>,
    ) -> Result<Settled<CreatedSupplierPaysOrder>, Error> {
        if let Some(attempt) = attempt {
            match self.client.resume(order, attempt).await {
                Ok(resumed) => return Ok(settled(resumed)),
                Err(failed) if is_of_another_day(&failed.error) => {}
                Err(failed) => return Err(failed.error),
            }
        }
        let fresh = self.client.prepare(order).await?;
        let resumed = self.client.resume(order, &as_stored(fresh)).await;
        resumed.map(settled).map_err(|failed| failed.error)
    }

    /// Waits before another try, and returns whether one is left.
    async fn may_try_again(&self, tried: u32) -> bool {
        if tried >= self.client.config().retry.tries {
            return false;
        }
        self.pause(tried).await;
        !self.is_stopped()
    }

    async fn pause(&self, tried: u32) {
        let retry = &self.client.config().retry;
        let pause = retry.first_pause.saturating_mul(1 << tried.min(16));
        self.sleep(pause.min(retry.longest_pause)).await;
    }

    /// Waits, at most until the run stops.
    async fn sleep(&self, pause: Duration) {
        if pause.is_zero() || self.is_stopped() {
            return;
        }
        let mut wait = self.client.host().sleep(pause);
        // Whenever an order ends, all that go on beside it are looked at again.
        poll_fn(|context| {
            if self.is_stopped() {
                Poll::Ready(())
            } else {
                wait.as_mut().poll(context)
            }
        })
        .await;
    }
}

fn settled(
    resumed: Resumed<CreatedSupplierPaysOrder, Rejection>,
) -> Settled<CreatedSupplierPaysOrder> {
    match resumed {
        Resumed::Settled(settled) => settled,
        Resumed::Prepared(_) => Settled::NotDone,
    }
}

fn is_of_another_day(error: &Error) -> bool {
    matches!(error, Error::Unsent(unsent) if unsent.reason() == "changed")
}

/// Returns the attempt as a store gives it back, so that it counts as sent.
fn as_stored(attempt: Attempt) -> Attempt {
    let stored = json::encode(&attempt).ok();
    let stored = stored.as_deref().and_then(|text| str::from_utf8(text).ok());
    stored
        .and_then(|text| json::from_stored(text).ok())
        .unwrap_or(attempt)
}
