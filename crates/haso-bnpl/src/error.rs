//! The error of a call.

use crate::rejection::Rejection;

/// A call that failed; [`outcome`](kervan_core::Error::outcome) reports whether it may have happened.
pub type Error = kervan_core::Error<Rejection>;
