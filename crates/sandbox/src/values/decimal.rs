//! Exact amounts and sizes of any size: a result beyond the greatest number is the greatest number.
//!
//! The operators of [`Decimal`] panic there, and a size of 29 digits is only a request away.

use rust_decimal::{Decimal, RoundingStrategy};

/// Returns the sum.
pub(crate) fn sum(all: impl IntoIterator<Item = Decimal>) -> Decimal {
    all.into_iter().fold(Decimal::ZERO, Decimal::saturating_add)
}

/// Returns a share of an amount in hundredths, rounded half away from zero.
pub(crate) fn share(amount: Decimal, rate: Decimal) -> Decimal {
    let share = amount.saturating_mul(rate);
    share.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_goes_over_the_greatest_number() {
        let most = Decimal::MAX;
        assert_eq!(sum([most, Decimal::ONE, most]), most);
        assert_eq!(share(most, most), most);
        assert_eq!(
            sum([Decimal::new(150, 2), Decimal::new(5, 1)]),
            Decimal::TWO
        );
        let rounded = share(Decimal::new(1005, 2), Decimal::new(1, 2));
        assert_eq!(rounded, Decimal::new(10, 2));
    }
}
