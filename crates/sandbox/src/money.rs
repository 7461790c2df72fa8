//! Exact amounts.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, Sub};

use serde::{Deserialize, Serialize};
/// An amount in hundredths: kuruş, cents.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct Kurus(pub i64);

impl Kurus {
    /// Nothing.
    pub const ZERO: Kurus = Kurus(0);

    /// Reads `1234,50`: digits, a comma and two digits.
    pub fn parse_comma(text: &str) -> Option<Self> {
        let (whole, decimals) = text.split_once(',')?;
        (decimals.len() == 2).then(|| Kurus::of(whole, decimals))?
    }

    /// Reads the decimals of an XML double, `5` or `5.5`; `None` when there are more than two that
    /// are not zero.
    pub fn parse_dot(text: &str) -> Option<Self> {
        let (whole, decimals) = text.split_once('.').unwrap_or((text, "0"));
        if decimals.is_empty() {
            return None;
        }
        let kept = decimals.get(..2).unwrap_or(decimals);
        let rest = decimals.get(2..).unwrap_or_default();
        if rest.bytes().any(|b| b != b'0') {
            return None;
        }
        Kurus::of(whole, &format!("{kept:0<2}"))
    }

    fn of(whole: &str, decimals: &str) -> Option<Self> {
        let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        if !is_digits(whole) || !is_digits(decimals) {
            return None;
        }
        let whole: i64 = whole.parse().ok()?;
        let decimals: i64 = decimals.parse().ok()?;
        whole.checked_mul(100)?.checked_add(decimals).map(Kurus)
    }

    /// Returns the share of a rate in hundredths of a percent, rounded half away from zero.
    #[must_use]
    pub fn share(self, rate: i64) -> Self {
        let product = i128::from(self.0) * i128::from(rate);
        let half = if product < 0 { -5000 } else { 5000 };
        Kurus(i64::try_from((product + half) / 10_000).unwrap_or(i64::MAX))
    }

    /// Returns whether it is above zero.
    pub fn is_positive(self) -> bool {
        self.0 > 0
    }

    /// Writes `1234,50`.
    pub fn comma(self) -> String {
        let (sign, whole, decimals) = self.parts();
        format!("{sign}{whole},{decimals:02}")
    }

    /// Writes an XML double, without zeros at its end: `17.5`, `100`, `0`.
    pub fn double(self) -> String {
        let text = self.to_string();
        let short = text.trim_end_matches('0').trim_end_matches('.');
        short.to_owned()
    }

    /// Writes the form of database tables: `9.8300`.
    pub fn four_decimals(self) -> String {
        format!("{self}00")
    }

    /// Writes whole lira, cut off.
    pub fn whole(self) -> String {
        (self.0 / 100).to_string()
    }

    fn parts(self) -> (&'static str, u64, u64) {
        let sign = if self.0 < 0 { "-" } else { "" };
        let size = self.0.unsigned_abs();
        (sign, size / 100, size % 100)
    }
}

impl fmt::Display for Kurus {
    /// Writes `1234.50`.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (sign, whole, decimals) = self.parts();
        write!(formatter, "{sign}{whole}.{decimals:02}")
    }
}

impl Add for Kurus {
    type Output = Kurus;

    fn add(self, other: Kurus) -> Kurus {
        Kurus(self.0.saturating_add(other.0))
    }
}

impl Sub for Kurus {
    type Output = Kurus;

    fn sub(self, other: Kurus) -> Kurus {
        Kurus(self.0.saturating_sub(other.0))
    }
}

impl Sum for Kurus {
    fn sum<I: Iterator<Item = Kurus>>(amounts: I) -> Kurus {
        amounts.fold(Kurus::ZERO, Add::add)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_both_forms_and_no_other() {
        assert_eq!(Kurus::parse_comma("1000,25"), Some(Kurus(100_025)));
        for text in [
            "", "1", "1.25", "1,2", "1,250", "1.000,25", "-1,00", " 1,00", ",25",
        ] {
            assert_eq!(Kurus::parse_comma(text), None, "{text}");
        }
        for (text, kurus) in [("5", 500), ("5.5", 550), ("1.7500", 175), ("0.01", 1)] {
            assert_eq!(Kurus::parse_dot(text), Some(Kurus(kurus)), "{text}");
        }
        for text in ["", "5.", "5,5", "1.755", "-5", "99999999999999999999"] {
            assert_eq!(Kurus::parse_dot(text), None, "{text}");
        }
    }

    #[test]
    fn writes_every_form() {
        let amount = Kurus(100_050);
        assert_eq!(amount.to_string(), "1000.50");
        assert_eq!(amount.comma(), "1000,50");
        assert_eq!(amount.double(), "1000.5");
        assert_eq!(amount.four_decimals(), "1000.5000");
        assert_eq!(amount.whole(), "1000");
        assert_eq!(Kurus(0).double(), "0");
        assert_eq!(Kurus(10_000).double(), "100");
        assert_eq!(Kurus(-1005).four_decimals(), "-10.0500");
    }

    #[test]
    fn shares_round_half_away_from_zero() {
        // Rows of a published history: 50.00 at 1.01 percent gives 0.51.
        assert_eq!(Kurus(5000).share(101), Kurus(51));
        assert_eq!(Kurus(1001).share(175), Kurus(18));
        assert_eq!(Kurus(-5000).share(101), Kurus(-51));
        assert_eq!(Kurus(0).share(175), Kurus(0));
    }
}
