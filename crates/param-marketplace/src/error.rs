//! The error of every call.

use crate::rejection::Rejection;

/// A call that failed; [`outcome`](kervan_core::Error::outcome) returns whether it may have happened.
pub type Error = kervan_core::Error<Rejection>;
