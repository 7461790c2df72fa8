//! The rules of an order.

use std::collections::HashMap;

use kervan_core::{Personal, Problems};
use kervan_turkiye::Money;
use kervan_turkiye::decimal::Fixed;
use kervan_turkiye::line::sent;
use kervan_turkiye::mobile_number::MobileNumber;
use kervan_turkiye::phone_number::PhoneNumber;
use kervan_turkiye::problems::{check_line, noted};

use super::measure::Measure;
use super::members::Kind;
use super::{Destination, NewOrder};
use crate::query::asked::folded;
use crate::rules;

/// The most pieces of a parcel: `PieceCount` has two digits.
const MOST_PIECES: usize = 99;
/// The most characters of a measure of a piece.
const PIECE_MEASURE: usize = 6;
/// The largest measure of a parcel, of nine digits with three decimals.
const LARGEST_TOTAL: &str = "999999.999";
/// The largest code of a tax office, of eight digits.
const LARGEST_OFFICE: u32 = 99_999_999;
/// The amounts that one edition of the guide takes, in kuruş.
const COLLECTED: std::ops::RangeInclusive<i64> = 500..=500_000;

impl NewOrder {
    /// Checks the order, whose fields are below `at`.
    pub(in crate::shipments) fn check(&self, at: &str, problems: &mut Problems) {
        let path = |field: &str| format!("{at}.{field}");
        for member in Self::members().filter(|member| member.kind == Kind::Text) {
            let is_required = matches!(
                member.wire,
                "IntegrationCode"
                    | "ReceiverName"
                    | "ReceiverAddress"
                    | "ReceiverCityName"
                    | "ReceiverTownName"
            );
            let text = (member.text)(self).unwrap_or_default();
            check_line(
                problems,
                || path(member.path),
                &text,
                member.max,
                is_required,
            );
        }
        self.check_keys(&path, problems);
        self.check_phones(&path, problems);
        self.check_payment(&path, problems);
        self.check_pieces(&path, problems);
        if self.receiver.tax_office > Some(LARGEST_OFFICE) {
            let rule = &rules::TAX_OFFICE_TOO_LONG;
            problems.push(rule.at(path("receiver.tax_office")).limit(8));
        }
        if self.destination == Destination::Abroad {
            problems.push(rules::ABROAD_NOT_DESCRIBED.at(path("destination")));
        }
    }

    fn check_keys(&self, path: &impl Fn(&str) -> String, problems: &mut Problems) {
        let reference = sent(self.reference.as_str());
        if reference.chars().count() < 2 {
            problems.push(rules::REFERENCE_TOO_SHORT.at(path("reference")).limit(2));
        }
        if !is_digits(&reference) {
            problems.push(rules::NOT_ONLY_DIGITS.at(path("reference")));
        }
        if self
            .waybill
            .as_deref()
            .is_none_or(|text| sent(text).is_empty())
        {
            let fits = reference.chars().count() <= 16;
            let suggestions = fits.then(|| reference.into_owned()).into_iter().collect();
            let problem = rules::WAYBILL_MISSING.at(path("waybill"));
            problems.push(problem.suggest(suggestions));
        }
        let document = self.collection_document.as_deref().unwrap_or_default();
        if !document.is_empty() && !is_digits(&sent(document)) {
            problems.push(rules::DIGITS_EXPECTED.at(path("collection_document")));
        }
    }

    fn check_phones(&self, path: &impl Fn(&str) -> String, problems: &mut Problems) {
        let receiver = &self.receiver;
        let given = |phone: &&Personal| !sent(phone.as_str()).is_empty();
        let others = [
            ("receiver.second_phone", receiver.second_phone.as_ref()),
            ("receiver.mobile_phone", receiver.mobile_phone.as_ref()),
        ];
        let others = others
            .into_iter()
            .filter_map(|(field, phone)| Some((field, phone.filter(given)?)));
        for (field, phone) in std::iter::once(("receiver.phone", &receiver.phone)).chain(others) {
            let phone = phone.as_str();
            if self.destination == Destination::Abroad {
                check_line(problems, || path(field), phone, 10, true);
                if !is_digits(&sent(phone)) {
                    problems.push(rules::DIGITS_EXPECTED.at(path(field)));
                }
            } else if field == "receiver.mobile_phone" {
                noted(problems, path(field), MobileNumber::from_input(phone));
            } else {
                noted(problems, path(field), PhoneNumber::from_input(phone));
            }
        }
    }

    fn check_payment(&self, path: &impl Fn(&str) -> String, problems: &mut Problems) {
        let Some((amount, _)) = self.payment.collection() else {
            return;
        };
        let at = || path("payment.amount");
        if !amount.is_positive() {
            problems.push(rules::COLLECTION_NOT_POSITIVE.at(at()).actual(amount));
        } else if !COLLECTED.contains(&amount.kurus()) {
            let end = if amount.kurus() < *COLLECTED.start() {
                COLLECTED.start()
            } else {
                COLLECTED.end()
            };
            let limit = Money::from_kurus(*end).unwrap_or_default();
            let problem = rules::COLLECTION_UNUSUAL.at(at());
            problems.push(problem.limit(limit).actual(amount));
        }
    }

    fn check_pieces(&self, path: &impl Fn(&str) -> String, problems: &mut Problems) {
        let count = self.pieces.count();
        if count > MOST_PIECES {
            let problem = rules::TOO_MANY_PIECES.at(path("pieces"));
            problems.push(problem.limit(MOST_PIECES).actual(count));
        }
        let mut seen = HashMap::new();
        for (index, piece) in self.pieces.iter().enumerate() {
            let at = |field: &str| path(&format!("pieces[{index}].{field}"));
            let texts = [
                ("barcode", Some(piece.barcode.as_str()), 64, true),
                (
                    "product",
                    piece.product.as_ref().map(Personal::as_str),
                    32,
                    false,
                ),
                (
                    "description",
                    piece.description.as_ref().map(Personal::as_str),
                    64,
                    false,
                ),
            ];
            for (field, text, max, is_required) in texts {
                check_line(
                    problems,
                    || at(field),
                    text.unwrap_or_default(),
                    max,
                    is_required,
                );
            }
            for (field, measure, missing) in [
                ("desi", piece.desi, &rules::PIECE_DESI_MISSING),
                ("weight_kg", piece.weight_kg, &rules::PIECE_WEIGHT_MISSING),
            ] {
                if !measure.exact().is_positive() {
                    problems.push(missing.at(at(field)).actual(measure));
                }
                check_line(
                    problems,
                    || at(field),
                    &measure.to_string(),
                    PIECE_MEASURE,
                    true,
                );
            }
            let barcode = sent(&piece.barcode);
            if barcode.is_empty() {
                continue;
            }
            if !is_digits(&barcode) {
                problems.push(rules::NOT_ONLY_DIGITS.at(at("barcode")));
            }
            // As the carrier may write it: read-backs compare barcodes so.
            let first = *seen.entry(folded(&barcode)).or_insert(index);
            if first != index {
                let problem = rules::BARCODE_TWICE.at(at("barcode"));
                problems.push(problem.limit(format!("pieces[{first}]")));
            }
        }
        let totals = [
            ("desi", self.desi, self.total_desi()),
            ("weight_kg", self.weight_kg, self.total_weight()),
        ];
        for (field, given, total) in totals {
            let is_zero = |given: &Measure| !given.exact().is_positive();
            if let Some(given) = given.filter(is_zero) {
                problems.push(rules::TOTAL_NOT_POSITIVE.at(path(field)).actual(given));
            }
            let is_larger = |total: Measure| {
                let largest = LARGEST_TOTAL.parse::<Fixed<3>>();
                largest.is_ok_and(|largest| total.exact() > largest)
            };
            if total.is_none_or(is_larger) {
                problems.push(rules::TOTAL_TOO_LARGE.at(path(field)).limit(LARGEST_TOTAL));
            }
        }
    }
}

/// Returns whether a text is digits, one at least.
fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}
