//! The log of a world.

use std::collections::VecDeque;
use std::fmt::{self, Display, Formatter};

use serde::{Serialize, Serializer};
use serde_json::Value;

use crate::exchange::Delivered;
use crate::redact::Redaction;
use crate::stand::{Happened, Passed};
use crate::{Answer, Fault, Moment, Origin, Refused, Request};

/// How many records are kept for people to look at.
const KEPT: usize = 1000;

/// One line of the log: a call, a step of somebody outside, or the provider's own work.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Record {
    /// Its number in this world, from 1.
    pub number: u64,
    /// When it happened, in the world's time.
    #[serde(serialize_with = "as_iso")]
    pub at: Moment,
    /// The provider.
    pub provider: &'static str,
    /// Who caused it.
    pub origin: Origin,
    /// The operation, or the name of a step; empty for the provider's own work.
    pub operation: String,
    /// The request's own key; only writes have one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// Whether the request only asks.
    pub is_read: bool,
    /// The fault that was applied.
    pub fault: Fault,
    /// The part that the client saw. Absent for anything but a call, and for a call that was done late.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Outcome>,
    /// The status of the provider's own answer, delivered or not; 0 without one.
    pub status: u16,
    /// Why the provider refused it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refused: Option<Refused>,
    /// The effects on the outside world.
    pub effects: Vec<Value>,
    /// The request, without logins and card numbers.
    #[serde(skip)]
    pub request: Option<Shown>,
    /// The answer that the client saw, without logins and card numbers.
    #[serde(skip)]
    pub answer: Option<Shown>,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde passes a reference"
)]
fn as_iso<S: Serializer>(at: &Moment, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&at.iso())
}

/// The part of a call that the client saw.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Outcome {
    /// An answer.
    Answer,
    /// The connection ended.
    Cut,
    /// Nothing, until it gave up.
    Silence,
    /// No connection.
    Refused,
}

/// A request or an answer as people may see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Shown {
    /// `POST /path?query`, or a status.
    pub line: String,
    /// Names and values in order.
    pub headers: Vec<(String, String)>,
    /// The beginning of the body.
    pub body: String,
    /// Whether a part of it is longer than what is kept.
    pub is_cut: bool,
}

impl Record {
    /// Returns whether it is a request, whether it arrived or not.
    pub fn is_call(&self) -> bool {
        matches!(self.origin, Origin::Request | Origin::LateRequest)
    }
}

impl Display for Record {
    /// Writes one line; two runs of one seed give equal lines.
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "{} {} {} {:?} {} {} {:?} {}",
            self.number,
            self.at.iso(),
            self.provider,
            self.origin,
            self.operation,
            self.key.as_deref().unwrap_or("-"),
            self.fault,
            self.status,
        )?;
        if let Some(refused) = &self.refused {
            write!(formatter, " refused {} {}", refused.code, refused.rule)?;
        }
        for effect in &self.effects {
            write!(formatter, " {effect}")?;
        }
        Ok(())
    }
}

/// The records that are kept.
#[derive(Clone, Debug, Default)]
pub(super) struct Log {
    records: VecDeque<Record>,
    last: u64,
    step: Option<String>,
}

impl Log {
    pub(super) fn records(&self) -> impl DoubleEndedIterator<Item = &Record> {
        self.records.iter()
    }

    /// Returns how many records there were.
    #[cfg(feature = "server")]
    pub(super) fn count(&self) -> u64 {
        self.last
    }

    pub(super) fn is_empty(&self) -> bool {
        self.last == 0
    }

    /// Names the step that the next entry of somebody outside comes from.
    pub(super) fn begin_step(&mut self, name: &str) {
        self.step = Some(name.to_owned());
    }

    pub(super) fn end_step(&mut self) {
        self.step = None;
    }

    /// Adds an entry of a provider's journal, with the call that it comes from.
    pub(super) fn add(
        &mut self,
        provider: &'static str,
        happened: Happened,
        call: Option<(&Request, &Passed)>,
        redaction: &Redaction,
    ) {
        let mut operation = happened.operation;
        if happened.origin == Origin::Outside {
            let Some(step) = &self.step else {
                // A step that was not possible.
                return;
            };
            operation.clone_from(step);
        }
        let shown = call.map(|(request, passed)| Seen::of(request, passed, redaction));
        let (outcome, request, answer) = Seen::parts(shown);
        let effects = happened.effects.into_iter();
        self.push(Record {
            number: 0,
            at: happened.at,
            provider,
            origin: happened.origin,
            operation: redaction.words(&operation),
            key: happened.key.map(|key| redaction.words(&key)),
            is_read: happened.is_read,
            fault: happened.fault,
            outcome,
            status: happened.status,
            refused: happened.refused.map(|refused| Refused {
                code: redaction.words(&refused.code),
                rule: redaction.words(&refused.rule),
            }),
            effects: effects.map(|effect| redaction.value(effect)).collect(),
            request,
            answer,
        });
    }

    /// Adds a call that the provider has not handled, or not yet.
    pub(super) fn add_lost(
        &mut self,
        provider: &'static str,
        request: &Request,
        passed: &Passed,
        now: Moment,
        redaction: &Redaction,
    ) {
        let (outcome, shown, answer) = Seen::parts(Some(Seen::of(request, passed, redaction)));
        self.push(Record {
            number: 0,
            at: now,
            provider,
            origin: Origin::Request,
            operation: redaction.words(&passed.call.operation),
            key: passed.call.key.as_deref().map(|key| redaction.words(key)),
            is_read: passed.call.is_read,
            fault: passed.fault,
            outcome,
            status: 0,
            refused: None,
            effects: Vec::new(),
            request: shown,
            answer,
        });
    }

    fn push(&mut self, record: Record) {
        self.last += 1;
        self.records.push_back(Record {
            number: self.last,
            ..record
        });
        if self.records.len() > KEPT {
            self.records.pop_front();
        }
    }
}

/// A call as people may see it.
struct Seen {
    outcome: Outcome,
    request: Shown,
    answer: Option<Shown>,
}

impl Seen {
    fn of(request: &Request, passed: &Passed, redaction: &Redaction) -> Self {
        let outcome = match passed.delivered {
            Delivered::Answer(_) => Outcome::Answer,
            Delivered::Cut => Outcome::Cut,
            Delivered::Silence => Outcome::Silence,
            Delivered::Refused => Outcome::Refused,
        };
        let line = format!("{} {}", request.method, request.path);
        let answer = passed.delivered.answer();
        let answer = answer.map(|answer: &Answer| {
            redaction.show(&answer.status.to_string(), &answer.headers, &answer.body)
        });
        Seen {
            outcome,
            request: redaction.show(&line, &request.headers, &request.body),
            answer,
        }
    }

    fn parts(seen: Option<Self>) -> (Option<Outcome>, Option<Shown>, Option<Shown>) {
        match seen {
            Some(seen) => (Some(seen.outcome), Some(seen.request), seen.answer),
            None => (None, None, None),
        }
    }
}
