//! The periods that the query types take.

use chrono::{Days, Months, NaiveDate};
use kervan_core::Problems;

use crate::rules;

/// The longest period of a query, and how far back it may reach.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Limits {
    /// The longest period.
    pub(super) longest: Option<Bounded>,
    /// How far back from today the first day may be.
    pub(super) back: Option<Bounded>,
}

/// A stretch of time that the guide names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bounded {
    /// Seven days.
    Week,
    /// A month of the calendar.
    Month,
    /// Twelve months of the calendar.
    Year,
}

impl Bounded {
    fn after(self, day: NaiveDate) -> Option<NaiveDate> {
        match self {
            Self::Week => day.checked_add_days(Days::new(7)),
            Self::Month => day.checked_add_months(Months::new(1)),
            Self::Year => day.checked_add_months(Months::new(12)),
        }
    }

    fn before(self, day: NaiveDate) -> Option<NaiveDate> {
        match self {
            Self::Week => day.checked_sub_days(Days::new(7)),
            Self::Month => day.checked_sub_months(Months::new(1)),
            Self::Year => day.checked_sub_months(Months::new(12)),
        }
    }
}

impl Limits {
    /// The only limit: the end is not before the start.
    pub(super) const NONE: Self = Self {
        longest: None,
        back: None,
    };

    /// Checks a period, its ends included.
    pub(super) fn check(
        self,
        from: NaiveDate,
        to: NaiveDate,
        today: NaiveDate,
        problems: &mut Problems,
    ) {
        if to < from {
            problems.push(rules::PERIOD_REVERSED.at("to").limit(from).actual(to));
        }
        let last = self.longest.and_then(|longest| longest.after(from));
        if let Some(last) = last.filter(|last| to > *last) {
            problems.push(rules::PERIOD_TOO_LONG.at("to").limit(last).actual(to));
        }
        let first = self.back.and_then(|back| back.before(today));
        if let Some(first) = first.filter(|first| from < *first) {
            problems.push(rules::PERIOD_TOO_OLD.at("from").limit(first).actual(from));
        }
    }
}
