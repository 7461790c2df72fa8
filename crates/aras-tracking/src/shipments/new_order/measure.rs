//! Desi and kilograms as they are sent.

use std::fmt;

use kervan_turkiye::decimal::Fixed;
use serde::{Deserialize, Serialize};

/// Desi or kilograms as they are sent.
///
/// No document describes the decimal mark, and a Turkish server could read the point of `1.500` as a mark of
/// groups. So whole numbers are sent: [`rounded_up`](Self::rounded_up) makes one of an exact measure.
///
/// ```
/// use aras_tracking::shipments::Measure;
/// assert_eq!(Measure::rounded_up("4.2".parse()?), Measure::Whole(5));
/// assert_eq!(Measure::from(3).to_string(), "3");
/// # Ok::<(), kervan_turkiye::decimal::DecimalError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Measure {
    /// A whole number.
    #[serde(rename = "whole")]
    Whole(u32),
    /// A number with decimals, sent with a point. Only for an account whose server was seen to read it: register
    /// an order of `1.5` on the test system, and read it back by [`FindOrder`](crate::shipments::FindOrder).
    #[serde(rename = "fraction_tested_by_read_back")]
    FractionTestedByReadBack(Fixed<3>),
}

impl Measure {
    /// Returns the next whole number that is not below a measure: the one rounding of this crate.
    pub fn rounded_up(exact: Fixed<3>) -> Self {
        let whole = exact.to_decimal().ceil();
        // Nothing below zero is a measure, and the check refuses both ends.
        let end = if exact.is_positive() { u32::MAX } else { 0 };
        Self::Whole(u32::try_from(whole).unwrap_or(end))
    }

    /// Returns the sum; `None` when it is too large.
    pub(super) fn sum(measures: impl Iterator<Item = Self> + Clone) -> Option<Self> {
        let whole = measures.clone().map(|measure| match measure {
            Self::Whole(whole) => Some(whole),
            Self::FractionTestedByReadBack(_) => None,
        });
        if let Some(whole) = whole.collect::<Option<Vec<_>>>() {
            let sum = whole.into_iter().try_fold(0, u32::checked_add)?;
            return Some(Self::Whole(sum));
        }
        Fixed::checked_sum(measures.map(Self::exact)).map(Self::FractionTestedByReadBack)
    }

    /// Returns the measure as a number.
    pub(super) fn exact(self) -> Fixed<3> {
        match self {
            // Ten digits at most, so it always fits.
            Self::Whole(whole) => whole.to_string().parse().unwrap_or(Fixed::ZERO),
            Self::FractionTestedByReadBack(exact) => exact,
        }
    }
}

impl Default for Measure {
    /// Returns zero, which the check reports as missing.
    fn default() -> Self {
        Self::Whole(0)
    }
}

impl From<u32> for Measure {
    fn from(whole: u32) -> Self {
        Self::Whole(whole)
    }
}

/// Writes the form that is sent.
impl fmt::Display for Measure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Whole(whole) => whole.fmt(f),
            Self::FractionTestedByReadBack(exact) => exact.fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fraction(text: &str) -> Measure {
        Measure::FractionTestedByReadBack(text.parse().unwrap())
    }

    #[test]
    fn rounds_up_and_never_down() {
        for (exact, whole) in [
            ("0.001", 1),
            ("1", 1),
            ("1.000", 1),
            ("1.001", 2),
            ("-0.5", 0),
            ("0", 0),
            ("5000000000", u32::MAX),
        ] {
            let rounded = Measure::rounded_up(exact.parse().unwrap());
            assert_eq!(rounded, Measure::Whole(whole), "{exact}");
        }
    }

    #[test]
    fn a_sum_is_whole_where_its_parts_are() {
        let sum = |measures: &[Measure]| Measure::sum(measures.iter().copied());
        assert_eq!(sum(&[4.into(), 3.into()]), Some(Measure::Whole(7)));
        assert_eq!(sum(&[4.into(), fraction("0.5")]), Some(fraction("4.5")));
        assert_eq!(sum(&[u32::MAX.into(), 1.into()]), None);
    }

    #[test]
    fn a_fraction_is_sent_with_a_point_and_without_zeros() {
        assert_eq!(fraction("1.500").to_string(), "1.5");
        assert_eq!(Measure::Whole(1_500).to_string(), "1500");
    }
}
