//! The events of a write, and the entry that follows from each.

use std::time::SystemTime;

use kervan_core::Class;
use kervan_settling::Attempt;

use crate::contents::Contents;
use crate::entry::{Entry, KeptRequest, Why};
use crate::state::State;

/// Something that happens to a write.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Event {
    /// A program begins to work on it.
    Held {
        /// Which program.
        by: String,
        /// The end of its lease.
        until: SystemTime,
    },
    /// It is about to be sent. This is durable before a byte of it leaves.
    Sending {
        /// The attempt that settles it.
        attempt: Attempt,
        /// The end of the lease.
        until: SystemTime,
    },
    /// Nothing of it has left the machine, or it is proven that it did not happen.
    NotDone {
        /// Why.
        why: Why,
        /// When it is tried again.
        due: SystemTime,
    },
    /// Its own answer says that it is done.
    Done,
    /// A read-back shows that it is done, in one of the three ways.
    Shown(State),
    /// It did not happen, and will not as it is.
    Refused(Why),
    /// It may have happened.
    Unknown {
        /// Why.
        why: Why,
        /// When it is asked about; `None` where a person decides.
        due: Option<SystemTime>,
    },
    /// An answer of success came after another program had gone on with it: it may have happened twice, or
    /// against what is known of it.
    LateAnswer,
    /// Nobody has seen the page that it started.
    Abandoned(Why),
    /// Other contents take the place of refused ones, or of those of which nothing was sent.
    Revised {
        /// Their hash.
        contents: Contents,
        /// The request, where it is kept.
        request: Option<KeptRequest>,
        /// When it is sent by a worker; `None` where the caller sends it.
        due: Option<SystemTime>,
    },
    /// A person looked.
    Resolved {
        /// Who.
        by: String,
        /// Whether it had happened.
        outcome: Resolution,
    },
}

/// The state that a person saw at the provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "there are only these two")]
pub enum Resolution {
    /// It happened.
    Done,
    /// It did not happen, and is not on its way.
    NotDone,
}

/// Why something cannot happen to a write as it is.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Misplaced {
    /// Another program works on it.
    #[error("`{holder}` works on it")]
    Held {
        /// Which.
        holder: String,
        /// The end of its lease.
        until: SystemTime,
    },
    /// Its state does not allow it.
    #[error("it is `{}`", .0.name())]
    State(State),
}

impl Entry {
    /// Returns the entry after something has happened to it.
    ///
    /// # Errors
    ///
    /// [`Misplaced`], where that cannot happen to it as it is.
    pub fn after(&self, event: Event, now: SystemTime) -> Result<Self, Misplaced> {
        use State::{NeedsAPerson, Prepared, Refused, ResolvedNotDone, Sending, Unknown};
        let allow = |allowed: bool| {
            let misplaced = Misplaced::State(self.state);
            if allowed { Ok(()) } else { Err(misplaced) }
        };
        let mut next = self.clone();
        next.version += 1;
        match event {
            Event::Held { by, until } => {
                // No program finds out for a person, and none may take a finding of another one's back.
                allow(matches!(self.state, Prepared | Sending | Unknown))?;
                self.is_free(now)?;
                // Its program has died, or is suspended: it may have sent it.
                if self.state == Sending {
                    next.state = Unknown;
                    next.why = Some(Why::plain("lease_ended"));
                }
                // It is sent again when it goes on.
                let is_keyed = self.attempt.as_ref().map(Attempt::class) == Some(Class::Keyed);
                if next.state == Unknown && is_keyed {
                    next.tries += 1;
                }
                next.holder = Some(by);
                next.due = Some(until);
            }
            Event::Sending { attempt, until } => {
                allow(matches!(self.state, Prepared | Unknown))?;
                next.state = Sending;
                next.tries += 1;
                // A proof was a result; a provider that could not be reached is none.
                if self.state == Unknown {
                    next.asks = 0;
                }
                next.why = None;
                next.attempt = Some(attempt);
                next.due = Some(until);
            }
            Event::NotDone { why, due } => {
                allow(matches!(self.state, Prepared | Sending | Unknown))?;
                next.state = Prepared;
                next.attempt = None;
                next.free(Some(due), Some(why));
            }
            Event::Done => {
                // One answer of success does not settle what two programs may have done.
                allow((self.state.is_open() || self.is_shown()) && !self.has_late_answer())?;
                next.end(State::Done, None);
            }
            Event::Shown(state) => {
                allow(matches!(self.state, Sending | Unknown | NeedsAPerson))?;
                next.end(state, None);
            }
            Event::Refused(why) => {
                allow(self.state.is_open())?;
                next.end(Refused, Some(why));
            }
            Event::Unknown { why, due } => {
                allow(matches!(self.state, Sending | Unknown | NeedsAPerson))?;
                next.state = if due.is_some() { Unknown } else { NeedsAPerson };
                next.free(due, Some(why));
            }
            Event::LateAnswer => {
                next.end(NeedsAPerson, Some(Why::plain(Why::LATE_ANSWER)));
                // It is open, and may be sent again when the person has looked.
                next.request.clone_from(&self.request);
            }
            Event::Abandoned(why) => {
                allow(matches!(self.state, Sending | Unknown))?;
                next.end(State::Abandoned, Some(why));
            }
            Event::Revised {
                contents,
                request,
                due,
            } => {
                allow(matches!(self.state, Prepared | Refused | ResolvedNotDone))?;
                self.is_free(now)?;
                next = Self {
                    revision: self.revision + 1,
                    version: next.version,
                    number: self.number,
                    request,
                    due,
                    created_at: self.created_at,
                    ..Self::new(self.key.clone(), self.object.clone(), contents, now)
                };
            }
            Event::Resolved { by, outcome } => {
                allow(matches!(self.state, NeedsAPerson | Unknown))?;
                self.is_free(now)?;
                let why = Why {
                    code: Some(by),
                    ..Why::plain("person")
                };
                let state = match outcome {
                    Resolution::Done => State::ResolvedDone,
                    Resolution::NotDone => ResolvedNotDone,
                };
                next.end(state, Some(why));
            }
        }
        next.changed_at = now;
        if next.state != self.state {
            next.since = now;
        }
        Ok(next)
    }

    fn is_free(&self, now: SystemTime) -> Result<(), Misplaced> {
        self.lease(now).map_or(Ok(()), |(holder, until)| {
            let holder = holder.to_owned();
            Err(Misplaced::Held { holder, until })
        })
    }

    fn has_late_answer(&self) -> bool {
        let why = self.why.as_ref();
        self.state == State::NeedsAPerson && why.is_some_and(|why| why.kind == Why::LATE_ANSWER)
    }

    pub(crate) fn is_shown(&self) -> bool {
        matches!(self.state, State::Proven | State::InState | State::Exists)
    }

    fn free(&mut self, due: Option<SystemTime>, why: Option<Why>) {
        self.asks += 1;
        self.holder = None;
        self.due = due;
        self.why = why;
    }

    fn end(&mut self, state: State, why: Option<Why>) {
        self.state = state;
        self.asks = 0;
        self.holder = None;
        self.due = None;
        self.why = why;
        self.request = None;
    }
}
