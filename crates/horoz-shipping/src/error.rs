//! The errors of this crate's calls.

use crate::rejection::Rejection;

/// A call that failed; [`outcome`](kervan_core::Error::outcome) reports whether it may have happened.
pub type Error = kervan_core::Error<Rejection>;

/// A write that was not done, or whose outcome is unknown, with the attempt that settles it.
pub type Failed = kervan_settling::Failed<Rejection>;

/// The knowledge about a write.
pub type Settled<T> = kervan_settling::Settled<T, Rejection>;

/// How far [`resume`](kervan_settling::Settler::resume) has come.
pub type Resumed<T> = kervan_settling::Resumed<T, Rejection>;
