//! Parameters that name days.

use chrono::NaiveDate;
use kervan_core::Problems;
use serde::{Deserialize, Serialize};

use super::sealed::{Write, Written, check_day, written};
use crate::check;
use crate::ids::CustomerReference;
use crate::query::asked::Asked;
use crate::query::limits::{Bounded, Limits};
use crate::query::settings::QuerySettings;

/// One day in Türkiye. Wire: `Date`, dd.MM.yyyy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Day {
    /// The day.
    pub date: NaiveDate,
}

impl From<NaiveDate> for Day {
    fn from(date: NaiveDate) -> Self {
        Self { date }
    }
}

impl Write for Day {
    fn check(&self, _today: NaiveDate, problems: &mut Problems) {
        check_day(problems, "date", self.date);
    }

    fn write(&self, _settings: &QuerySettings, to: &mut Written) {
        to.push(("Date", written(self.date)));
    }
}

/// From one day to another, both included. Wire: `StartDate`, `EndDate`, dd.MM.yyyy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Period {
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub to: NaiveDate,
}

impl Period {
    /// Creates a period from one day to another.
    pub fn new(from: NaiveDate, to: NaiveDate) -> Self {
        Self { from, to }
    }

    pub(super) fn check_within(self, limits: Limits, today: NaiveDate, problems: &mut Problems) {
        check_day(problems, "from", self.from);
        check_day(problems, "to", self.to);
        limits.check(self.from, self.to, today, problems);
    }

    pub(super) fn write_to(self, to: &mut Written) {
        to.push(("StartDate", written(self.from)));
        to.push(("EndDate", written(self.to)));
    }
}

impl Write for Period {
    fn check(&self, today: NaiveDate, problems: &mut Problems) {
        self.check_within(Limits::NONE, today, problems);
    }

    fn write(&self, _settings: &QuerySettings, to: &mut Written) {
        self.write_to(to);
    }
}

/// A period of at most one month that begins at most one year back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
#[non_exhaustive]
pub struct MonthPeriod {
    /// The period.
    pub period: Period,
}

impl From<Period> for MonthPeriod {
    fn from(period: Period) -> Self {
        Self { period }
    }
}

impl Write for MonthPeriod {
    fn check(&self, today: NaiveDate, problems: &mut Problems) {
        let limits = Limits {
            longest: Some(Bounded::Month),
            back: Some(Bounded::Year),
        };
        self.period.check_within(limits, today, problems);
    }

    fn write(&self, _settings: &QuerySettings, to: &mut Written) {
        self.period.write_to(to);
    }
}

/// One parcel, or all of a period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum ReferenceOrPeriod {
    /// Wire: `IntegrationCode`.
    #[serde(rename = "reference")]
    Reference(CustomerReference),
    /// Wire: `StartDate`, `EndDate`.
    #[serde(rename = "period")]
    Period(Period),
}

impl ReferenceOrPeriod {
    pub(super) fn check_within(&self, limits: Limits, today: NaiveDate, problems: &mut Problems) {
        match self {
            Self::Reference(reference) => check::reference(problems, reference),
            Self::Period(period) => period.check_within(limits, today, problems),
        }
    }

    pub(super) fn asked(&self) -> Asked<'_> {
        match self {
            Self::Reference(reference) => Asked::reference(reference.as_str()),
            Self::Period(_) => Asked::Any,
        }
    }

    pub(super) fn write_to(&self, to: &mut Written) {
        match self {
            Self::Reference(reference) => to.push(("IntegrationCode", reference.to_string())),
            Self::Period(period) => period.write_to(to),
        }
    }
}

impl From<CustomerReference> for ReferenceOrPeriod {
    fn from(reference: CustomerReference) -> Self {
        Self::Reference(reference)
    }
}

impl From<Period> for ReferenceOrPeriod {
    fn from(period: Period) -> Self {
        Self::Period(period)
    }
}

/// Which date of a collection a query goes by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum DateKind {
    /// When it falls due. Wire: 1.
    #[serde(rename = "due")]
    Due,
    /// When it was paid. Wire: 2.
    #[serde(rename = "payment")]
    Payment,
    /// When the parcel was delivered. Wire: 3.
    #[serde(rename = "delivery")]
    Delivery,
}

/// The collections of the last 90 days, by one of their dates. Wire: `DateType`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct DatesOf {
    /// Which date.
    pub kind: DateKind,
}

impl From<DateKind> for DatesOf {
    fn from(kind: DateKind) -> Self {
        Self { kind }
    }
}

impl Write for DatesOf {
    fn check(&self, _today: NaiveDate, _problems: &mut Problems) {}

    fn write(&self, _settings: &QuerySettings, to: &mut Written) {
        let number = match self.kind {
            DateKind::Due => "1",
            DateKind::Payment => "2",
            DateKind::Delivery => "3",
        };
        to.push(("DateType", number.to_owned()));
    }
}
