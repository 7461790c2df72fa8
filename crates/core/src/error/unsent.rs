//! A write that was held back, though its request is in order.

use std::error::Error as StdError;

use crate::class::Class;
use crate::outcome::Outcome;

/// A write that was held back.
#[derive(Debug, thiserror::Error)]
#[error("`{operation}` was not sent: {}", why.text())]
pub struct Unsent {
    operation: &'static str,
    class: Class,
    why: Why,
    outcome: Outcome,
    #[source]
    cause: Option<Box<dyn StdError + Send + Sync>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Why {
    Unprepared,
    AlreadySent,
    Changed,
    Stale,
    ProvenAbsent,
}

impl Why {
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
    fn new(operation: &'static str, class: Class, why: Why, outcome: Outcome) -> Self {
        Self {
            operation,
            class,
            why,
            outcome,
            cause: None,
        }
    }

    pub(crate) fn unprepared(
        operation: &'static str,
        class: Class,
        cause: Option<Box<dyn StdError + Send + Sync>>,
    ) -> Self {
        Self {
            cause,
            ..Self::new(operation, class, Why::Unprepared, Outcome::NotDone)
        }
    }

    /// What was sent before may have happened.
    pub(crate) fn already_sent(operation: &'static str, class: Class) -> Self {
        Self::new(operation, class, Why::AlreadySent, Outcome::Unknown)
    }

    pub(crate) fn changed(
        operation: &'static str,
        class: Class,
        cause: Option<Box<dyn StdError + Send + Sync>>,
    ) -> Self {
        Self {
            cause,
            ..Self::new(operation, class, Why::Changed, Outcome::NotDone)
        }
    }

    pub(crate) fn stale(operation: &'static str, class: Class) -> Self {
        Self::new(operation, class, Why::Stale, Outcome::NotDone)
    }

    pub(crate) fn proven_absent(operation: &'static str, class: Class) -> Self {
        Self::new(operation, class, Why::ProvenAbsent, Outcome::NotDone)
    }

    /// The attempt itself may have been sent, whatever holds this try back.
    pub(crate) fn maybe_sent(mut self, was_sent: bool) -> Self {
        if was_sent {
            self.outcome = Outcome::Unknown;
        }
        self
    }

    /// Returns the call's name.
    pub fn operation(&self) -> &'static str {
        self.operation
    }

    /// Returns the reason as a stable word: `unprepared`, `already_sent`, `changed`, `stale`,
    /// `proven_absent`.
    pub fn reason(&self) -> &'static str {
        self.why.name()
    }

    pub(crate) fn class(&self) -> Class {
        self.class
    }

    pub(crate) fn outcome(&self) -> Outcome {
        self.outcome
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_reason_has_a_word_and_a_text_of_its_own() {
        let cause = || Some(Box::from("the cause"));
        let all = [
            Unsent::unprepared("op", Class::Delta, cause()),
            Unsent::already_sent("op", Class::Delta),
            Unsent::changed("op", Class::Delta, cause()),
            Unsent::stale("op", Class::Delta),
            Unsent::proven_absent("op", Class::Delta),
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
