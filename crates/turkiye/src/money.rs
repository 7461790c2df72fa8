//! Amounts of money, exact to the kuruş.

use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde::{Deserialize, Serialize};

use crate::decimal::{DecimalError, Fixed};
use crate::net_number::NumberForm;

/// An amount with at most two decimals. More decimals are an error, never a rounding.
///
/// Providers write amounts in three ways, and each way has its method, so that none is written
/// by mistake: [`dot`](Money::dot) `1234.50`, [`comma`](Money::comma) `1234,50`,
/// [`kurus`](Money::kurus) `123450`.
///
/// ```
/// use kervan_turkiye::Money;
/// let price: Money = "1234.5".parse()?;
/// assert_eq!(price.comma(), "1234,50");
/// assert_eq!(price.kurus(), 123_450);
/// # Ok::<(), kervan_turkiye::decimal::DecimalError>(())
/// ```
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Money(Fixed<2>);

impl Money {
    /// Nothing.
    pub const ZERO: Self = Self(Fixed::ZERO);

    /// Creates an amount from hundredths (kuruş).
    ///
    /// # Errors
    ///
    /// [`DecimalError::TooLarge`] from 10^15 lira on.
    pub fn from_kurus(kurus: i64) -> Result<Self, DecimalError> {
        Decimal::new(kurus, 2).try_into().map(Self)
    }

    /// Reads an amount with a decimal comma: `1234,50`.
    ///
    /// # Errors
    ///
    /// [`DecimalError`] for another form.
    pub fn from_comma(text: &str) -> Result<Self, DecimalError> {
        strict(Fixed::from_comma(text))
    }

    /// Reads an amount that a person typed: `10,00`, `1.234,50`, `1 234,50 TL`. The other two readers accept
    /// one form each.
    ///
    /// # Errors
    ///
    /// Those of [`kurus_from_input`](crate::amount::kurus_from_input), as for `1.234`, which is ambiguous.
    pub fn from_input(text: &str) -> Result<Self, crate::fault::InputError> {
        let kurus = crate::amount::kurus_from_input(text)?;
        // An amount of at most 15 digits before the mark always fits.
        Ok(Self::from_kurus(kurus).unwrap_or_default())
    }

    /// Reads an amount that a .NET service printed in an answer, in its form.
    ///
    /// # Errors
    ///
    /// Those of [`NumberForm::kurus`], as for `1.000`, which is ambiguous.
    pub fn from_net(text: &str, form: NumberForm) -> Result<Self, crate::fault::InputError> {
        let kurus = form.kurus(text)?;
        // An amount of at most 15 digits before the mark always fits.
        Ok(Self::from_kurus(kurus).unwrap_or_default())
    }

    /// Returns the amount in hundredths.
    pub fn kurus(self) -> i64 {
        // Below 10^15 lira, so below 10^17 kuruş: it always fits.
        (self.0.to_decimal() * Decimal::ONE_HUNDRED)
            .to_i64()
            .unwrap_or_default()
    }

    /// Returns the amount with two decimals after a point.
    pub fn dot(self) -> String {
        self.0.with_all_places('.')
    }

    /// Returns the amount with two decimals after a comma.
    pub fn comma(self) -> String {
        self.0.with_all_places(',')
    }

    /// Returns the number without its meaning.
    pub fn to_decimal(self) -> Decimal {
        self.0.to_decimal()
    }

    /// Returns whether it is more than nothing.
    pub fn is_positive(self) -> bool {
        self.0.is_positive()
    }

    /// Returns the sum; `None` when it is too large.
    #[must_use]
    pub fn checked_add(self, other: Self) -> Option<Self> {
        self.0.checked_add(other.0).map(Self)
    }

    /// Returns the difference; `None` when it is too large.
    #[must_use]
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        self.0.checked_sub(other.0).map(Self)
    }

    /// Returns the sum of many; `None` when it is too large.
    pub fn checked_sum(amounts: impl IntoIterator<Item = Self>) -> Option<Self> {
        amounts.into_iter().try_fold(Self::ZERO, Self::checked_add)
    }
}

impl TryFrom<Decimal> for Money {
    type Error = DecimalError;

    fn try_from(number: Decimal) -> Result<Self, DecimalError> {
        number.try_into().map(Self)
    }
}

impl FromStr for Money {
    type Err = DecimalError;

    /// Reads an amount with a decimal point: `1234.50`. [`from_input`](Money::from_input) reads amounts as
    /// people type them.
    fn from_str(text: &str) -> Result<Self, DecimalError> {
        strict(text.parse())
    }
}

/// Names the reader of typed amounts where a strict one refuses the form.
fn strict(read: Result<Fixed<2>, DecimalError>) -> Result<Money, DecimalError> {
    read.map(Money).map_err(|error| match error {
        DecimalError::Form => DecimalError::TypedAmount,
        other => other,
    })
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.dot())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn t6_an_amount_that_a_person_typed_is_read_by_its_own_reader() {
        // The last two are more: the largest amount, and one below zero.
        for (text, dot) in [
            ("10,00", "10.00"),
            ("1.234,50 TL", "1234.50"),
            ("999.999.999.999.999,99", "999999999999999.99"),
            ("-0,01", "-0.01"),
        ] {
            assert_eq!(Money::from_input(text).map(Money::dot).as_deref(), Ok(dot));
        }
        assert!(Money::from_input("1.234").is_err());
    }

    #[test]
    fn t6_the_strict_readers_name_the_one_for_people() {
        // Those behind the first are more.
        let point = ["10,00", "1.234,50", "10 TL", "", "₺5"].map(str::parse::<Money>);
        let comma = ["10.00", "1.234,50"].map(Money::from_comma);
        for read in point.into_iter().chain(comma) {
            let error = read.unwrap_err();
            assert_eq!(error, DecimalError::TypedAmount);
            assert!(error.to_string().contains("`Money::from_input`"));
        }
        let measure = "10,00".parse::<Fixed<3>>().unwrap_err().to_string();
        assert!(!measure.contains("Money"));
    }

    #[test]
    fn refuses_a_third_decimal() {
        assert_eq!(
            "2.999".parse::<Money>(),
            Err(DecimalError::TooManyDecimals(2))
        );
        assert_eq!(
            "2.990".parse::<Money>(),
            Err(DecimalError::TooManyDecimals(2))
        );
        assert_eq!(
            "1.000".parse::<Money>(),
            Err(DecimalError::TooManyDecimals(2))
        );
        assert_eq!(
            Money::try_from(Decimal::new(2990, 3))
                .map(Money::dot)
                .as_deref(),
            Ok("2.99")
        );
    }

    #[test]
    fn the_largest_amount_keeps_its_kurus() {
        let most: Money = "999999999999999.99".parse().unwrap();
        assert_eq!(most.kurus(), 99_999_999_999_999_999);
        assert!(Money::from_kurus(i64::MAX).is_err());
    }

    proptest! {
        #[test]
        fn every_form_round_trips(kurus in -99_999_999_999_999_999_i64..=99_999_999_999_999_999) {
            let amount = Money::from_kurus(kurus).unwrap();
            prop_assert_eq!(amount.kurus(), kurus);
            prop_assert_eq!(amount.dot().parse(), Ok(amount));
            prop_assert_eq!(Money::from_comma(&amount.comma()), Ok(amount));
            prop_assert_eq!(Money::from_net(&amount.comma(), NumberForm::Turkish), Ok(amount));
            prop_assert_eq!(Money::from_net(&amount.dot(), NumberForm::Mixed), Ok(amount));
        }

        #[test]
        fn sums_are_exact(parts in prop::collection::vec(0_i64..1_000_000_000, 0..50)) {
            let sum = Money::checked_sum(parts.iter().map(|&k| Money::from_kurus(k).unwrap()));
            prop_assert_eq!(sum.map(Money::kurus), Some(parts.iter().sum::<i64>()));
        }
    }
}
