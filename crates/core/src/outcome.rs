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
