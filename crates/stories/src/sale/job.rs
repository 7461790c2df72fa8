//! Writes that a shop stores before it sends them, and continues whatever happened to them.

use kervan_core::{Answer, Operation, Outcome, RejectionOf};
use kervan_settling::{Attempt, Resumed, Settle, Settled, Settler};
use serde::{Deserialize, Serialize};

use crate::told::Claim;

/// A stored write.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Job<O> {
    pub(super) write: O,
    attempt: Option<Attempt>,
    pub(super) claim: Option<Claim>,
}

/// A change of a stored write.
pub(super) enum Change<'a, O: Operation> {
    /// It may be sent under this attempt, or has none any more.
    Attempt(Option<Attempt>),
    /// It is settled, with the provider's answer where there is one.
    Claim(Claim, Option<&'a O::Output>),
    /// It was asked for, and is still open.
    Open(&'a Settled<O::Output, RejectionOf<O>>),
}

impl<O: Settle + Clone> Job<O> {
    pub(super) fn new(write: O) -> Self {
        Self {
            write,
            attempt: None,
            claim: None,
        }
    }

    /// Returns whether the shop knows how it ended.
    pub(super) fn is_settled(&self) -> bool {
        self.claim.is_some()
    }

    /// Returns whether it is done, as far as the shop knows.
    pub(super) fn is_done(&self) -> bool {
        matches!(
            self.claim,
            Some(Claim::Done | Claim::InState | Claim::Exists)
        )
    }

    /// Takes over a change.
    pub(super) fn keep(&mut self, change: &Change<'_, O>) {
        match change {
            Change::Attempt(attempt) => self.attempt.clone_from(attempt),
            Change::Claim(claim, _) => self.claim = Some(*claim),
            Change::Open(_) => {}
        }
    }

    /// Sends it, or continues it; `keep` stores each change.
    pub(super) async fn go_on(&self, client: &Settler<O::Service>, keep: impl Fn(Change<'_, O>)) {
        match &self.attempt {
            _ if self.is_settled() => {}
            None => {
                // A refusal before anything was sent ends nothing: it is tried anew.
                if let Ok(attempt) = client.prepare(&self.write).await {
                    self.send(client, &attempt, &keep).await;
                }
            }
            Some(attempt) => match client.resume(&self.write, attempt).await {
                Ok(Resumed::Prepared(next)) => self.send(client, &next, &keep).await,
                Ok(Resumed::Settled(Settled::NotDone)) => keep(Change::Attempt(None)),
                Ok(Resumed::Settled(settled)) => match Claim::of_settled(&settled) {
                    Claim::Open => keep(Change::Open(&settled)),
                    claim => keep(Change::Claim(claim, value(&settled))),
                },
                Err(_) => {}
            },
        }
    }

    async fn send(
        &self,
        client: &Settler<O::Service>,
        attempt: &Attempt,
        keep: &impl Fn(Change<'_, O>),
    ) {
        // Before it is sent: a crash returns no error.
        keep(Change::Attempt(Some(attempt.clone())));
        match client.send(&self.write, attempt).await {
            Ok(answer) => keep(Change::Claim(Claim::Done, Some(&answer.value))),
            Err(failed) => match (failed.outcome(), failed.error.rejection()) {
                (Outcome::Unknown, _) => {}
                (Outcome::NotDone, Some(_)) => keep(Change::Claim(Claim::Refused, None)),
                (Outcome::NotDone, None) => keep(Change::Attempt(None)),
            },
        }
    }
}

fn value<T, R>(settled: &Settled<T, R>) -> Option<&T> {
    match settled {
        Settled::Done(answer) => answer.as_ref().map(|answer: &Answer<T>| &answer.value),
        _ => None,
    }
}
