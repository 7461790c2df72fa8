//! A write that was held back, though its request is in order.

use std::error::Error as StdError;

use crate::outcome::Outcome;

/// A write that was held back.
#[derive(Debug, thiserror::Error)]
#[error("{reason}")]
pub struct Unsent {
    reason: UnsentReason,
    maybe_sent: bool,
    #[source]
    cause: Option<Box<dyn StdError + Send + Sync>>,
}

/// Why a write was held back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum UnsentReason {
    /// The state before it could not be read.
    #[error("the state before it could not be read")]
    Unprepared,
    /// Its attempt was sent before, or may have been, so that the outcome is unknown.
    #[error("its attempt was sent before, or may have been")]
    AlreadySent,
    /// Its attempt was prepared for another request.
    #[error("its attempt was prepared for another request")]
    Changed,
    /// Its attempt was prepared too long ago.
    #[error("its attempt was prepared too long ago")]
    Stale,
    /// The try before it did not happen.
    #[error("the try before it did not happen")]
    ProvenAbsent,
}

impl Unsent {
    /// Holds a write back.
    pub fn new(reason: UnsentReason) -> Self {
        Self {
            reason,
            maybe_sent: reason == UnsentReason::AlreadySent,
            cause: None,
        }
    }

    /// Adds the error that kept it back.
    #[must_use]
    pub fn caused_by(mut self, cause: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        self.cause = Some(cause.into());
        self
    }

    /// Says that the attempt itself may have been sent, whatever holds this try back.
    #[must_use]
    pub fn maybe_sent(mut self, was_sent: bool) -> Self {
        self.maybe_sent |= was_sent;
        self
    }

    /// Returns the reason as a stable word: `unprepared`, `already_sent`, `changed`, `stale`,
    /// `proven_absent`.
    pub fn reason(&self) -> &'static str {
        match self.reason {
            UnsentReason::Unprepared => "unprepared",
            UnsentReason::AlreadySent => "already_sent",
            UnsentReason::Changed => "changed",
            UnsentReason::Stale => "stale",
            UnsentReason::ProvenAbsent => "proven_absent",
        }
    }

    pub(crate) fn outcome(&self) -> Outcome {
        if self.maybe_sent {
            Outcome::Unknown
        } else {
            Outcome::NotDone
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_reason_has_a_word_and_a_text_of_its_own() {
        let all = [
            Unsent::new(UnsentReason::Unprepared).caused_by("the cause"),
            Unsent::new(UnsentReason::AlreadySent),
            Unsent::new(UnsentReason::Changed).caused_by("the cause"),
            Unsent::new(UnsentReason::Stale),
            Unsent::new(UnsentReason::ProvenAbsent),
        ];
        let texts: std::collections::HashSet<_> = all.iter().map(ToString::to_string).collect();
        let words: std::collections::HashSet<_> = all.iter().map(Unsent::reason).collect();
        assert_eq!((texts.len(), words.len()), (all.len(), all.len()));
        for unsent in all {
            assert!(unsent.to_string().len() > 8, "{unsent}");
            let has_cause = matches!(unsent.reason(), "unprepared" | "changed");
            assert_eq!(unsent.source().is_some(), has_cause, "{unsent}");
            let is_unknown = unsent.reason() == "already_sent";
            assert_eq!(unsent.outcome() == Outcome::Unknown, is_unknown, "{unsent}");
            assert_eq!(unsent.maybe_sent(true).outcome(), Outcome::Unknown);
        }
    }
}
