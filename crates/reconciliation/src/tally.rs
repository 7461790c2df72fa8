//! Counts and sums of the lines of one subject.

use kervan_turkiye::Money;

/// How many lines, and how much.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) count: u32,
    pub(crate) sum: Sum,
}

/// A sum of amounts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sum {
    Exact(Money),
    /// A line has no amount, or the sum is too large.
    Unknown,
}

impl Default for Sum {
    fn default() -> Self {
        Self::Exact(Money::ZERO)
    }
}

impl Sum {
    pub(crate) fn of(amount: Option<Money>) -> Self {
        amount.map_or(Self::Unknown, Self::Exact)
    }

    pub(crate) fn plus(self, other: Self) -> Self {
        match (self, other) {
            (Self::Exact(one), Self::Exact(other)) => Self::of(one.checked_add(other)),
            _ => Self::Unknown,
        }
    }

    pub(crate) fn money(self) -> Option<Money> {
        match self {
            Self::Exact(money) => Some(money),
            Self::Unknown => None,
        }
    }
}

impl Tally {
    pub(crate) fn add(&mut self, amount: Option<Money>) {
        self.count = self.count.saturating_add(1);
        self.sum = self.sum.plus(Sum::of(amount));
    }

    pub(crate) fn plus(self, other: Self) -> Self {
        Self {
            count: self.count.saturating_add(other.count),
            sum: self.sum.plus(other.sum),
        }
    }
}
