//! The provider's refusal: code, meaning, texts.

use kervan_core::outcome::Try;
use kervan_core::{Class, Drift, ForeignText, Outcome, Personal};
use serde::Serialize;

use crate::codes::{self, RejectionKind};

/// HASO read the request and said no.
///
/// Its text holds the code and its meaning. The provider's own texts may repeat values of the request, so
/// they are separate and do not print themselves.
#[derive(Clone, Debug, PartialEq, Serialize, thiserror::Error)]
#[error("`{operation}` was refused with {code}: {}", kind.meaning())]
#[non_exhaustive]
pub struct Rejection {
    /// The method's name.
    #[serde(skip)]
    pub operation: &'static str,
    /// The code, as `H307`; `?` where the provider's texts lack a code.
    pub code: String,
    /// Its meaning.
    pub kind: RejectionKind,
    /// The provider's texts, with key and salt taken out. Wire: `Errors`, `Data["message"]`.
    pub messages: Vec<ForeignText>,
    /// By their name, the telephone numbers that the credit bureau knows, where the code says that the
    /// number sent cannot be used. Wire: `KkbPhones`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub phones: Vec<Personal>,
    /// The part of the answer beyond its documentation.
    #[serde(skip_serializing_if = "Drift::is_empty")]
    pub drift: Box<Drift>,
    /// The try that was refused, and its class.
    #[serde(skip)]
    this: Option<Try>,
}

impl Rejection {
    pub(crate) fn new(
        operation: &'static str,
        code: String,
        kind: RejectionKind,
        drift: Drift,
    ) -> Self {
        Self {
            operation,
            code,
            kind,
            messages: Vec::new(),
            phones: Vec::new(),
            drift: Box::new(drift),
            this: None,
        }
    }

    /// Sets the provider's texts, and the telephone numbers that the credit bureau knows.
    pub(crate) fn with_texts(mut self, messages: Vec<ForeignText>, phones: Vec<Personal>) -> Self {
        self.messages = messages;
        self.phones = phones;
        self
    }

    /// Returns whether the code is part of a number of the request.
    pub(crate) fn is_echo_of(&self, number: &str) -> bool {
        codes::all(number).any(|code| code == self.code)
    }

    /// Forgets the code, because it is not one of the provider's.
    pub(crate) fn unlist(&mut self) {
        "?".clone_into(&mut self.code);
        self.kind = RejectionKind::Unlisted;
    }
}

impl kervan_core::Rejection for Rejection {
    fn code(&self) -> &str {
        &self.code
    }

    fn outcome(&self) -> Outcome {
        self.kind.outcome_of(self.operation, self.this)
    }

    /// Returns the class of the write. A refusal that no client has noted yet counts as a blind write's.
    fn class(&self) -> Class {
        self.this.map_or(Class::Blind, |this| this.class)
    }

    fn of_try(mut self, this: Try) -> Self {
        self.this = Some(this);
        self
    }

    fn exists(&self) -> bool {
        self.kind.exists(self.operation)
    }

    fn refuses_contents(&self) -> bool {
        self.kind.refuses_contents(self.operation)
    }
}
