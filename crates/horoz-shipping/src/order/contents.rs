//! An order as both create methods have it, and its checks before it is sent.

use chrono::NaiveDate;
use kervan_core::problem::MISSING;
use kervan_core::{Personal, Problem, Problems};
use kervan_turkiye::line::{Line, Note};
use kervan_turkiye::spreadsheet::is_shortened;
use kervan_turkiye::time::DateForm;

use super::keys::{OrderDays, RequestNumber};
use super::line::{self, Measure, OrderLine};
use super::party::Party;
use super::sent_text::{check_as_given, check_capitals, check_tax_number};
use crate::rules;
use crate::settings::Settings;

/// The parts of an order, whichever method sends it.
pub(crate) struct Contents<'a> {
    pub(crate) number: &'a RequestNumber,
    pub(crate) reference: &'a str,
    pub(crate) shipping_type: &'a str,
    /// Where the shipping type is from, for a problem with it.
    pub(crate) shipping_type_path: &'static str,
    pub(crate) sender: Side<'a>,
    pub(crate) recipient: Side<'a>,
    pub(crate) tax_office: Option<&'a Personal>,
    pub(crate) tax_number: Option<&'a Personal>,
    pub(crate) days: OrderDays,
    pub(crate) lines: &'a [OrderLine],
    pub(crate) declared_count: Option<u64>,
    pub(crate) declared_desi: Option<Measure>,
}

/// One side of an order.
pub(crate) struct Side<'a> {
    /// The account code; zero when absent.
    pub(crate) code: u64,
    pub(crate) party: Option<&'a Party>,
    /// Whether its details must be complete.
    pub(crate) is_required: bool,
}

impl Contents<'_> {
    /// Returns the count of all pieces.
    pub(super) fn count(&self) -> u64 {
        self.lines.iter().map(|line| u64::from(line.quantity)).sum()
    }

    /// Returns the sum of all desi; `None` when it is too large.
    pub(super) fn desi(&self) -> Option<Measure> {
        Measure::checked_sum(self.lines.iter().map(|line| line.desi))
    }

    /// Checks the rules of the provider's page, in the order of its table.
    pub(crate) fn check(&self, settings: &Settings, problems: &mut Problems) {
        check_number(problems, self.number);
        // A number that stands in for it has its problem already.
        if self.reference != self.number.as_str() || !is_shortened(self.reference) {
            check_as_given(problems, || "reference", self.reference, 50, true);
        }
        self.check_sides(settings, problems);
        if let Some(office) = self.tax_office {
            check_capitals(problems, || "tax_office", office.as_str(), 20, false);
        }
        if let Some(number) = self.tax_number {
            check_tax_number(problems, "tax_number", number.as_str(), 20);
        }
        self.check_totals(problems);
        self.check_days(problems);
        line::check(self.lines, settings.quirks.product_codes, problems);
    }

    /// Checks both sides, first the one that has to be complete.
    fn check_sides(&self, settings: &Settings, problems: &mut Problems) {
        let mut sides = [("recipient", &self.recipient), ("sender", &self.sender)];
        sides.sort_by_key(|(_, side)| !side.is_required);
        for (path, side) in sides {
            match side.party {
                Some(party) => party.check(path, side.is_required, &settings.places, problems),
                None if side.is_required => problems.push(MISSING.at(path)),
                None => {}
            }
        }
        let path = self.shipping_type_path;
        check_as_given(problems, || path, self.shipping_type, 20, true);
    }

    fn check_totals(&self, problems: &mut Problems) {
        let count = self.count();
        if let Some(declared) = self.declared_count.filter(|&declared| declared != count) {
            let problem = rules::COUNT_MISMATCH.at("declared_count");
            problems.push(problem.limit(count).actual(declared));
        }
        match self.desi() {
            None => problems.push(rules::TOTAL_TOO_LARGE.at("lines")),
            Some(desi) => {
                if let Some(declared) = self.declared_desi.filter(|&declared| declared != desi) {
                    let problem = rules::DESI_MISMATCH.at("declared_desi");
                    problems.push(problem.limit(desi).actual(declared));
                }
            }
        }
    }

    fn check_days(&self, problems: &mut Problems) {
        let OrderDays { request, delivery } = self.days;
        for (path, day) in [("days.request", request), ("days.delivery", delivery)] {
            if DateForm::Iso.write(day).is_none() {
                problems.push(rules::DATE_OUT_OF_RANGE.at(path).actual(day));
            }
        }
        if delivery < request {
            problems.push(late(request, delivery));
        }
    }
}

/// Checks the key of an order, which every call about it carries.
///
/// It refuses line ends, as between two numbers in one cell, and characters without width.
pub(crate) fn check_number(problems: &mut Problems, number: &RequestNumber) {
    let given = number.given();
    let is_unseen = |note: &Note| matches!(note, Note::LineEnds | Note::Invisible);
    if Line::from_input(given).is_ok_and(|line| line.notes().iter().any(is_unseen)) {
        problems.push(rules::NUMBER_UNPRINTABLE.at("number"));
    } else {
        check_as_given(problems, || "number", given, 50, true);
    }
}

fn late(request: NaiveDate, delivery: NaiveDate) -> Problem {
    rules::DELIVERY_BEFORE_REQUEST
        .at("days.delivery")
        .limit(request)
        .actual(delivery)
}
