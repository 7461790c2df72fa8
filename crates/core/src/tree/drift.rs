//! Where an answer and its documentation differ.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::secret::Personal;

/// How an answer differs from what its documentation says: fields that no type reads, kept with
/// their values, and fields that should be there and were not.
///
/// Paths are in the provider's names, as `response.shipments[0].state`. `Debug` shows paths only.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Drift {
    /// Fields beyond the documented ones.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unread: Vec<Unread>,
    /// Documented fields that never came.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub absent: Vec<String>,
}

impl Drift {
    /// Whether answer and documentation agree.
    pub fn is_empty(&self) -> bool {
        self.unread.is_empty() && self.absent.is_empty()
    }
}

/// A field beyond the documented ones.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Unread {
    /// Where it stood.
    pub path: String,
    /// Its value as JSON text.
    pub value: Personal,
}

impl Unread {
    pub(crate) fn new(path: String, value: &str) -> Self {
        Self {
            path,
            value: Personal::from(value),
        }
    }
}

impl fmt::Debug for Unread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.path, f)
    }
}
