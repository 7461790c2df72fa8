//! The order as a shop gives it, and everything that is checked before it is sent.

use std::fmt;
use std::num::NonZeroU64;

use chrono::{NaiveDate, TimeDelta};
use kervan_core::problem::{check_text, check_upper_text};
use kervan_core::time::{DateForm, istanbul_today};
use kervan_core::{Personal, Problem, Problems};
use serde::{Deserialize, Serialize};

use super::line::{self, Line, Measure};
use super::party::Party;
use crate::rules;
use crate::settings::Settings;

/// A shipping order billed to the supplier's contract with Horoz. Provider's page:
/// createPaysSupplierShipping.
///
/// Texts go out in Turkish upper case, as the provider asks; the request number, the reference and
/// e-mail addresses stay as they are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct CreateSupplierPaysOrder {
    /// The shop's own key of this order, at most 50 characters, unique for all time. It is the
    /// handle of every later call, and what makes a repeat harmless. Wire: `requestNumber`.
    pub number: RequestNumber,
    /// A second order number, at most 50 characters. Without it the request number is repeated, as
    /// in the provider's sample. Wire: `customerRefNo`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// To a consumer, or back to the supplier.
    pub direction: Direction,
    /// Tax office, at most 20 characters. Wire: `taxOffice`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tax_office: Option<Personal>,
    /// Tax number, at most 20 characters. Wire: `taxNumber`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tax_number: Option<Personal>,
    /// The day of the request and the wanted day of delivery.
    pub days: Days,
    /// The goods, one line per product. Wire: `shippingDetail`.
    pub lines: Vec<Line>,
    /// The pieces that the shop counted by itself; must equal the lines' sum, which is what is
    /// sent. Wire: `shipmentCount`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub declared_count: Option<u64>,
    /// The desi that the shop added up by itself; must equal the lines' sum, which is what is
    /// sent. Wire: `totalDesi`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub declared_desi: Option<Measure>,
}

/// Which way the goods go. The side with the supplier code needs no details; Horoz knows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(
    clippy::exhaustive_enums,
    reason = "the provider documents exactly two ways"
)]
pub enum Direction {
    /// From the supplier's warehouse to a consumer. Wire: `shippingType` `PaysSupplier`,
    /// `senderCode` the supplier's, `recipientCode` 0.
    #[serde(rename = "delivery")]
    Delivery {
        /// The supplier's account code at Horoz.
        supplier: SupplierCode,
        /// The consumer.
        recipient: Party,
        /// The supplier's own details, where the shop wants to send them.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        sender: Option<Party>,
    },
    /// From a consumer back to the supplier. Wire: `shippingType` `PaysSupplierReturn`,
    /// `senderCode` 0, `recipientCode` the supplier's.
    #[serde(rename = "return")]
    Return {
        /// The supplier's account code at Horoz.
        supplier: SupplierCode,
        /// The consumer.
        sender: Party,
        /// The supplier's own details, where the shop wants to send them.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        recipient: Option<Party>,
    },
}

/// The shop's own key of an order.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RequestNumber(String);

impl RequestNumber {
    /// The number as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<T: Into<String>> From<T> for RequestNumber {
    fn from(text: T) -> Self {
        Self(text.into())
    }
}

impl fmt::Display for RequestNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A supplier's account code at Horoz, as 801452. Never zero: zero stands for the consumer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SupplierCode(NonZeroU64);

impl SupplierCode {
    /// A code; `None` for zero.
    pub fn new(code: u64) -> Option<Self> {
        NonZeroU64::new(code).map(Self)
    }

    /// The code as a number.
    pub fn get(self) -> u64 {
        self.0.get()
    }
}

/// The days of an order, in Türkiye's calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Days {
    /// The day the request is sent. Wire: `requestDate`, YYYY-MM-DD.
    pub request: NaiveDate,
    /// The wanted day of delivery. Wire: `requestedDeliveryDate`, YYYY-MM-DD.
    pub delivery: NaiveDate,
}

impl Days {
    /// Two days.
    pub fn new(request: NaiveDate, delivery: NaiveDate) -> Self {
        Self { request, delivery }
    }

    /// Today in Türkiye, and so many days later.
    pub fn from_today(days_to_delivery: u32) -> Self {
        let request = istanbul_today();
        let delivery = request.checked_add_signed(TimeDelta::days(days_to_delivery.into()));
        Self {
            request,
            delivery: delivery.unwrap_or(NaiveDate::MAX),
        }
    }
}

impl CreateSupplierPaysOrder {
    /// An order from the supplier to a consumer.
    pub fn delivery(
        number: impl Into<RequestNumber>,
        supplier: SupplierCode,
        recipient: Party,
        days: Days,
    ) -> Self {
        Self::new(
            number.into(),
            Direction::Delivery {
                supplier,
                recipient,
                sender: None,
            },
            days,
        )
    }

    /// An order from a consumer back to the supplier.
    pub fn return_to_supplier(
        number: impl Into<RequestNumber>,
        supplier: SupplierCode,
        sender: Party,
        days: Days,
    ) -> Self {
        Self::new(
            number.into(),
            Direction::Return {
                supplier,
                sender,
                recipient: None,
            },
            days,
        )
    }

    fn new(number: RequestNumber, direction: Direction, days: Days) -> Self {
        Self {
            number,
            reference: None,
            direction,
            tax_office: None,
            tax_number: None,
            days,
            lines: Vec::new(),
            declared_count: None,
            declared_desi: None,
        }
    }

    /// Adds a line.
    #[must_use]
    pub fn line(mut self, line: Line) -> Self {
        self.lines.push(line);
        self
    }

    /// Sets a second order number.
    #[must_use]
    pub fn reference(mut self, reference: impl Into<String>) -> Self {
        self.reference = Some(reference.into());
        self
    }

    /// Sets the supplier's own details, which Horoz does not need.
    #[must_use]
    pub fn supplier_details(mut self, party: Party) -> Self {
        match &mut self.direction {
            Direction::Delivery {
                sender: details, ..
            }
            | Direction::Return {
                recipient: details, ..
            } => *details = Some(party),
        }
        self
    }

    /// Sets tax office and tax number.
    #[must_use]
    pub fn tax(mut self, office: impl Into<Personal>, number: impl Into<Personal>) -> Self {
        self.tax_office = Some(office.into());
        self.tax_number = Some(number.into());
        self
    }

    /// Sets the totals that the shop added up by itself, to have them compared with the lines.
    #[must_use]
    pub fn declare_totals(mut self, count: u64, desi: Measure) -> Self {
        self.declared_count = Some(count);
        self.declared_desi = Some(desi);
        self
    }

    /// Merges lines of the same product, which the provider wants as one: pieces, desi and weight
    /// add up. Lines of one code with different names or categories stay apart, and the check
    /// reports them.
    #[must_use]
    pub fn merge_equal_products(mut self) -> Self {
        self.lines = line::merge_equal(&self.lines);
        self
    }

    /// All pieces.
    pub(super) fn count(&self) -> u64 {
        self.lines.iter().map(|line| u64::from(line.quantity)).sum()
    }

    /// All desi; `None` when the sum is too large.
    pub(super) fn desi(&self) -> Option<Measure> {
        Measure::checked_sum(self.lines.iter().map(|line| line.desi))
    }

    /// The second order number as it is sent.
    pub(super) fn sent_reference(&self) -> &str {
        self.reference.as_deref().unwrap_or(self.number.as_str())
    }

    /// Finds everything that breaks a rule of the provider's page, in the order of its table.
    pub(super) fn problems(&self, settings: &Settings) -> Problems {
        let mut problems = Problems::new();
        check_text(&mut problems, || "number", self.number.as_str(), 50, true);
        if self.number.as_str().chars().any(is_unprintable) {
            problems.push(rules::NUMBER_UNPRINTABLE.at("number"));
        } else if self.number.as_str().trim() != self.number.as_str() {
            problems.push(rules::NUMBER_BLANKS.at("number"));
        }
        check_text(
            &mut problems,
            || "reference",
            self.sent_reference(),
            50,
            true,
        );
        self.check_direction(settings, &mut problems);
        for (path, value) in [
            ("tax_office", &self.tax_office),
            ("tax_number", &self.tax_number),
        ] {
            if let Some(value) = value {
                check_upper_text(&mut problems, || path, value.as_str(), 20, false);
            }
        }
        self.check_totals(&mut problems);
        self.check_days(&mut problems);
        line::check(&self.lines, &mut problems);
        problems
    }

    fn check_direction(&self, settings: &Settings, problems: &mut Problems) {
        let (consumer, details, consumer_path, details_path, kind) = match &self.direction {
            Direction::Delivery {
                recipient, sender, ..
            } => (
                recipient,
                sender,
                "recipient",
                "sender",
                &settings.quirks.delivery_type,
            ),
            Direction::Return {
                sender, recipient, ..
            } => (
                sender,
                recipient,
                "sender",
                "recipient",
                &settings.quirks.return_type,
            ),
        };
        consumer.check(consumer_path, true, &settings.places, problems);
        if let Some(details) = details {
            details.check(details_path, false, &settings.places, problems);
        }
        check_text(problems, || "settings.quirks.shipping_type", kind, 20, true);
    }

    fn check_totals(&self, problems: &mut Problems) {
        let count = self.count();
        if let Some(declared) = self.declared_count.filter(|&declared| declared != count) {
            problems.push(
                rules::COUNT_MISMATCH
                    .at("declared_count")
                    .limit(count)
                    .actual(declared),
            );
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
        let Days { request, delivery } = self.days;
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
