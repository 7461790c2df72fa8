//! The question that decides what a shop does after a failed call.

use serde::Serialize;

use crate::class::Class;

/// Whether a call that failed may have happened all the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[expect(clippy::exhaustive_enums, reason = "a third answer would be no answer")]
pub enum Outcome {
    /// The provider did not do it: it was never sent, or the provider said no. Correct it and send
    /// it again.
    #[serde(rename = "not_done")]
    NotDone,
    /// It may have happened. Read back before anything else.
    #[serde(rename = "unknown")]
    Unknown,
}

/// A provider's refusal: it read the request and said no.
pub trait Rejection: std::error::Error + serde::Serialize + Send + Sync + 'static {
    /// Returns the code as the provider sent it.
    fn code(&self) -> &str;

    /// Returns whether the call may have happened in spite of the refusal.
    fn outcome(&self) -> Outcome;

    /// Returns the class of the call that was refused, as [`of_try`](Self::of_try) has said.
    fn class(&self) -> Class;

    /// Notes which call was refused, and which try of it: codes mean different things by that.
    #[must_use]
    fn of_try(self, this: Try) -> Self
    where
        Self: Sized;

    /// Returns whether it says that the key is taken. After a try that was sent, that try may have taken it;
    /// on a first try somebody else has.
    fn exists(&self) -> bool {
        false
    }

    /// Returns whether it refuses the contents of the request, so that no earlier try of the same contents
    /// can have been done.
    fn refuses_contents(&self) -> bool {
        false
    }
}

/// A try of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Try {
    /// The class of the call.
    pub class: Class,
    /// Whether there were tries before it.
    pub order: Order,
}

/// Whether there were tries before a try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "there is no fourth")]
pub enum Order {
    /// There was none.
    First,
    /// The same write was sent before.
    Again,
    /// Nobody knows, as for a call without an attempt.
    Unknown,
}

impl Try {
    /// Creates a first try.
    pub fn first(class: Class) -> Self {
        let order = Order::First;
        Self { class, order }
    }

    /// Creates a try after one that was sent.
    pub fn again(class: Class) -> Self {
        let order = Order::Again;
        Self { class, order }
    }

    /// Creates a try of which nobody knows whether it is the first.
    pub fn unknown(class: Class) -> Self {
        let order = Order::Unknown;
        Self { class, order }
    }
}
