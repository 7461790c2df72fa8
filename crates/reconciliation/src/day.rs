//! A day of a shop beside the lists of its providers.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, SystemTime};

use chrono::{DateTime, Days, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use kervan_turkiye::Money;
use kervan_turkiye::time::{istanbul, istanbul_day_at};

use crate::difference::{Difference, Side, What};
use crate::line::{Belief, Fact, Kind, Ours, Row, Theirs, Unread};
use crate::tally::{Sum, Tally};

/// A calendar day in Türkiye, and how far around it both sides are asked.
///
/// A payment that begins before midnight may be in the provider's list of the next day. So both sides are asked for
/// a margin around the day: what is in the margin matches a line of the day, and is never a difference by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Day {
    day: NaiveDate,
    margin: Duration,
}

impl Day {
    /// A day with a margin of 30 minutes.
    pub fn new(day: NaiveDate) -> Self {
        Self {
            day,
            margin: Duration::from_secs(30 * 60),
        }
    }

    /// Sets the margin.
    #[must_use]
    pub fn margin(mut self, margin: Duration) -> Self {
        self.margin = margin;
        self
    }

    /// Returns the day.
    pub fn day(&self) -> NaiveDate {
        self.day
    }

    /// Returns the first and the last second that both sides are asked for, on the wall in Türkiye.
    pub fn asked(&self) -> (NaiveDateTime, NaiveDateTime) {
        let begin = self.day.and_time(NaiveTime::MIN);
        let end = begin.checked_add_days(Days::new(1)).unwrap_or(begin);
        let second = Duration::from_secs(1);
        (begin - self.margin, end + self.margin - second)
    }

    /// Returns the first and the last second of the day itself, on the wall in Türkiye.
    pub fn whole(&self) -> (NaiveDateTime, NaiveDateTime) {
        self.margin(Duration::ZERO).asked()
    }

    /// Returns whether a time is on the day itself.
    pub fn has(&self, time: SystemTime) -> bool {
        istanbul_day_at(time) == self.day
    }

    fn is_asked(&self, time: SystemTime) -> bool {
        let (first, last) = self.asked();
        let wall = istanbul(DateTime::<Utc>::from(time));
        wall >= first && wall < last + Duration::from_secs(1)
    }
}

/// Compares a day of a shop with the lists of its providers.
///
/// Give it the lines of both sides in any order, one by one; it keeps counts and sums of each subject only.
#[derive(Clone, Debug)]
pub struct Reconciliation {
    day: Day,
    groups: BTreeMap<(Kind, String), Group>,
    unread: BTreeSet<Unread>,
}

/// The lines of one kind and subject.
#[derive(Clone, Debug, Default)]
struct Group {
    ours: Part,
    /// Lines that are open here.
    open: Tally,
    /// Lines that did not happen, as the shop believes.
    is_not_done_here: bool,
    theirs: Part,
    has_failed_there: bool,
}

/// The lines of one side that happened.
#[derive(Clone, Copy, Debug, Default)]
struct Part {
    /// On the day.
    day: Tally,
    /// In the margin.
    margin: Tally,
}

impl Part {
    fn all(self) -> Tally {
        self.day.plus(self.margin)
    }

    fn of(&mut self, is_on_day: bool) -> &mut Tally {
        if is_on_day {
            &mut self.day
        } else {
            &mut self.margin
        }
    }
}

impl Reconciliation {
    /// Begins with nothing on both sides.
    pub fn of(day: Day) -> Self {
        Self {
            day,
            groups: BTreeMap::new(),
            unread: BTreeSet::new(),
        }
    }

    fn group(&mut self, kind: Kind, subject: String) -> &mut Group {
        self.groups.entry((kind, subject)).or_default()
    }

    /// Adds a line of the shop. One that happened on another day, outside of the margin, is left out; one that is open
    /// counts whenever it began.
    pub fn ours(&mut self, line: Ours) {
        let is_on_day = self.day.has(line.at);
        let is_asked = self.day.is_asked(line.at);
        if !is_asked && line.belief != Belief::Open {
            return;
        }
        let group = self.group(line.kind, line.subject);
        match line.belief {
            Belief::Done => group.ours.of(is_on_day).add(line.amount),
            Belief::Open => group.open.add(line.amount),
            Belief::NotDone => group.is_not_done_here = true,
        }
    }

    /// Adds a line of a list. One of another day, outside of the margin, is left out.
    pub fn theirs(&mut self, line: Theirs) {
        if line.at.is_some_and(|at| !self.day.is_asked(at)) {
            return;
        }
        let is_on_day = line.at.is_none_or(|at| self.day.has(at));
        let group = self.group(line.kind, line.subject);
        match line.fact {
            Fact::Done => group.theirs.of(is_on_day).add(line.amount),
            Fact::NotDone => group.has_failed_there = true,
        }
    }

    /// Adds rows of a list.
    pub fn rows(&mut self, rows: impl IntoIterator<Item = Row>) {
        for row in rows {
            match row {
                Row::Line(line) => self.theirs(line),
                Row::Unread(row) => {
                    self.unread.insert(row);
                }
            }
        }
    }

    /// Returns the count and the sum of a kind on the day itself, of the shop and of the lists, to be compared with
    /// totals that a provider gives.
    pub fn totals(&self, kind: Kind) -> (Side, Side) {
        let of_kind = self.groups.iter().filter(|((own, _), _)| *own == kind);
        let (ours, theirs) = of_kind.fold(
            (Tally::default(), Tally::default()),
            |(ours, theirs), (_, group)| (ours.plus(group.ours.day), theirs.plus(group.theirs.day)),
        );
        (ours.into(), theirs.into())
    }

    /// Returns the differences, by kind and subject, then the rows that cannot be read.
    pub fn differences(self) -> impl Iterator<Item = Difference> {
        let groups = self.groups.into_iter();
        let compared = groups.filter_map(|((kind, subject), group)| {
            let what = group.compare()?;
            Some(Difference {
                kind,
                subject,
                what,
                ours: group.ours.all().into(),
                theirs: group.theirs.all().into(),
            })
        });
        let unread = self.unread.into_iter().map(|row| Difference {
            kind: row.kind,
            subject: row.subject,
            what: What::Unreadable {
                column: row.column,
                text: row.text,
            },
            ours: Side::default(),
            theirs: Side::default(),
        });
        compared.chain(unread)
    }
}

impl From<Tally> for Side {
    fn from(tally: Tally) -> Self {
        let sum: Option<Money> = tally.sum.money();
        Self {
            count: tally.count,
            sum,
        }
    }
}

impl Group {
    fn compare(&self) -> Option<What> {
        let (ours, theirs) = (self.ours.all(), self.theirs.all());
        // What the list may have at most: everything that may have happened.
        let most = ours.plus(self.open);
        if theirs.count > most.count && self.theirs.day.count > 0 {
            return Some(if most.count > 0 {
                What::Twice
            } else if self.is_not_done_here {
                What::DoneThere
            } else {
                What::MissingHere
            });
        }
        if ours.count > theirs.count && self.ours.day.count > 0 {
            return Some(if self.has_failed_there {
                What::FailedThere
            } else {
                What::MissingThere
            });
        }
        let is_all = theirs.count == most.count;
        if self.open.count > 0 && theirs.count > ours.count {
            let differs = is_all && differ(most.sum, theirs.sum);
            return Some(if differs { What::Amount } else { What::Settled });
        }
        if ours.count == theirs.count && differ(ours.sum, theirs.sum) {
            return Some(What::Amount);
        }
        (self.open.count > 0).then_some(What::Open)
    }
}

/// Returns whether two sums differ. A side without an amount, as a parcel, differs from nothing.
fn differ(one: Sum, other: Sum) -> bool {
    matches!((one, other), (Sum::Exact(one), Sum::Exact(other)) if one != other)
}
