//! One write of a run, from before it is sent to its end.

use std::future::poll_fn;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::Poll;
use std::time::Duration;

use kervan_core::{Error, ErrorOf, Outcome, Rejection, RejectionOf};
use kervan_ledger::{
    Allowed, Begun, ChangeError, Entry, Held, Misplaced, State, Store, StoreError, WriteError,
};
use kervan_settling::{Many, RefusalOf};

use crate::plan::RunPlan;
use crate::report::{BulkResult, BulkState, FailureReason, LIMIT, RunError, refusal_of};
use crate::run::{Bulk, SettingsOf};
use crate::tasks::{Planned, Task, task_of};
use crate::watch::Said;

/// The parts that every write of a run shares.
pub(crate) struct Run<'r, O: Many, S> {
    pub(crate) bulk: &'r Bulk<'r, S, SettingsOf<O>>,
    pub(crate) plan: &'r RunPlan,
    pub(crate) is_stopped: AtomicBool,
}

/// A write that has ended.
pub(crate) struct Ended {
    pub(crate) result: BulkResult,
    pub(crate) said: Said,
    pub(crate) failure: Option<StoreError>,
}

/// The progress of a write.
struct Reached {
    state: BulkState,
    reason: Option<FailureReason>,
    said: Said,
    failure: Option<StoreError>,
    /// Whether the ledger knew it.
    is_earlier: bool,
}

impl Reached {
    fn new(state: BulkState, reason: Option<FailureReason>, said: Said) -> Self {
        Self {
            state,
            reason,
            said,
            failure: None,
            is_earlier: false,
        }
    }

    /// Creates the progress of a write that was not tried.
    fn untried(state: BulkState, why: &str) -> Self {
        Self::new(state, Some(FailureReason::plain(why)), Said::Untried)
    }

    /// Creates the progress of a write that another program works on.
    fn held() -> Self {
        Self::untried(BulkState::Unknown, "held")
    }

    fn failed(mut self, cause: StoreError) -> Self {
        self.failure = Some(cause);
        self
    }

    fn earlier(mut self) -> Self {
        self.is_earlier = true;
        self
    }
}

/// A write that this run goes on with, or that has ended.
enum Taken {
    Held(Box<Held>),
    Ended(Reached),
}

/// The result of one step.
enum Stepped {
    Ended(Reached),
    /// It is still open or not done, and may be tried again.
    Again {
        reached: Reached,
        entry: Box<Entry>,
        /// Whether the provider would give the same answer again.
        is_said: bool,
    },
}

impl<O: Many, S: Store> Run<'_, O, S> {
    pub(crate) fn is_stopped(&self) -> bool {
        self.is_stopped.load(Ordering::Relaxed)
    }

    fn settings(&self) -> &SettingsOf<O> {
        self.bulk.client.settings()
    }

    /// Returns the result of a write that an earlier run has ended, or that is left out.
    pub(crate) async fn tell(
        &self,
        index: usize,
        planned: &Planned,
    ) -> Result<Option<BulkResult>, RunError> {
        let reached = match planned.task {
            Task::Settle | Task::Send => return Ok(None),
            Task::Changed | Task::Another => Reached::untried(BulkState::Unknown, "changed"),
            Task::Tell => {
                let key = self.bulk.account.key(O::KIND, &*planned.key);
                // It was there a moment ago; should it be gone, nothing is known of the write.
                match self.bulk.ledger.find(&key).await? {
                    Some(entry) => self.of_entry(&entry, Said::Untried),
                    None => Reached::new(BulkState::Unknown, None, Said::Untried),
                }
            }
        };
        let reached = reached.earlier();
        Ok(Some(result(index, planned.key.clone(), &reached)))
    }

    /// Brings one write to its end.
    pub(crate) async fn one(&self, index: usize, write: &O, task: Task, start: Duration) -> Ended {
        let now = self.bulk.client.host().steady();
        self.sleep(start.saturating_sub(now)).await;
        let reached = if self.is_stopped() {
            let left = match task {
                Task::Settle => BulkState::Unknown,
                _ => BulkState::NotDone,
            };
            Reached::untried(left, "stopped")
        } else if let Some(reached) = self.beyond_limit(write, task).await {
            reached
        } else {
            match self.take(write, task).await {
                Taken::Held(held) => self.go_on(write, *held).await,
                Taken::Ended(reached) => reached,
            }
        };
        Ended {
            result: result(index, write.key(), &reached),
            said: reached.said,
            failure: reached.failure,
        }
    }

    /// Counts a step that may send a write. Returns its progress where it must not leave again.
    async fn beyond_limit(&self, write: &O, task: Task) -> Option<Reached> {
        let sendings = self.bulk.sendings.as_ref()?;
        let left = match task {
            Task::Settle => BulkState::Unknown,
            _ => BulkState::NotDone,
        };
        let key = write.key();
        match sendings.take(self.bulk.account, O::KIND, &key).await {
            Ok(Allowed::Now) => None,
            Ok(Allowed::NeverAgain) => Some(Reached::untried(left, LIMIT)),
            Ok(Allowed::NotBefore(_)) => Some(Reached::untried(left, "too_soon")),
            Err(cause) => Some(Reached::untried(left, "stopped").failed(cause)),
        }
    }

    /// Takes a write, as it is in the ledger by now: another run may have gone on with it.
    async fn take(&self, write: &O, task: Task) -> Taken {
        /// How often another program may change it while this one reads it.
        const LOOKS: usize = 8;
        let ledger = &self.bulk.ledger;
        for _ in 0..LOOKS {
            let Some(new) = self.bulk.entry(write) else {
                let unsent = Reached::untried(BulkState::NotDone, "invalid");
                return Taken::Ended(unsent);
            };
            let (begun, unsure) = match task {
                Task::Settle => {
                    let found = ledger.find(&new.key).await;
                    (
                        found.map(|known| known.map(Begun::Known)),
                        BulkState::Unknown,
                    )
                }
                _ => (
                    ledger.begin(new.clone()).await.map(Some),
                    BulkState::NotDone,
                ),
            };
            let known = match begun {
                Ok(Some(Begun::New(held))) => return self.first(write, held).await,
                Ok(Some(Begun::Known(known))) => known,
                Ok(Some(Begun::Taken(_)) | None) => return Taken::Ended(Reached::held()),
                Err(cause) => {
                    let unread = Reached::untried(unsure, "stopped");
                    return Taken::Ended(unread.failed(cause));
                }
            };
            let is_new = known.state == State::Prepared && known.contents == new.contents;
            let task = task_of::<O>(&known, &new.contents, self.plan, self.settings());
            let held = match task {
                Task::Tell => {
                    let reached = self.of_entry(&known, Said::Untried);
                    return Taken::Ended(reached.earlier());
                }
                Task::Changed | Task::Another => {
                    let reached = Reached::untried(BulkState::Unknown, "changed");
                    return Taken::Ended(reached.earlier());
                }
                Task::Settle => ledger.hold(&known).await,
                Task::Send if is_new => ledger.hold(&known).await,
                Task::Send => match ledger.revise(&known, new).await {
                    Ok(revised) => ledger.hold(&revised).await,
                    Err(error) => Err(error),
                },
            };
            match held {
                Ok(held) if task == Task::Send => return self.first(write, held).await,
                Ok(held) => return Taken::Held(Box::new(held)),
                Err(ChangeError::Store { cause, .. }) => {
                    let reached = self.of_entry(&known, Said::Untried);
                    return Taken::Ended(reached.failed(cause));
                }
                Err(ChangeError::Misplaced {
                    why: Misplaced::Held { .. },
                    ..
                }) => return Taken::Ended(Reached::held()),
                Err(_) => {}
            }
        }
        Taken::Ended(Reached::held())
    }

    /// Takes a write whose next try is its first, as far as the ledger knows.
    async fn first(&self, write: &O, held: Held) -> Taken {
        if !(self.plan.trust_duplicates && self.plan.own_keys) {
            return Taken::Held(Box::new(held));
        }
        let ledger = &self.bulk.ledger;
        match ledger.suppose_sent(self.bulk.client, held, write).await {
            Ok(held) => Taken::Held(Box::new(held)),
            Err(error) => match self.of_error(error) {
                Stepped::Ended(reached) | Stepped::Again { reached, .. } => Taken::Ended(reached),
            },
        }
    }

    /// Sends or settles a write, as often as the client's limits allow.
    async fn go_on(&self, write: &O, mut held: Held) -> Reached {
        let (bulk, mut tried) = (self.bulk, 1);
        // The failure of the first try, where its outcome is not known.
        let mut first: Option<Reached> = None;
        loop {
            let may_be_sent = held.entry().attempt.is_some();
            let stepped = bulk.ledger.go_on(bulk.client, held, write, &|_, _| None);
            let stepped = match stepped.await {
                Ok(written) => return self.of_entry(&written.entry, Said::Answer),
                Err(error) => self.of_error(error),
            };
            let (reached, entry, is_said) = match stepped {
                Stepped::Ended(reached) => return better(first, reached),
                Stepped::Again {
                    reached,
                    entry,
                    is_said,
                } => (reached, entry, is_said),
            };
            let is_lost = reached.state == BulkState::Unknown && !may_be_sent;
            if is_lost {
                self.pause(1).await;
                if self.is_stopped() {
                    return reached;
                }
                tried = 1;
            } else {
                if is_said || !self.may_try_again(tried).await {
                    return better(first, reached);
                }
                tried += 1;
            }
            let task = match entry.state {
                State::Unknown => Task::Settle,
                _ => Task::Send,
            };
            if let Some(beyond) = self.beyond_limit(write, task).await {
                return better(first, beyond);
            }
            held = match bulk.ledger.hold(&entry).await {
                Ok(held) => held,
                Err(ChangeError::Store { cause, .. }) => {
                    return better(first, reached).failed(cause);
                }
                Err(_) => return Reached::held(),
            };
            if is_lost {
                first = Some(reached);
            }
        }
    }

    fn of_error(&self, error: WriteError<RejectionOf<O>>) -> Stepped {
        Stepped::Ended(match error {
            WriteError::NotDone(entry, cause) => {
                let is_unsent = !matches!(cause.as_deref(), Some(Error::Invalid(_)));
                return Stepped::Again {
                    reached: self.of_entry(&entry, self.said(cause.as_deref())),
                    is_said: !is_unsent,
                    entry,
                };
            }
            WriteError::Open(entry, cause) if entry.state == State::Unknown => {
                let is_said =
                    !matches!(cause.as_deref(), Some(error) if error.rejection().is_none());
                return Stepped::Again {
                    reached: self.of_entry(&entry, self.said(cause.as_deref())),
                    is_said,
                    entry,
                };
            }
            WriteError::Open(entry, cause)
            | WriteError::Refused(entry, cause)
            | WriteError::Abandoned(entry, cause) => {
                self.of_entry(&entry, self.said(cause.as_deref()))
            }
            WriteError::OtherContents(_) => Reached::untried(BulkState::Unknown, "changed"),
            WriteError::Unwritable(_, entry) => {
                let outcome = entry.map_or(Outcome::NotDone, |entry| entry.outcome());
                Reached::untried(state_of(outcome), "invalid")
            }
            WriteError::Store(cause, Some(entry)) => {
                self.of_entry(&entry, Said::Untried).failed(cause)
            }
            WriteError::Store(cause, None) => {
                Reached::untried(BulkState::Unknown, "stopped").failed(cause)
            }
            WriteError::NotRecorded { outcome, cause, .. } => {
                Reached::untried(state_of(outcome), "stopped").failed(cause)
            }
            // Another program works on it.
            _ => Reached::held(),
        })
    }

    /// Returns the progress of a write by its entry.
    fn of_entry(&self, entry: &Entry, said: Said) -> Reached {
        let why = entry.why.as_ref();
        let about = refusal_of::<O>(why, self.settings()).map(|no| no.about);
        let state = match entry.state {
            State::Exists if self.plan.own_keys => BulkState::AlreadyThere,
            State::Exists => {
                let reason = FailureReason::plain("exists");
                return Reached::new(BulkState::Unknown, Some(reason), said);
            }
            state if state.is_done() => return Reached::new(BulkState::Done, None, said),
            State::Refused => match about {
                Some(RefusalOf::Login) => BulkState::NotDone,
                Some(RefusalOf::Key) => BulkState::KeyTaken,
                _ => BulkState::Refused,
            },
            State::Prepared | State::ResolvedNotDone | State::Abandoned => BulkState::NotDone,
            _ => BulkState::Unknown,
        };
        let reason = why.map(|why| FailureReason::of::<O>(why, self.settings()));
        Reached::new(state, reason, said)
    }

    /// Returns the consequence of an error for the rest of the run.
    fn said(&self, error: Option<&ErrorOf<O>>) -> Said {
        match error {
            None | Some(Error::Invalid(_)) => Said::Answer,
            Some(Error::Rejected(no)) => match O::refusal(self.settings(), no.code()).about {
                RefusalOf::Login => Said::WrongLogin,
                RefusalOf::Unlisted => Said::Unlisted(no.code().to_owned()),
                RefusalOf::Key | RefusalOf::Contents => Said::Answer,
            },
            Some(_) => Said::Silence,
        }
    }

    /// Waits before another try, and returns whether one is left.
    async fn may_try_again(&self, tried: u32) -> bool {
        if tried >= self.bulk.client.config().retry.tries {
            return false;
        }
        self.pause(tried).await;
        !self.is_stopped()
    }

    async fn pause(&self, tried: u32) {
        let retry = &self.bulk.client.config().retry;
        let pause = retry.first_pause.saturating_mul(1 << tried.min(16));
        self.sleep(pause.min(retry.longest_pause)).await;
    }

    /// Waits, at most until the run stops.
    async fn sleep(&self, pause: Duration) {
        if pause.is_zero() || self.is_stopped() {
            return;
        }
        let mut wait = self.bulk.client.host().sleep(pause);
        // Whenever a write ends, all that go on beside it are looked at again.
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

/// Returns the result that says more: the first failure, unless the provider has spoken since.
fn better(first: Option<Reached>, last: Reached) -> Reached {
    let is_silent = last.state == BulkState::Unknown && matches!(last.said, Said::Silence);
    match first {
        Some(mut first) if is_silent => {
            first.failure = last.failure;
            first
        }
        _ => last,
    }
}

fn state_of(outcome: Outcome) -> BulkState {
    match outcome {
        Outcome::NotDone => BulkState::NotDone,
        Outcome::Unknown => BulkState::Unknown,
    }
}

fn result(index: usize, key: String, reached: &Reached) -> BulkResult {
    BulkResult {
        index,
        key,
        state: reached.state,
        reason: reached.reason.clone(),
        earlier: reached.is_earlier,
    }
}
