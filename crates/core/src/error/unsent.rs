//! A write that was held back, though its request is in order.

use std::error::Error as StdError;

use crate::class::Class;
use crate::outcome::Outcome;

/// A write that was held back.
#[derive(Debug, thiserror::Error)]
#[error("`{operation}` was not sent: {}", reason.text())]
pub struct Unsent {
    operation: &'static str,
    class: Class,
    reason: UnsentReason,
    maybe_sent: bool,
    #[source]
    cause: Option<Box<dyn StdError + Send + Sync>>,
}

/// Why a write was held back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum UnsentReason {
    /// The state before it could not be read.
    Unprepared,
    /// Its attempt was sent before, or may have been, so that the outcome is unknown.
    AlreadySent,
    /// Its attempt was prepared for another request.
    Changed,
    /// Its attempt was prepared too long ago.
    Stale,
    /// The try before it did not happen.
    ProvenAbsent,
}

impl UnsentReason {
    fn text(self) -> &'static str {
        match self {
            Self::Unprepared => "the state before it could not be read",
            Self::AlreadySent => "its attempt was sent before, or may have been",
            Self::Changed => "its attempt was prepared for another request",
            Self::Stale => "its attempt was prepared too long ago",
            Self::ProvenAbsent => "the try before it did not happen",
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Unprepared => "unprepared",
            Self::AlreadySent => "already_sent",
            Self::Changed => "changed",
            Self::Stale => "stale",
            Self::ProvenAbsent => "proven_absent",
        }
    }
}

impl Unsent {
    /// Holds a call back.
    pub fn new(operation: &'static str, class: Class, reason: UnsentReason) -> Self {
        Self {
            operation,
            class,
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

    /// Returns the call's name.
    pub fn operation(&self) -> &'static str {
        self.operation
    }

    /// Returns the reason as a stable word: `unprepared`, `already_sent`, `changed`, `stale`,
    /// `proven_absent`.
    pub fn reason(&self) -> &'static str {
        self.reason.name()
    }

    pub(crate) fn class(&self) -> Class {
        self.class
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
        let held = |reason| Unsent::new("op", Class::Delta, reason);
        let all = [
            held(UnsentReason::Unprepared).caused_by("the cause"),
            held(UnsentReason::AlreadySent),
            held(UnsentReason::Changed).caused_by("the cause"),
            held(UnsentReason::Stale),
            held(UnsentReason::ProvenAbsent),
        ];
        let texts: std::collections::HashSet<_> = all.iter().map(ToString::to_string).collect();
        let words: std::collections::HashSet<_> = all.iter().map(Unsent::reason).collect();
        assert_eq!((texts.len(), words.len()), (all.len(), all.len()));
        for unsent in all {
            let start = "`op` was not sent: ";
            assert!(unsent.to_string().len() > start.len() + 8, "{unsent}");
            assert!(unsent.to_string().starts_with(start), "{unsent}");
            assert_eq!((unsent.operation(), unsent.class()), ("op", Class::Delta));
            let has_cause = matches!(unsent.reason(), "unprepared" | "changed");
            assert_eq!(unsent.source().is_some(), has_cause, "{unsent}");
            let is_unknown = unsent.reason() == "already_sent";
            assert_eq!(unsent.outcome() == Outcome::Unknown, is_unknown, "{unsent}");
        }
    }
}
