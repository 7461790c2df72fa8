//! The outputs of calls with undocumented answers.

use kervan_core::Personal;
use serde::{Deserialize, Serialize};

/// HASO accepted the call. Nothing more of its answer is documented.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Accepted {
    /// `Data` as JSON text, with its numbers as texts; `None` when it is empty. A list without rows is `[]`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub data: Option<Personal>,
}

/// A list with undocumented rows.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct UndocumentedList {
    /// `Data` as JSON text, with its numbers as texts; `None` when it is empty. A list without rows is `[]`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub data: Option<Personal>,
}

impl Accepted {
    pub(crate) fn new(data: Option<Personal>) -> Self {
        Self { data }
    }
}

impl UndocumentedList {
    pub(crate) fn new(data: Option<Personal>) -> Self {
        Self { data }
    }
}
