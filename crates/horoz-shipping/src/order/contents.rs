//! An order as both create methods have it, and everything that is checked before it is sent.

use chrono::NaiveDate;
use kervan_core::problem::{MISSING, check_text};
use kervan_core::{Personal, Problem, Problems};
use kervan_turkiye::time::DateForm;

use super::keys::{OrderDays, RequestNumber};
use super::line::{self, Measure, OrderLine};
use super::party::Party;
use super::upper_text::check_upper_text;
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
    /// The account code, zero for none.
    pub(crate) code: u64,
    pub(crate) party: Option<&'a Party>,
    /// Whether its details must be complete.
    pub(crate) is_required: bool,
}

impl Contents<'_> {
    /// All pieces.
    pub(super) fn count(&self) -> u64 {
        self.lines.iter().map(|line| u64::from(line.quantity)).sum()
    }

    /// All desi; `None` when the sum is too large.
    pub(super) fn desi(&self) -> Option<Measure> {
        Measure::checked_sum(self.lines.iter().map(|line| line.desi))
    }

    /// Finds everything that breaks a rule of the provider's page, in the order of its table.
    pub(crate) fn check(&self, settings: &Settings, problems: &mut Problems) {
        check_number(problems, self.number);
        check_text(problems, || "reference", self.reference, 50, true);
        self.check_sides(settings, problems);
        for (path, value) in [
            ("tax_office", self.tax_office),
            ("tax_number", self.tax_number),
        ] {
            if let Some(value) = value {
                check_upper_text(problems, || path, value.as_str(), 20, false);
            }
        }
        self.check_totals(problems);
        self.check_days(problems);
        line::check(self.lines, problems);
    }

    /// The side that has to be complete first.
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
        check_text(problems, || path, self.shipping_type, 20, true);
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
pub(crate) fn check_number(problems: &mut Problems, number: &RequestNumber) {
    let number = number.as_str();
    check_text(problems, || "number", number, 50, true);
    if number.chars().any(is_unprintable) {
        problems.push(rules::NUMBER_UNPRINTABLE.at("number"));
    } else if number.trim() != number {
        problems.push(rules::NUMBER_BLANKS.at("number"));
    }
}

/// Control characters, and marks that change the direction of the text around them.
fn is_unprintable(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

fn late(request: NaiveDate, delivery: NaiveDate) -> Problem {
    rules::DELIVERY_BEFORE_REQUEST
        .at("days.delivery")
        .limit(request)
        .actual(delivery)
}
