//! The answer to a form that the server posted itself.

use kervan_core::Personal;
use serde::{Deserialize, Serialize};

/// The answer to a form that the server posted itself. **It is not a success**: the meaning of the answers is
/// not documented. The customer's browser has to go to `location`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Handover {
    /// The HTTP status.
    pub status: u16,
    /// Where the answer redirects to. It may hold the customer's session.
    pub location: Option<Personal>,
    /// The body as text, without key and salt; bytes that are not UTF-8 are replaced.
    pub body: Personal,
}
