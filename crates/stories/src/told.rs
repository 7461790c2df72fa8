//! The claims of a client about a write, and the rules that a claim can break.

use std::collections::BTreeMap;
use std::fmt;

use kervan_core::{Outcome, Rejection};
use kervan_settling::{Sent, Settled};
use serde::{Deserialize, Serialize};

/// The claim of a client about a write.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Claim {
    /// Done, by this write.
    Done,
    /// The wanted state is there.
    InState,
    /// The key is taken, after a try that was sent.
    Exists,
    /// Not done.
    NotDone,
    /// Not done, and refused as it is.
    Refused,
    /// It may have happened.
    Open,
}

impl Claim {
    pub(crate) fn of_settled<T, R>(settled: &Settled<T, R>) -> Self {
        match settled {
            Settled::Done(_) => Self::Done,
            Settled::InState => Self::InState,
            Settled::Exists => Self::Exists,
            Settled::NotDone => Self::NotDone,
            Settled::Refused(_) => Self::Refused,
            Settled::Open(_) => Self::Open,
        }
    }

    pub(crate) fn of_sent<T>(sent: &Sent<T>) -> Self {
        match sent {
            Sent::Done(_) | Sent::Proven => Self::Done,
            Sent::InState => Self::InState,
            Sent::Exists => Self::Exists,
        }
    }

    pub(crate) fn of_error<R: Rejection>(error: &kervan_core::Error<R>) -> Self {
        match (error.outcome(), error.rejection()) {
            (Outcome::Unknown, _) => Self::Open,
            (Outcome::NotDone, Some(_)) => Self::Refused,
            (Outcome::NotDone, None) => Self::NotDone,
        }
    }
}

/// Something that went wrong in a story, or came in between.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Incident {
    /// A fault of a write.
    OnWrite(&'static str),
    /// A fault of a read.
    OnRead(&'static str),
    /// The program crashed in this call, before it sent a write.
    CrashBefore(&'static str),
    /// The program crashed in this call, after it had sent a write.
    CrashAfter(&'static str),
    /// The program ended between two calls.
    Restart,
    /// The wall clock was set ahead of the right time.
    WallAhead,
    /// The wall clock was set behind the right time.
    WallBehind,
    /// The client made another write.
    Neighbour,
    /// Another actor made a change.
    Other,
    /// The program sent an attempt again.
    SentAgain,
    /// Something happened outside of the shop.
    Outside(&'static str),
    /// A sale came so far.
    Reached(&'static str),
}

impl fmt::Display for Incident {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OnWrite(fault) => write!(formatter, "of a write: {fault}"),
            Self::OnRead(fault) => write!(formatter, "of a read: {fault}"),
            Self::CrashBefore(call) => write!(formatter, "a crash in `{call}` before it wrote"),
            Self::CrashAfter(call) => write!(formatter, "a crash in `{call}` after it wrote"),
            Self::Restart => formatter.write_str("a crash between two calls"),
            Self::WallAhead => formatter.write_str("the wall clock is set ahead"),
            Self::WallBehind => formatter.write_str("the wall clock is set behind"),
            Self::Neighbour => formatter.write_str("another write of the client"),
            Self::Other => formatter.write_str("a change of another actor"),
            Self::SentAgain => formatter.write_str("an attempt is sent again"),
            Self::Outside(event) => write!(formatter, "outside: {event}"),
            Self::Reached(point) => write!(formatter, "reached: {point}"),
        }
    }
}

/// How often each incident occurred.
pub type Incidents = BTreeMap<Incident, u64>;

/// A rule that every story keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Rule {
    /// The client causes at most one effect.
    OneEffect,
    /// "Not done" is not said of a write that happened.
    NotDone,
    /// "Done" is not said of a write that did not happen.
    Done,
    /// "In state" is said only while the state is there.
    InState,
    /// "Exists" is said only while the key is there.
    Exists,
    /// A write that its class can decide does not stay open.
    Open,
    /// A write that is not keyed leaves once for each attempt.
    SentOnce,
    /// A post that is not the provider's never makes anything paid, activated or delivered.
    Forged,
    /// Sums of the shop and of reports are those of the provider.
    Money,
    /// Everything that was really paid, activated or delivered is known to be in the end.
    Known,
    /// The story itself is in order: its request is valid.
    Valid,
}

impl Rule {
    /// Returns the rule that a claim breaks, if any.
    pub(crate) fn broken_by(
        claim: Claim,
        effects: usize,
        is_wanted: bool,
        is_repeated_well: bool,
    ) -> Option<Self> {
        match claim {
            _ if effects > 1 => Some(Self::OneEffect),
            Claim::NotDone | Claim::Refused if effects > 0 => Some(Self::NotDone),
            Claim::Done if effects == 0 && !(is_repeated_well && is_wanted) => Some(Self::Done),
            Claim::InState if !is_wanted => Some(Self::InState),
            Claim::Exists if !is_wanted => Some(Self::Exists),
            _ => None,
        }
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::OneEffect => "the client causes at most one effect",
            Self::NotDone => "\"not done\" is not said of a write that happened",
            Self::Done => "\"done\" is not said of a write that did not happen",
            Self::InState => "\"in state\" is said only while the state is there",
            Self::Exists => "\"exists\" is said only while the key is there",
            Self::Open => "a write that its class can decide does not stay open",
            Self::SentOnce => "a write that is not keyed leaves once for each attempt",
            Self::Forged => "a post that is not the provider's is not believed",
            Self::Money => "sums of shop and reports are those of the provider",
            Self::Known => "in the end everything that really happened is known",
            Self::Valid => "the request of the story is valid",
        })
    }
}

/// A story that broke a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Broken {
    /// The rule.
    pub rule: Rule,
    /// The claim, and the truth.
    pub detail: String,
    /// The events of the story, in order.
    pub events: Vec<String>,
}

impl fmt::Display for Broken {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "broken: {}\n  {}", self.rule, self.detail)?;
        for event in &self.events {
            write!(formatter, "\n    {event}")?;
        }
        Ok(())
    }
}
