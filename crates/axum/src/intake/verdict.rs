//! The result of a post.

use kervan_ledger::Applied;

/// The result of a post. One that was applied is made by [`Proven::apply`](super::Proven::apply) and
/// [`Refused::settle`](super::Refused::settle) only, after the store has it.
///
/// ```compile_fail,E0624
/// let verdict = kervan_axum::Verdict::applied(kervan_ledger::Applied::Now);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verdict(Kind);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Applied(Applied),
    Later,
    Refused,
}

/// The answer that follows from a verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "every case has to be answered")]
pub enum Reply {
    /// Stops the repeats.
    Applied,
    /// Asks for the post again.
    Again,
    /// Says that the post is not believed. The provider's own post comes again.
    Refused,
}

impl Verdict {
    /// Nothing follows yet: the post stays, and comes again or is [replayed](super::Intake::replay).
    pub const LATER: Self = Self(Kind::Later);

    pub(super) const REFUSED: Self = Self(Kind::Refused);

    pub(super) fn applied(applied: Applied) -> Self {
        Self(Kind::Applied(applied))
    }

    /// Returns whether its consequences were stored, and if so, now or before.
    pub fn was_applied(self) -> Option<Applied> {
        match self.0 {
            Kind::Applied(applied) => Some(applied),
            Kind::Later | Kind::Refused => None,
        }
    }

    pub(super) fn reply(self) -> Reply {
        match self.0 {
            Kind::Applied(_) => Reply::Applied,
            Kind::Later => Reply::Again,
            Kind::Refused => Reply::Refused,
        }
    }
}

/// A function of the shop that failed: the post stays.
impl<E> From<Result<Self, E>> for Verdict {
    fn from(result: Result<Self, E>) -> Self {
        result.unwrap_or(Self::LATER)
    }
}
