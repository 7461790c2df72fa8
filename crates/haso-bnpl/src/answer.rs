//! The answer of a call that says yes and documents nothing more.

use kervan_core::{Drift, Personal};
use serde::{Deserialize, Serialize};

/// The provider said yes. The rest of its answer is not documented, and kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Done {
    /// `Data` as JSON text, its numbers as texts; `None` when it is empty.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub data: Option<Personal>,
    /// The members beside `Data`.
    #[serde(default, skip_serializing_if = "Drift::is_empty")]
    pub drift: Drift,
}
