//! The findings of a read-back about a write, and their consequences.

use std::fmt;
use std::time::SystemTime;

use kervan_core::{
    Answer, AnswerOf, Class, Error, ErrorOf, NextStep, Operation, Outcome, Rejection, RejectionOf,
};

use crate::attempt::{Attempt, Baseline};

/// A write whose unknown outcome can be settled. Blind writes do not implement it, so that settling
/// one does not compile.
pub trait Settle: Operation {
    /// The call that reads the state back.
    type ReadBack: Operation<Service = Self::Service>;

    /// Returns the key by which the write or its object is found. No personal data.
    fn key(&self) -> String;

    /// Returns the part of the contents by which a ledger recognizes the write, where that is not the
    /// whole request: without a day that each try has anew, and as any settings send it (default: the whole
    /// request). **A write with the same part has to be the same write to the provider.**
    fn lasting_contents(&self) -> Option<Vec<u8>> {
        None
    }

    /// Returns the call that reads the state back. `None` where the provider has none: a keyed write
    /// is then settled by [`resume`](crate::Settler::resume), which sends it again.
    fn read_back(&self) -> Option<Self::ReadBack>;

    /// Returns whether the state before the write is read and kept: for a delta always, and for a state where
    /// only that tells the old state from one that the provider writes in its own way.
    fn needs_baseline(&self) -> bool {
        self.class() == Class::Delta
    }

    /// Notes what is there before the write, where [it is needed](Self::needs_baseline). `None` for an answer that does
    /// not show it; the write is then not prepared, as after a failed read-back.
    fn baseline(&self, before: &AnswerOf<Self::ReadBack>) -> Option<Baseline> {
        let _ = before;
        None
    }

    /// Returns a second question, where the first answer leaves open what another call shows.
    /// [`found`](Self::found) then gets the answer to that one (default: no second question).
    fn second_question(&self, first: &AnswerOf<Self::ReadBack>) -> Option<Self::ReadBack> {
        let _ = first;
        None
    }

    /// Compares the state with what was asked for.
    fn found(
        &self,
        now: AnswerOf<Self::ReadBack>,
        baseline: Option<&Baseline>,
    ) -> Found<Self::Output, RejectionOf<Self>>;

    /// Says what a failed read-back shows (default: nothing).
    fn found_by_error(
        &self,
        error: ErrorOf<Self::ReadBack>,
    ) -> Found<Self::Output, RejectionOf<Self>> {
        Found::Unread(error)
    }
}

/// The finding of a read-back, without regard to time.
#[derive(Debug)]
#[must_use]
#[expect(clippy::exhaustive_enums, reason = "every case has to be handled")]
pub enum Found<T, R> {
    /// This write, and no other: its own key, or what the baseline does not have. With its output
    /// where the read-back shows all of it.
    Ours(Option<Answer<T>>),
    /// The wanted state, whoever brought it about.
    Wanted,
    /// The own key, without anything that tells this write's from another's under the same key.
    Exists,
    /// The own key with other contents: those of before, those of another write, or this write's in the
    /// provider's spelling. The members that differ, by their names, without a value.
    Other(Vec<String>),
    /// The documented empty answer, the old state, or the baseline. It proves something only once
    /// the settling time is over.
    Absent,
    /// The provider says that it refused or failed.
    Failed(R),
    /// None of these.
    Unclear,
    /// The read-back failed.
    Unread(Error<R>),
}

impl<T, R> Found<T, R> {
    /// Returns the same without an output, for another call that is settled in the same way.
    pub fn without_output<U>(self) -> Found<U, R> {
        match self {
            Self::Ours(_) => Found::Ours(None),
            Self::Wanted => Found::Wanted,
            Self::Exists => Found::Exists,
            Self::Other(members) => Found::Other(members),
            Self::Absent => Found::Absent,
            Self::Failed(no) => Found::Failed(no),
            Self::Unclear => Found::Unclear,
            Self::Unread(error) => Found::Unread(error),
        }
    }
}

/// The state of a write, as far as it is known.
#[derive(Debug)]
#[must_use]
#[expect(clippy::exhaustive_enums, reason = "every case has to be handled")]
pub enum Settled<T, R> {
    /// Done, by this write. With its output where that is known.
    Done(Option<Answer<T>>),
    /// The wanted state is there, whoever brought it about.
    InState,
    /// The key was taken after this write had been sent. It is this write's, unless somebody else
    /// uses the same numbers.
    Exists,
    /// It did not happen.
    NotDone,
    /// It did not happen, and the provider refuses it as it is.
    Refused(R),
    /// **It may still have happened.**
    Open(Open<R>),
}

/// Why a write is still open.
#[derive(Debug)]
#[non_exhaustive]
pub struct Open<R> {
    /// The result of the latest question.
    pub why: Why<R>,
    /// When it is worth asking again; `None` for at once, or, for a person's case, not at all.
    pub ask_again_at: Option<SystemTime>,
    class: Class,
}

/// The reason why a write is still open, by the latest question.
#[derive(Debug)]
#[non_exhaustive]
pub enum Why<R> {
    /// Nothing is there yet, and the settling time is not over.
    TooEarly,
    /// Nothing is there. For a charge that proves nothing.
    NotFound,
    /// The answer does not decide.
    Unclear,
    /// The key is there with other contents, which sending again would replace. The members that differ, by
    /// their names.
    Other(Vec<String>),
    /// The question failed.
    Failed(Error<R>),
    /// The provider offers no question for it.
    NoReadBack,
    /// The request is not the one that the attempt was prepared for, or it was prepared under another login or
    /// setting, which [`recognizing`](crate::Settler::recognizing) makes known. Nothing was asked.
    OtherRequest,
}

impl<R> Open<R> {
    pub(crate) fn new(class: Class, why: Why<R>, ask_again_at: Option<SystemTime>) -> Self {
        Self {
            why,
            ask_again_at,
            class,
        }
    }

    /// Returns whether other contents are there under the key. No write is sent over them unasked.
    pub(crate) fn is_of_another(&self) -> bool {
        matches!(self.why, Why::Other(_))
    }

    /// Returns what a program does next.
    pub fn next_step(&self) -> NextStep {
        match self.class {
            _ if self.is_of_another() => NextStep::AskAPerson,
            Class::Start => NextStep::StartAnew,
            Class::Keyed => NextStep::SendAgain,
            Class::Blind => NextStep::AskAPerson,
            _ => NextStep::AskAgain {
                at: self.ask_again_at,
            },
        }
    }
}

impl<R> fmt::Display for Open<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match &self.why {
            Why::TooEarly => "it is not there yet",
            Why::NotFound => "it is not there, which proves nothing here",
            Why::Unclear => "the answer does not settle it",
            Why::Other(members) => {
                let members = members.join(", ");
                return write!(
                    f,
                    "it is there with another {members}; it may have happened"
                );
            }
            Why::Failed(_) => "the question failed",
            Why::NoReadBack => "the provider offers no question for it",
            Why::OtherRequest => "it was prepared for another request or login",
        })?;
        f.write_str("; it may have happened")
    }
}

impl<T, R> Settled<T, R> {
    /// Applies the rules of the class and of time to what a read-back shows.
    pub(crate) fn of(found: Found<T, R>, class: Class, settles_at: Option<SystemTime>) -> Self {
        let open = |why, at| Self::Open(Open::new(class, why, at));
        match (found, class) {
            (Found::Ours(output), _) => Self::Done(output),
            (Found::Wanted, _) => Self::InState,
            (Found::Exists, _) => Self::Exists,
            (Found::Failed(no), _) => Self::Refused(no),
            (Found::Absent, Class::State | Class::Delta) => match settles_at {
                Some(at) => open(Why::TooEarly, Some(at)),
                None => Self::NotDone,
            },
            // A key that is not there may still be on its way, and a keyed write may be sent again
            // in any case; a charge that is not found stays open for good.
            (Found::Absent, _) => open(Why::NotFound, settles_at),
            (Found::Unclear, _) => open(Why::Unclear, settles_at),
            (Found::Other(members), _) => open(Why::Other(members), settles_at),
            (Found::Unread(error), _) => open(Why::Failed(error), settles_at),
        }
    }

    /// Returns what a program does next.
    pub fn next_step(&self) -> NextStep {
        match self {
            Self::Done(_) | Self::InState | Self::Exists => NextStep::Nothing,
            Self::NotDone => NextStep::SendAgain,
            Self::Refused(_) => NextStep::Correct,
            Self::Open(open) => open.next_step(),
        }
    }

    /// Returns whether nothing is left to find out.
    pub fn is_settled(&self) -> bool {
        !matches!(self, Self::Open(_))
    }
}

/// How a write got done. Match all four, because the class of a write and its read-back decide which of
/// them it gives.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[expect(clippy::exhaustive_enums, reason = "every case has to be handled")]
pub enum Sent<T> {
    /// Done by this write, with its output: from its own answer, or from a read-back that shows all of
    /// it.
    Done(Answer<T>),
    /// Done by this write, as its read-back proves. Its own answer is lost, and the read-back does not
    /// show the output.
    Proven,
    /// The wanted state is there, whoever brought it about.
    InState,
    /// The key was taken after this write had been sent. It is this write's, unless somebody else
    /// uses the same numbers.
    Exists,
}

/// A write that was not done, or whose outcome is unknown, with the attempt that settles it.
#[derive(Debug)]
#[non_exhaustive]
pub struct Failed<R> {
    /// The error of the call.
    pub error: Error<R>,
    /// The attempt: keep it and settle it, unless [`outcome`](Self::outcome) is "not done". `None`
    /// when the write was not even prepared.
    pub attempt: Option<Box<Attempt>>,
    /// The result of the read-back, where one was made.
    pub open: Option<Box<Open<R>>>,
}

impl<R: Rejection> Failed<R> {
    /// Returns whether it may have happened.
    pub fn outcome(&self) -> Outcome {
        self.error.outcome()
    }

    /// Returns what a program does next.
    pub fn next_step(&self) -> NextStep {
        match &self.open {
            Some(open) => open.next_step(),
            None => self.error.next_step(),
        }
    }
}

impl<R: Rejection> fmt::Display for Failed<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.open {
            Some(open) => {
                let operation = self
                    .attempt
                    .as_ref()
                    .map_or("", |attempt| attempt.operation());
                write!(f, "`{operation}`: {open}")
            }
            None => self.error.fmt(f),
        }
    }
}

impl<R: Rejection> std::error::Error for Failed<R> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self.open {
            Some(_) => Some(&self.error),
            None => self.error.source(),
        }
    }
}

/// How far [`resume`](crate::Settler::resume) has come.
#[derive(Debug)]
#[must_use]
#[expect(clippy::exhaustive_enums, reason = "every case has to be handled")]
pub enum Resumed<T, R> {
    /// The write is settled, or still open.
    Settled(Settled<T, R>),
    /// It did not happen. Keep this attempt, then send it.
    Prepared(Attempt),
}
