//! One step of a guarded write: prepare or settle, store, send, store.

use std::time::{Duration, SystemTime};

use kervan_core::{Answer, Class, Error, ErrorOf, NextStep, Outcome, Rejection, RejectionOf};
use kervan_settling::{Attempt, Failed, Resumed, Settle, Settled, Settler};

use crate::entry::{Entry, Why};
use crate::event::{Event, Misplaced};
use crate::ledger::{Along, ChangeError, Ledger, WriteResult, Written};
use crate::state::State;
use crate::store::{Replaced, Store};
use crate::write_error::WriteError;

/// The part of the lease that is left beyond the longest try.
const MARGIN: Duration = Duration::from_secs(60);

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
            Some(attempt) => match self.client.resume(self.operation, &attempt).await {
                Ok(Resumed::Prepared(next)) => next,
                Ok(Resumed::Settled(settled)) => return self.settled(held, settled).await,
                Err(failed) => return self.failed(held, failed).await,
            },
        };
        self.send(held, attempt).await
    }

    /// Sends a prepared write. Its entry is stored as sending before a byte leaves.
    async fn send(&self, held: Entry, attempt: Attempt) -> WriteResult<O> {
        let event = Event::Sending {
            attempt: attempt.clone(),
            until: self.now() + self.client.config().timeout + MARGIN,
        };
        let stored_at = self.ledger.host().steady();
        let sending = self.ledger.change(&held, event, None).await?;
        // Storing it took so long that the lease may end while it is sent.
        if self.ledger.host().steady().saturating_sub(stored_at) > MARGIN {
            let why = Why::plain("lease_ended");
            return self.again(sending, why, None).await;
        }
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
            Outcome::NotDone if is_final => self.refused(entry, why, error).await,
            Outcome::NotDone => self.again(entry, why, error).await,
            Outcome::Unknown => self.open(entry, why, step, error).await,
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
        let now = self.now();
        let sent_at = entry.attempt.as_ref().map(Attempt::prepared_at);
        let age = sent_at.and_then(|at| now.duration_since(at).ok());
        let is_over = age.is_some_and(|age| age > self.ledger.patience);
        let due = match step {
            NextStep::AskAPerson => None,
            _ if is_over => None,
            // Soon, too: an answer that is lost now is found by the next question.
            NextStep::AskAgain { at: Some(at) } => Some(at.min(now + entry.pause())),
            _ => Some(now + entry.pause()),
        };
        let entry = self
            .record(entry, Event::Unknown { why, due }, None)
            .await?;
        Err(WriteError::Open(Box::new(entry), error))
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
        match self
            .ledger
            .store()
            .replace(&next, (self.along)(&next, answer))
            .await
        {
            Ok(Replaced::Stored) => Ok(next),
            Ok(Replaced::Overtaken) => self.overtaken(entry, event, answer).await,
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
        let stored = self.ledger.find(&entry.key).await;
        let stored = match stored {
            Ok(stored) => stored,
            Err(cause) => {
                return Err(WriteError::NotRecorded {
                    outcome: outcome_of(&event),
                    entry: Box::new(entry),
                    cause,
                });
            }
        };
        let Some(stored) = stored.filter(|_| matches!(event, Event::Done)) else {
            return Err(WriteError::Overtaken(Box::new(entry)));
        };
        let is_same = stored.revision == entry.revision && stored.tries == entry.tries;
        let is_once = is_same || matches!(self.operation.class(), Class::Keyed | Class::State);
        if is_once && stored.state == State::Done {
            return Ok(stored);
        }
        // What adds something was sent by two programs, or the answer contradicts what is known of it.
        let late = || stored.after(Event::LateAnswer, self.now());
        let next = match is_once.then(|| stored.after(Event::Done, self.now())) {
            Some(Ok(next)) => next,
            _ => late().map_err(|why| misplaced(why, &stored))?,
        };
        let is_done = next.state == State::Done;
        let along = is_done.then(|| (self.along)(&next, answer)).flatten();
        match self.ledger.store().replace(&next, along).await {
            Ok(Replaced::Stored) if is_done => Ok(next),
            Ok(_) => Err(WriteError::Open(Box::new(next), None)),
            Err(cause) => Err(WriteError::NotRecorded {
                outcome: Outcome::Unknown,
                entry: Box::new(stored),
                cause,
            }),
        }
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
