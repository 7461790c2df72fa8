//! One step of a guarded write: prepare or settle, store, send, store.

use std::time::{Duration, SystemTime};

use kervan_core::{Answer, Class, Error, ErrorOf, NextStep, Outcome, Rejection, RejectionOf};
use kervan_settling::{Attempt, Failed, Resumed, Settle, Settled, Settler};

use crate::entry::{Entry, Why};
use crate::event::{Event, Misplaced};
use crate::ledger::{Along, ChangeError, Ledger, WriteResult, Written};
use crate::state::State;
use crate::store::{Replaced, Store, StoreError, StoreErrorKind};
use crate::write_error::WriteError;

/// The part of the lease that is left beyond the longest try: an attempt older than this is not sent, however long
/// it took to store it.
const MARGIN: Duration = Attempt::FRESH;

/// One step of a write.
pub(crate) struct Step<'a, S: Store, O: Settle> {
    pub(crate) ledger: &'a Ledger<S>,
    pub(crate) client: &'a Settler<O::Service>,
    pub(crate) operation: &'a O,
    pub(crate) along: &'a Along<'a, S, O::Output>,
}

impl<S: Store, O: Settle> Step<'_, S, O> {
    fn now(&self) -> SystemTime {
        self.ledger.host().now()
    }

    /// Goes on with a write that this program has taken.
    pub(crate) async fn run(&self, held: Entry) -> WriteResult<O> {
        let attempt = match held.attempt.clone() {
            None => match self.client.prepare(self.operation).await {
                Ok(attempt) => attempt,
                Err(error) => return self.unprepared(held, error).await,
            },
            Some(attempt) => match self.resume(&attempt).await {
                Ok(Resumed::Prepared(next)) => next,
                Ok(Resumed::Settled(settled)) => return self.settled(held, settled).await,
                Err(failed) => return self.failed(held, failed).await,
            },
        };
        self.send(held, attempt).await
    }

    /// Settles a write that may have been sent. Where its lasting contents are the same, so is the write, on
    /// another day and under another login too.
    async fn resume(
        &self,
        attempt: &Attempt,
    ) -> Result<Resumed<O::Output, RejectionOf<O>>, Failed<RejectionOf<O>>> {
        if self.operation.lasting_contents().is_none() {
            return self.client.resume(self.operation, attempt).await;
        }
        let adopted = self.client.adopt(self.operation, attempt);
        self.client.resume(self.operation, &adopted).await
    }

    /// Sends a prepared write. Its entry is stored as sending before a byte leaves.
    async fn send(&self, held: Entry, attempt: Attempt) -> WriteResult<O> {
        let event = Event::Sending {
            attempt: attempt.clone(),
            until: self.now() + self.client.config().timeout + MARGIN,
        };
        let sending = self.ledger.change(&held, event, None).await?;
        match self.client.send(self.operation, &attempt).await {
            Ok(answer) => self.end(sending, Event::Done, Some(answer)).await,
            Err(failed) => self.failed(sending, failed).await,
        }
    }

    /// Ends a write that could not be prepared: nothing has left the machine.
    async fn unprepared(&self, entry: Entry, error: ErrorOf<O>) -> WriteResult<O> {
        let why = Why::of(&error);
        let failed = Some(Box::new(error));
        if error_is_final(failed.as_deref()) {
            return self.refused(entry, why, failed).await;
        }
        self.again(entry, why, failed).await
    }

    /// Goes by the outcome of a write that failed, or could not be gone on with.
    async fn failed(&self, entry: Entry, failed: Failed<RejectionOf<O>>) -> WriteResult<O> {
        let (outcome, step) = (failed.outcome(), failed.next_step());
        let why = Why::of(&failed.error);
        let is_final = error_is_final(Some(&failed.error));
        let error = Some(Box::new(failed.error));
        match outcome {
            // The order is paid already, by whichever payment: sent under another key, it is paid twice.
            Outcome::NotDone if matches!(step, NextStep::AskAgain { .. }) => {
                self.open(entry, why, NextStep::AskAPerson, error).await
            }
            Outcome::NotDone if is_final => match self.shown_late(&entry).await {
                Some(state) => self.end(entry, Event::Shown(state), None).await,
                None => self.refused(entry, why, error).await,
            },
            Outcome::NotDone => self.again(entry, why, error).await,
            Outcome::Unknown => self.open(entry, why, step, error).await,
        }
    }

    /// Asks whether a refusal of a later try came because an earlier one, which was proven absent, has happened
    /// after all: the settling time is an assumption.
    async fn shown_late(&self, entry: &Entry) -> Option<State> {
        let attempt = entry.attempt.as_ref().filter(|_| entry.tries > 1)?;
        match self.client.settle(self.operation, attempt).await {
            Settled::Done(_) => Some(State::Proven),
            Settled::InState => Some(State::InState),
            Settled::Exists => Some(State::Exists),
            Settled::NotDone | Settled::Refused(_) | Settled::Open(_) => None,
        }
    }

    /// Goes by what a question has shown.
    async fn settled(
        &self,
        entry: Entry,
        settled: Settled<O::Output, RejectionOf<O>>,
    ) -> WriteResult<O> {
        match settled {
            Settled::Done(Some(answer)) => self.end(entry, Event::Done, Some(answer)).await,
            Settled::Done(None) => self.end(entry, Event::Shown(State::Proven), None).await,
            Settled::InState => self.end(entry, Event::Shown(State::InState), None).await,
            Settled::Exists => self.end(entry, Event::Shown(State::Exists), None).await,
            Settled::Refused(no) => {
                let why = Why::refusal(&no);
                let error = Some(Box::new(Error::Rejected(no)));
                self.refused(entry, why, error).await
            }
            Settled::NotDone => {
                let why = Why::plain("not_found");
                match self.operation.class() {
                    Class::Keyed | Class::State | Class::Delta => {
                        self.again(entry, why, None).await
                    }
                    // Money and pages never go out twice under one key.
                    _ => self.refused(entry, why, None).await,
                }
            }
            Settled::Open(open) => {
                let (why, step) = (Why::of_open(&open), open.next_step());
                let error = match open.why {
                    kervan_settling::Why::Failed(error) => Some(Box::new(error)),
                    _ => None,
                };
                self.open(entry, why, step, error).await
            }
        }
    }

    async fn refused(
        &self,
        entry: Entry,
        why: Why,
        error: Option<Box<ErrorOf<O>>>,
    ) -> WriteResult<O> {
        let entry = self.record(entry, Event::Refused(why), None).await?;
        Err(WriteError::Refused(Box::new(entry), error))
    }

    async fn again(
        &self,
        entry: Entry,
        why: Why,
        error: Option<Box<ErrorOf<O>>>,
    ) -> WriteResult<O> {
        let due = self.now() + entry.pause();
        let entry = self
            .record(entry, Event::NotDone { why, due }, None)
            .await?;
        Err(WriteError::NotDone(Box::new(entry), error))
    }

    async fn open(
        &self,
        entry: Entry,
        why: Why,
        step: NextStep,
        error: Option<Box<ErrorOf<O>>>,
    ) -> WriteResult<O> {
        if step == NextStep::StartAnew {
            let entry = self.record(entry, Event::Abandoned(why), None).await?;
            return Err(WriteError::Abandoned(Box::new(entry), error));
        }
        let due = self.next_question(&entry, step);
        let entry = self
            .record(entry, Event::Unknown { why, due }, None)
            .await?;
        Err(WriteError::Open(Box::new(entry), error))
    }

    /// Returns when an open write is asked about again; `None` where a person decides.
    fn next_question(&self, entry: &Entry, step: NextStep) -> Option<SystemTime> {
        let now = self.now();
        let sent_at = entry.attempt.as_ref().map(Attempt::prepared_at);
        let age = sent_at.and_then(|at| now.duration_since(at).ok());
        let is_over = age.is_some_and(|age| age > self.ledger.patience);
        match step {
            NextStep::AskAPerson => None,
            _ if is_over => None,
            // Soon, too: an answer that is lost now is found by the next question.
            NextStep::AskAgain { at: Some(at) } => Some(at.min(now + entry.pause())),
            _ => Some(now + entry.pause()),
        }
    }

    /// Frees a write that this program cannot go on with, because it has not got its request.
    pub(crate) async fn put_off(&self, held: Entry, why: Why) -> Result<Entry, ChangeError> {
        let event = if held.state == State::Prepared {
            let due = self.now() + held.pause();
            Event::NotDone { why, due }
        } else {
            let due = self.next_question(&held, NextStep::AskAgain { at: None });
            Event::Unknown { why, due }
        };
        self.ledger.change(&held, event, None).await
    }

    async fn end(
        &self,
        entry: Entry,
        event: Event,
        answer: Option<Answer<O::Output>>,
    ) -> WriteResult<O> {
        let entry = self.record(entry, event, answer.as_ref()).await?;
        Ok(Written { entry, answer })
    }

    /// Stores a result.
    async fn record(
        &self,
        entry: Entry,
        event: Event,
        answer: Option<&Answer<O::Output>>,
    ) -> Result<Entry, WriteError<RejectionOf<O>>> {
        let next = entry.after(event.clone(), self.now());
        let next = next.map_err(|why| misplaced(why, &entry))?;
        let along = (!next.state.is_open()).then(|| (self.along)(&next, answer));
        match self.ledger.store().replace(&next, along.flatten()).await {
            Ok(Replaced::Stored) => Ok(next),
            // A write that is open has its object, so that none can take it meanwhile.
            Ok(Replaced::Overtaken | Replaced::Taken(_)) => {
                self.overtaken(entry, event, answer).await
            }
            Err(cause) => Err(WriteError::NotRecorded {
                outcome: outcome_of(&event),
                entry: Box::new(entry),
                cause,
            }),
        }
    }

    /// Another program went on with the write, because the lease had ended. Of all results a success alone
    /// says more than that program finds out.
    async fn overtaken(
        &self,
        entry: Entry,
        event: Event,
        answer: Option<&Answer<O::Output>>,
    ) -> Result<Entry, WriteError<RejectionOf<O>>> {
        // That program may change it again while this one reads it: a few times at most.
        const LOOKS: usize = 8;
        let not_recorded = |entry: &Entry, cause| WriteError::NotRecorded {
            outcome: outcome_of(&event),
            entry: Box::new(entry.clone()),
            cause,
        };
        let mut last = entry.clone();
        for _ in 0..LOOKS {
            let stored = self.ledger.find(&entry.key).await;
            let stored = stored.map_err(|cause| not_recorded(&last, cause))?;
            let Some(stored) = stored.filter(|_| matches!(event, Event::Done)) else {
                return Err(WriteError::Overtaken(Box::new(entry)));
            };
            let is_one_effect = matches!(self.operation.class(), Class::Keyed | Class::State);
            let is_own =
                stored.revision == entry.revision && (stored.tries == entry.tries || is_one_effect);
            if is_own && stored.state == State::Done {
                return Ok(stored);
            }
            // Two programs sent a write that adds something, or the answer contradicts what is known of it.
            let next = match is_own.then(|| stored.after(Event::Done, self.now())) {
                Some(Ok(next)) => next,
                _ => stored
                    .after(Event::LateAnswer, self.now())
                    .map_err(|why| misplaced(why, &stored))?,
            };
            let is_done = next.state == State::Done;
            // The shop has made its own changes where it was shown to be done.
            let is_first = is_done && !stored.is_shown();
            let along = is_first.then(|| (self.along)(&next, answer)).flatten();
            match self.ledger.store().replace(&next, along).await {
                Ok(Replaced::Stored) if is_done => return Ok(next),
                Ok(Replaced::Stored) => return Err(WriteError::Open(Box::new(next), None)),
                Ok(Replaced::Overtaken) => last = stored,
                // It cannot be opened again beside the other, and it cannot be left as not done.
                Ok(Replaced::Taken(first)) => {
                    let cause = format!("another write of its object is open: {}", first.key);
                    let cause = StoreError::new(StoreErrorKind::Busy).caused_by(cause);
                    return Err(not_recorded(&stored, cause));
                }
                Err(cause) => return Err(not_recorded(&stored, cause)),
            }
        }
        Err(not_recorded(&last, StoreError::new(StoreErrorKind::Busy)))
    }
}

fn misplaced<R>(why: Misplaced, entry: &Entry) -> WriteError<R> {
    let entry = Box::new(entry.clone());
    ChangeError::Misplaced { why, entry }.into()
}

/// Returns whether an error says that the request will not be taken as it is.
fn error_is_final<R: Rejection>(error: Option<&Error<R>>) -> bool {
    error.is_some_and(|error| {
        error.outcome() == Outcome::NotDone
            && (error.rejection().is_some() || error.next_step() == NextStep::Correct)
    })
}

fn outcome_of(event: &Event) -> Outcome {
    match event {
        Event::NotDone { .. } | Event::Refused(_) => Outcome::NotDone,
        _ => Outcome::Unknown,
    }
}
