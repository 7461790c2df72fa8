//! One write in the ledger, and what may happen to it.

use std::fmt;
use std::time::{Duration, SystemTime};

use kervan_core::{Class, NextStep, Outcome, Rejection};
use kervan_settling::{Attempt, Open, settle};
use serde::{Deserialize, Serialize};

use crate::contents::Contents;
use crate::key::Key;
use crate::state::State;

/// A write, as the ledger knows it.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Its number in the store, in the order of arrival. 0 before it is stored.
    pub number: u64,
    /// Its name.
    pub key: Key,
    /// The object that it changes, in the shop's own words, as `order 17`. One write of an object is open at a time.
    pub object: String,
    /// The hash of what it asks for.
    pub contents: Contents,
    /// Which contents under its key, from 1 on: a refused write may be corrected.
    pub revision: u32,
    /// Counts the changes, so that nobody changes what somebody else has changed since.
    pub version: u64,
    /// How far it has come.
    pub state: State,
    /// How often it was sent, or may have been.
    pub tries: u32,
    /// How often in a row it was asked about, or tried to begin with, without a result.
    pub asks: u32,
    /// The attempt that settles it, from before it is sent.
    pub attempt: Option<Attempt>,
    /// The request, where the shop keeps it here.
    pub request: Option<KeptRequest>,
    /// Who works on it, until [`due`](Self::due).
    pub holder: Option<String>,
    /// When it goes on by itself: the end of the holder's lease, or the next question. `None` where it has
    /// ended, or a person decides.
    pub due: Option<SystemTime>,
    /// Why it is as it is.
    pub why: Option<Why>,
    /// When it came into the ledger.
    pub created_at: SystemTime,
    /// When its state changed last.
    pub since: SystemTime,
    /// When anything of it changed last.
    pub changed_at: SystemTime,
}

/// A request that is kept with its write, as the shop wrote it. **It may hold personal data**: a shop
/// encrypts it, and the ledger drops it when the write ends.
#[derive(Clone, PartialEq, Eq)]
pub struct KeptRequest(Vec<u8>);

impl KeptRequest {
    /// Keeps a request.
    pub fn new(bytes: impl Into<Vec<u8>>) -> Self {
        Self(bytes.into())
    }

    /// Returns the request.
    pub fn expose(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Debug for KeptRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

/// Why a write is as it is. It holds no personal data and no text of a provider.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Why {
    /// `rejected`, `transport`, `status`, `decode`, `invalid` or `unsent`, as in the report of an error;
    /// `too_early`, `not_found`, `unclear`, `other_contents`, `question`, `no_read_back` or `other_request` for a question;
    /// `lease_ended`, `late_answer` or `person` for what the ledger says itself.
    pub kind: String,
    /// The provider's code, or that of the transport, or who resolved it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// The HTTP status, where one came.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
}

impl Why {
    /// The kind of an answer of success that came after another program had gone on.
    pub(crate) const LATE_ANSWER: &'static str = "late_answer";

    /// Creates one of the ledger's own.
    pub fn plain(kind: &str) -> Self {
        Self {
            kind: kind.to_owned(),
            code: None,
            status: None,
        }
    }

    pub(crate) fn of<R: Rejection>(error: &kervan_core::Error<R>) -> Self {
        let report = error.report();
        Self {
            kind: report.kind.to_owned(),
            code: report.code,
            status: report.status,
        }
    }

    pub(crate) fn refusal<R: Rejection>(no: &R) -> Self {
        Self {
            code: Some(no.code().to_owned()),
            ..Self::plain("rejected")
        }
    }

    pub(crate) fn of_open<R: Rejection>(open: &Open<R>) -> Self {
        match &open.why {
            settle::Why::TooEarly => Self::plain("too_early"),
            settle::Why::NotFound => Self::plain("not_found"),
            settle::Why::NoReadBack => Self::plain("no_read_back"),
            settle::Why::Other(members) => Self {
                code: Some(members.join(", ")),
                ..Self::plain("other_contents")
            },
            settle::Why::OtherRequest => Self::plain("other_request"),
            settle::Why::Failed(error) => {
                let of = Self::of(error);
                Self {
                    code: Some(
                        of.code
                            .map_or(of.kind.clone(), |code| format!("{} {code}", of.kind)),
                    ),
                    kind: "question".to_owned(),
                    status: of.status,
                }
            }
            _ => Self::plain("unclear"),
        }
    }
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.kind)?;
        if let Some(code) = &self.code {
            write!(f, " {code}")?;
        }
        if let Some(status) = self.status {
            write!(f, " (HTTP {status})")?;
        }
        Ok(())
    }
}

impl Entry {
    /// Creates an entry of which nothing was sent.
    pub fn new(key: Key, object: impl Into<String>, contents: Contents, now: SystemTime) -> Self {
        Self {
            number: 0,
            key,
            object: object.into(),
            contents,
            revision: 1,
            version: 1,
            state: State::Prepared,
            tries: 0,
            asks: 0,
            attempt: None,
            request: None,
            holder: None,
            due: None,
            why: None,
            created_at: now,
            since: now,
            changed_at: now,
        }
    }

    /// Returns who works on it and until when, while that lease lasts. One that was taken at a time which has not
    /// come does not last: the clock has been set back since, and nobody would work on it until then.
    pub fn lease(&self, now: SystemTime) -> Option<(&str, SystemTime)> {
        /// How far the clocks of several machines may be apart.
        const APART: Duration = Duration::from_secs(60);
        let holder = self.holder.as_deref()?;
        if self.changed_at > now + APART {
            return None;
        }
        let until = self.due.filter(|until| *until > now)?;
        Some((holder, until))
    }

    /// Returns whether it may have happened. `NotDone` also for one that nobody has sent yet.
    pub fn outcome(&self) -> Outcome {
        match self.state {
            State::Prepared | State::Refused | State::ResolvedNotDone => Outcome::NotDone,
            _ => Outcome::Unknown,
        }
    }

    /// Returns what settles it.
    pub fn next_step(&self) -> NextStep {
        let class = self.attempt.as_ref().map(Attempt::class);
        match self.state {
            State::Prepared | State::ResolvedNotDone => NextStep::SendAgain,
            State::Unknown if class == Some(Class::Keyed) => NextStep::SendAgain,
            State::Sending | State::Unknown => NextStep::AskAgain { at: self.due },
            State::NeedsAPerson => NextStep::AskAPerson,
            State::Refused => NextStep::Correct,
            State::Abandoned => NextStep::StartAnew,
            _ => NextStep::Nothing,
        }
    }

    /// Returns the pause before it goes on by itself: doubled with each question that brought nothing.
    pub(crate) fn pause(&self) -> Duration {
        const FIRST: Duration = Duration::from_secs(2);
        const LONGEST: Duration = Duration::from_secs(15 * 60);
        let doubled = FIRST.saturating_mul(1 << self.asks.min(16));
        doubled.min(LONGEST)
    }
}
