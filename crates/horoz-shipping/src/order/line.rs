//! The goods of an order, one line per product.

use std::collections::HashMap;

use kervan_core::Problems;
use kervan_turkiye::decimal::Fixed;
use serde::{Deserialize, Serialize};

use super::sent_text::{SentText, check_capitals};
use crate::rules;
use crate::settings::ProductCodeCase;

/// Desi or kilograms, exact, with at most three decimals, as `20.25`.
///
/// Desi is the volumetric weight that Turkish carriers bill by. Horoz plans its vehicles with it
/// and asks for the true value; its page gives no unit and no rounding rule.
pub type Measure = Fixed<3>;

/// One product of an order. Every measure is that of the whole line, not of one piece. Wire: an
/// element of `shippingDetail`.
///
/// The goods that a customer buys are personal data, so `Debug` shows numbers only.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct OrderLine {
    /// The shop's code of the product, at most 50 characters. Sent in capitals unless
    /// [`Quirks::product_codes`](crate::Quirks::product_codes) leaves it: `wifi-kit-i5` as `WIFI-KIT-I5`, and
    /// a code with letters beyond ASCII in Turkish capitals. Wire: `productCode`.
    pub product_code: String,
    /// The product's name, at most 100 characters. Wire: `productName`.
    pub product_name: String,
    /// Pieces, at least one. Wire: `quantity`.
    pub quantity: u32,
    /// Desi of all pieces together, above zero. Wire: `desi`.
    pub desi: Measure,
    /// Kilograms of all pieces together, where known. Without it the desi is sent in both fields,
    /// as the provider asks. Wire: `weightInKg`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weight_kg: Option<Measure>,
    /// Category, at most 100 characters, as `YATAK` (mattress). Horoz publishes no list. Wire:
    /// `productCategory`.
    pub category: String,
}

impl OrderLine {
    /// Creates a line from the desi of all its pieces together; name and category are set one by one, and the
    /// check reports them where they are missing.
    pub fn new(product_code: impl Into<String>, quantity: u32, desi: Measure) -> Self {
        Self {
            product_code: product_code.into(),
            product_name: String::new(),
            quantity,
            desi,
            weight_kg: None,
            category: String::new(),
        }
    }

    /// Sets the product's name.
    #[must_use]
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.product_name = name.into();
        self
    }

    /// Returns the weight that is sent: the line's own, or its desi where no weight is known.
    pub fn sent_weight(&self) -> Measure {
        self.weight_kg.unwrap_or(self.desi)
    }

    /// Returns the product's code as it is sent. Lines with the same sent code are the same product.
    pub(super) fn sent_code(&self, case: ProductCodeCase) -> SentText<'_> {
        SentText::product_code(&self.product_code, case)
    }

    /// Adds another line of the same product. Returns `None` when a sum is too large.
    fn checked_merge(&self, other: &Self) -> Option<Self> {
        let weight_kg = match (self.weight_kg, other.weight_kg) {
            (None, None) => None,
            _ => Some(self.sent_weight().checked_add(other.sent_weight())?),
        };
        Some(Self {
            quantity: self.quantity.checked_add(other.quantity)?,
            desi: self.desi.checked_add(other.desi)?,
            weight_kg,
            ..self.clone()
        })
    }

    fn is_same_product(&self, other: &Self, case: ProductCodeCase) -> bool {
        let same = |a: &str, b: &str| SentText::capitals(a) == SentText::capitals(b);
        self.sent_code(case) == other.sent_code(case)
            && same(&self.product_name, &other.product_name)
            && same(&self.category, &other.category)
    }
}

kervan_core::setters! { OrderLine {
    /// Sets the category.
    category: into String,
    /// Sets the weight of all pieces together, in kilograms.
    weight_kg: Option<Measure>,
}}

impl std::fmt::Debug for OrderLine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("OrderLine")
            .field("quantity", &self.quantity)
            .field("desi", &self.desi)
            .field("weight_kg", &self.weight_kg)
            .finish_non_exhaustive()
    }
}

/// Merges lines of the same product: pieces, desi and weight add up, the first line's place stays.
///
/// Lines of one code with different names or categories stay apart, because they may be different products.
/// So do lines with a sum that would be too large. The check reports both.
pub(crate) fn merge_equal(lines: &[OrderLine], case: ProductCodeCase) -> Vec<OrderLine> {
    let mut merged: Vec<OrderLine> = Vec::with_capacity(lines.len());
    for line in lines {
        let earlier = merged
            .iter_mut()
            .find(|earlier| earlier.is_same_product(line, case));
        match earlier.and_then(|earlier| Some((earlier.checked_merge(line)?, earlier))) {
            Some((sum, earlier)) => *earlier = sum,
            None => merged.push(line.clone()),
        }
    }
    merged
}

/// Checks the lines, without their totals.
pub(super) fn check(lines: &[OrderLine], case: ProductCodeCase, problems: &mut Problems) {
    if lines.is_empty() {
        problems.push(rules::NO_LINES.at("lines"));
    }
    let mut seen = HashMap::new();
    for (index, line) in lines.iter().enumerate() {
        let at = |field: &str| format!("lines[{index}].{field}");
        let texts = [
            ("product_code", &line.product_code, 50),
            ("product_name", &line.product_name, 100),
            ("category", &line.category, 100),
        ];
        for (field, value, max) in texts {
            check_capitals(problems, || at(field), value, max, true);
        }
        if line.quantity == 0 {
            problems.push(rules::NO_PIECES.at(at("quantity")));
        }
        if !line.desi.is_positive() {
            problems.push(rules::DESI_NOT_POSITIVE.at(at("desi")).actual(line.desi));
        }
        if let Some(weight) = line.weight_kg.filter(|weight| !weight.is_positive()) {
            let zero = weight == Measure::ZERO;
            let rule = if zero {
                &rules::WEIGHT_ZERO
            } else {
                &rules::WEIGHT_NEGATIVE
            };
            problems.push(rule.at(at("weight_kg")).actual(weight));
        }
        let first = *seen.entry(line.sent_code(case)).or_insert(index);
        if first != index {
            let problem = rules::PRODUCT_TWICE.at(at("product_code"));
            problems.push(problem.limit(format!("lines[{first}]")));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(code: &str, quantity: u32, desi: &str) -> OrderLine {
        OrderLine::new(code, quantity, desi.parse().unwrap())
            .name("Yatak")
            .category("YATAK")
    }

    fn merge(lines: &[OrderLine]) -> Vec<OrderLine> {
        merge_equal(lines, ProductCodeCase::Capitals)
    }

    #[test]
    fn merges_as_the_provider_page_shows() {
        let half = line("PRODUCTCODE-1", 1, "160").weight_kg("20.65".parse().unwrap());
        let merged = merge(&[half.clone(), half]);
        let expected = line("PRODUCTCODE-1", 2, "320").weight_kg("41.3".parse().unwrap());
        assert_eq!(merged, [expected]);
    }

    #[test]
    fn merges_by_the_code_as_sent_and_keeps_the_order() {
        let merged = merge(&[line("i1", 1, "1"), line("x", 1, "2"), line("I1", 2, "3")]);
        assert_eq!(merged, [line("i1", 3, "4"), line("x", 1, "2")]);
        // A letter beyond ASCII makes it a Turkish text.
        assert_eq!(merge(&[line("i1", 1, "1"), line("İ1", 2, "3")]).len(), 2);
        assert_eq!(
            merge(&[line("ş1", 1, "1"), line("S\u{327}1", 2, "3")]).len(),
            1
        );
        let codes = [line("a", 1, "1"), line("A", 2, "3")];
        assert_eq!(merge_equal(&codes, ProductCodeCase::AsGiven), codes);
    }

    #[test]
    fn a_known_and_an_unknown_weight_add_up_as_they_would_be_sent() {
        let known = line("a", 1, "10").weight_kg("3".parse().unwrap());
        let merged = merge(&[known, line("a", 1, "5")]);
        assert_eq!(merged[0].weight_kg, Some("8".parse().unwrap()));
    }

    #[test]
    fn lines_that_differ_stay_apart() {
        let other = OrderLine {
            product_name: "Baza".to_owned(),
            ..line("a", 1, "1")
        };
        assert_eq!(merge(&[line("a", 1, "1"), other.clone()]).len(), 2);
        let other = OrderLine {
            category: "BAZA".to_owned(),
            ..line("a", 1, "1")
        };
        assert_eq!(merge(&[line("a", 1, "1"), other]).len(), 2);
        let most = OrderLine {
            quantity: u32::MAX,
            ..line("b", 1, "1")
        };
        assert_eq!(merge(&[most.clone(), most]).len(), 2);
    }
}
