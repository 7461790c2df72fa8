//! The results of a run, and the reasons why it ended early.

use kervan_ledger::{StoreError, Why};
use kervan_settling::{Many, Refusal};
use serde::{Deserialize, Serialize};

use crate::check::BulkProblems;

/// The result of one write of a run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct BulkResult {
    /// Its place among the writes of the run, from zero.
    pub index: usize,
    /// Its key.
    pub key: String,
    /// Its state.
    pub state: BulkState,
    /// The reason why it is not done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<FailureReason>,
    /// Whether it is from the ledger, and was not sent in this run.
    pub earlier: bool,
}

/// The state of a write at the end of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub enum BulkState {
    /// Done, by its own answer or as a question or a person saw.
    #[serde(rename = "done")]
    Done,
    /// Its key was taken after it had been sent: an earlier try has done it.
    #[serde(rename = "already_there")]
    AlreadyThere,
    /// The provider refused it as it is. It has to be corrected; then it is sent under the same key.
    #[serde(rename = "refused")]
    Refused,
    /// It was never tried before, and the provider says that its key is taken: another write has it, or the
    /// ledger was lost ([`RunPlan::trust_duplicates`](crate::RunPlan::trust_duplicates)).
    #[serde(rename = "key_taken")]
    KeyTaken,
    /// It may have happened. A continued run settles it before anything else.
    #[serde(rename = "unknown")]
    Unknown,
    /// It did not happen, for a reason outside the write: no connection, a wrong login, a run that ended early.
    /// A continued run sends it, unless it is at its limit.
    #[serde(rename = "not_done")]
    NotDone,
}

/// The reason why a write is not done. It does not hold personal data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct FailureReason {
    /// As the ledger's [`Why::kind`], with that of the failure itself for a question that failed. Besides
    /// `stopped` for a write that was not tried because the run ended early, `changed` for one that has other
    /// contents than when it was perhaps sent, `held` for one that another program works on, `limit` for one that
    /// has left as often as it may, `too_soon` for one whose limit has a pause that is not over, and `exists` for one
    /// with a key that was taken after it was sent, where others use the same keys.
    pub kind: String,
    /// The provider's code, or that of the transport, as `timeout`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// The meaning of the provider's code in a few words, where it is documented.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub meaning: Option<String>,
    /// The HTTP status, where one came.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
}

impl FailureReason {
    /// Creates one of the run's own.
    pub(crate) fn plain(kind: &str) -> Self {
        Self {
            kind: kind.to_owned(),
            code: None,
            meaning: None,
            status: None,
        }
    }

    /// Creates that of an entry.
    pub(crate) fn of<O: Many>(why: &Why, settings: &O::Service) -> Self {
        // A question that failed has the kind of its failure before the code.
        let code = why.code.as_deref();
        let failed = code.filter(|_| why.kind == "question");
        let (kind, code) = match failed.map(|code| code.split_once(' ').ok_or(code)) {
            Some(Ok((kind, code))) => (kind, Some(code)),
            Some(Err(kind)) => (kind, None),
            None => (&*why.kind, code),
        };
        let refusal = code.filter(|_| kind == "rejected");
        let meaning = refusal.and_then(|code| O::refusal(settings, code).meaning);
        Self {
            kind: kind.to_owned(),
            code: code.map(str::to_owned),
            meaning: meaning.map(str::to_owned),
            status: why.status,
        }
    }
}

/// The kind of reason of a write that has left as often as it may.
pub(crate) const LIMIT: &str = "limit";

/// Returns the meaning of the refusal with which an entry has ended.
pub(crate) fn refusal_of<O: Many>(why: Option<&Why>, settings: &O::Service) -> Option<Refusal> {
    let why = why.filter(|why| why.kind == "rejected")?;
    Some(O::refusal(settings, why.code.as_deref()?))
}

/// The counts of a run.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct RunReport {
    /// All writes.
    pub writes: usize,
    /// Done.
    pub done: usize,
    /// Done before, by an earlier try.
    pub already_there: usize,
    /// Refused as they are.
    pub refused: usize,
    /// Not done, because another write has their key.
    pub key_taken: usize,
    /// They may have happened.
    pub unknown: usize,
    /// Not done, for reasons that are not the writes'.
    pub not_done: usize,
    /// The part of all these that the ledger knew.
    pub earlier: usize,
    /// The part of [`unknown`](Self::unknown) and [`not_done`](Self::not_done) that has left as often as it may. No
    /// further run ends them: a person decides.
    #[serde(default)]
    pub at_limit: usize,
    /// The keys of this kind of write that are open in the ledger and were not among the writes. They may have
    /// happened, because no call has asked for them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub left_in_ledger: Vec<String>,
    /// The reason why the run ended early.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stopped: Option<StopReason>,
}

impl RunReport {
    /// Returns whether each write either happened or is refused: none is left to continue, none has the key of
    /// another, and the counts add up. [`left_in_ledger`](RunReport::left_in_ledger) does not count.
    ///
    /// A loop that continues the run until it is settled has to end where only writes [at their
    /// limit](Self::at_limit) are left.
    pub fn is_settled(&self) -> bool {
        self.done + self.already_there + self.refused == self.writes
            && self.key_taken + self.unknown + self.not_done == 0
    }

    pub(crate) fn count(&mut self, result: &BulkResult) {
        self.earlier += usize::from(result.earlier);
        let reason = result.reason.as_ref();
        self.at_limit += usize::from(reason.is_some_and(|reason| reason.kind == LIMIT));
        *match result.state {
            BulkState::Done => &mut self.done,
            BulkState::AlreadyThere => &mut self.already_there,
            BulkState::Refused => &mut self.refused,
            BulkState::KeyTaken => &mut self.key_taken,
            BulkState::Unknown => &mut self.unknown,
            BulkState::NotDone => &mut self.not_done,
        } += 1;
    }
}

/// The reason why a run ended early.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum StopReason {
    /// The login is wrong: every other write would be refused too.
    #[serde(rename = "wrong_login")]
    WrongLogin,
    /// Too many writes in a row ended without an answer of the provider.
    #[serde(rename = "no_answers")]
    NoAnswers,
    /// Too many writes in a row ended with the same code that is not listed.
    #[serde(rename = "unlisted_code")]
    UnlistedCode,
}

/// A run that could not begin, or had to end.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RunError {
    /// Writes break rules. Nothing was sent. The value holds every problem of each of them.
    #[error("{} of the writes cannot be sent; nothing was", .0.len())]
    Invalid(Vec<BulkProblems>),
    /// The writes were not the same when they were read again. The first that differs is at this place, from
    /// zero. Writes that were being sent have ended; nothing else was sent.
    #[error("the writes were not the same when they were read again, from place {index} on")]
    WritesChanged {
        /// From zero.
        index: usize,
    },
    /// The ledger failed. Writes that were being sent have ended; nothing else was sent. Those with a result that
    /// could not be stored are open in it; a continued run settles them.
    #[error("the run ended because its ledger failed")]
    Ledger(#[from] StoreError),
}
