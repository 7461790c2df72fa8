//! The question that decides what a shop does after a failed call.

use serde::Serialize;

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
    /// The code as the provider sent it.
    fn code(&self) -> &str;

    /// Whether the call may have happened in spite of the refusal.
    fn outcome(&self) -> Outcome;
}
