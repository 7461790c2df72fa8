//! One order of a run, from before it is sent to its end.

use std::future::poll_fn;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::Poll;
use std::time::Duration;

use kervan_core::{Outcome, Settled};

use super::tasks::Task;
use super::{OrderResult, Plan};
use crate::codes::Kind;
use crate::ledger::{Entry, FailureReason, Ledger, LedgerError, OrderState};
use crate::{Client, CreateSupplierPaysOrder, Error};

/// What every order of a run shares.
pub(super) struct Run<'r, L: ?Sized> {
    pub(super) client: &'r Client,
    pub(super) ledger: &'r L,
    pub(super) plan: &'r Plan,
    pub(super) is_stopped: AtomicBool,
}

/// An order that has ended.
pub(super) struct Ended {
    pub(super) result: OrderResult,
    pub(super) said: Said,
    pub(super) failure: Option<LedgerError>,
}

/// What the end of an order says about the rest of the run.
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
    fn of(answer: &Attempt) -> Self {
        match answer {
            Ok(_) => Self::Answer,
            Err((_, Error::Rejected(no))) => match no.kind {
                Kind::WrongKey => Self::WrongKey,
                Kind::Unlisted => Self::Unlisted(no.code.clone()),
                _ => Self::Answer,
            },
            Err(_) => Self::Silence,
        }
    }
}

/// What became of an order, with the error where it is not there.
type Attempt = Result<OrderState, (OrderState, Error)>;

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
        let ended = |entry: Entry, said: Said, failure: Option<LedgerError>| Ended {
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
        let untried = Entry::new(contents, left).reason(FailureReason::stopped());
        let now = self.client.caller().host().steady();
        self.sleep(start.saturating_sub(now)).await;
        if self.is_stopped() {
            return ended(untried, Said::Untried, None);
        }
        let sending = Entry::new(contents, OrderState::Sending);
        if task == Task::Send
            && let Err(error) = self.ledger.record(&order.number, &sending).await
        {
            return ended(untried, Said::Untried, Some(error));
        }
        let answer = match task {
            Task::Settle => self.settle(order).await,
            _ => self.send(order).await,
        };
        let said = Said::of(&answer);
        let entry = match answer {
            Ok(state) => Entry::new(contents, state),
            Err((state, error)) => Entry::new(contents, state).reason(FailureReason::of(&error)),
        };
        let failure = self.ledger.record(&order.number, &entry).await.err();
        ended(entry, said, failure)
    }

    /// Sends an order that nobody has sent, and settles it when its outcome is unknown.
    async fn send(&self, order: &CreateSupplierPaysOrder) -> Attempt {
        let mut tried = 1;
        let unknown = loop {
            let (state, error) = match self.once(order).await {
                Ok(state) => return Ok(state),
                Err(failed) => failed,
            };
            if state == OrderState::Unknown {
                break error;
            }
            // Nothing left the machine, so this is no repeat.
            let is_unsent = state == OrderState::NotDone && matches!(&error, Error::Transport(_));
            if !is_unsent || !self.may_try_again(tried).await {
                return Err((state, error));
            }
            tried += 1;
        };
        self.pause(1).await;
        if self.is_stopped() {
            return Err((OrderState::Unknown, unknown));
        }
        match self.settle(order).await {
            // The first error says more than that of asking again, unless Horoz has spoken.
            Err((OrderState::Unknown, again)) if !matches!(again, Error::Rejected(_)) => {
                Err((OrderState::Unknown, unknown))
            }
            settled => settled,
        }
    }

    /// Sends an order for the first time.
    async fn once(&self, order: &CreateSupplierPaysOrder) -> Attempt {
        let Err(error) = self.client.create_supplier_pays_order(order).await else {
            return Ok(OrderState::Created);
        };
        let state = match (error.outcome(), &error) {
            // No try of this order came before, so the number is another order's.
            (_, Error::Rejected(no)) if no.kind == Kind::Duplicate => {
                if self.plan.trust_duplicates {
                    return Ok(OrderState::AlreadyThere);
                }
                OrderState::NumberTaken
            }
            (Outcome::Unknown, _) => OrderState::Unknown,
            (Outcome::NotDone, Error::Rejected(no)) if no.kind != Kind::WrongKey => {
                OrderState::Refused
            }
            (Outcome::NotDone, Error::Invalid(_)) => OrderState::Refused,
            (Outcome::NotDone, _) => OrderState::NotDone,
        };
        Err((state, error))
    }

    /// Finds out what became of an order that may have been sent.
    async fn settle(&self, order: &CreateSupplierPaysOrder) -> Attempt {
        let mut tried = 1;
        loop {
            let error = match self.client.settle_supplier_pays_order(order).await {
                Settled::Done(_) => return Ok(OrderState::Created),
                Settled::AlreadyDone => return Ok(OrderState::AlreadyThere),
                Settled::Refused(no) => {
                    return Err((OrderState::Refused, Error::Rejected(no)));
                }
                Settled::NotDone => return self.once(order).await,
                Settled::Open(error) => error,
            };
            // What Horoz says of the order now it would say again.
            let is_said = matches!(error, Error::Rejected(_));
            if is_said || !self.may_try_again(tried).await {
                return Err((OrderState::Unknown, error));
            }
            tried += 1;
        }
    }

    /// Waits before another try, unless there were enough of them.
    async fn may_try_again(&self, tried: u32) -> bool {
        if tried >= self.client.caller().config().retry.tries {
            return false;
        }
        self.pause(tried).await;
        !self.is_stopped()
    }

    async fn pause(&self, tried: u32) {
        let retry = &self.client.caller().config().retry;
        let pause = retry.first_pause.saturating_mul(1 << tried.min(16));
        self.sleep(pause.min(retry.longest_pause)).await;
    }

    /// Waits, until the run stops at the longest.
    async fn sleep(&self, pause: Duration) {
        if pause.is_zero() || self.is_stopped() {
            return;
        }
        let mut wait = self.client.caller().host().sleep(pause);
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
