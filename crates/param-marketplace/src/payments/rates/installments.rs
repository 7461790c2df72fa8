//! The total that a customer pays in installments, computed as the service checks it.

use kervan_turkiye::Money;
use kervan_turkiye::decimal::Fixed;
use serde::{Deserialize, Serialize};

/// The maximum number of decimals of a rate; four have been seen.
const PLACES: u32 = 6;
/// A rate of one hundred percent in units of its last decimal.
const WHOLE: i128 = 100 * 10_i128.pow(PLACES);

/// A rate in percent, zero or more, exact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct Rate(Fixed<PLACES>);

impl Rate {
    /// Reads a rate with a point or a comma, for example `1.7500`. `None` for a rate below zero, which
    /// means "not offered", and for anything that cannot be read exactly.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let percent = text.parse().or_else(|_| Fixed::from_comma(text)).ok()?;
        (percent >= Fixed::ZERO).then_some(Self(percent))
    }

    /// Returns the rate in percent.
    pub fn percent(self) -> Fixed<PLACES> {
        self.0
    }

    /// Returns the total that the customer pays for this amount. `None` when it is too large, and for an
    /// amount below zero.
    ///
    /// **The rule:** total = amount + amount × rate / 100, exactly, then rounded to the kuruş, a half kuruş
    /// up. The amount is whole kuruş, so the result is the same whether the commission or the total is
    /// rounded.
    ///
    /// Rounding a half up is an inference from the commissions in Param's lists, which are rounded that
    /// way. No page says how the service rounds when it checks the total. It refuses a total that differs
    /// from its own with code -202, and charges nothing.
    ///
    /// ```
    /// use param_marketplace::Money;
    /// use param_marketplace::payments::Rate;
    ///
    /// let rate = Rate::parse("1.7500").ok_or("not offered")?;
    /// let amount: Money = "1000.25".parse()?;
    /// assert_eq!(rate.total(amount), Some("1017.75".parse()?)); // 1017.754375
    /// assert_eq!(Rate::parse("-2.0000"), None);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn total(self, amount: Money) -> Option<Money> {
        let kurus = amount.kurus();
        if kurus < 0 {
            return None;
        }
        let commission = i128::from(kurus).checked_mul(self.units()?)?;
        let rounded = commission.checked_add(WHOLE / 2)? / WHOLE;
        let commission = Money::from_kurus(i64::try_from(rounded).ok()?).ok()?;
        amount.checked_add(commission)
    }

    /// Returns the rate in units of its last decimal.
    fn units(self) -> Option<i128> {
        let percent = self.0.to_decimal();
        let missing = PLACES.checked_sub(percent.scale())?;
        percent.mantissa().checked_mul(10_i128.pow(missing))
    }
}

/// A rate as it was received. A rate below zero means that this number of parts is not offered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ReceivedRate(String);

impl ReceivedRate {
    /// Returns the rate as it was received.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the rate if it is offered and can be read exactly.
    pub fn rate(&self) -> Option<Rate> {
        Rate::parse(&self.0)
    }
}

impl<T: Into<String>> From<T> for ReceivedRate {
    fn from(text: T) -> Self {
        Self(text.into())
    }
}

/// The rates for 1 to 12 parts. Wire: `MO_01` to `MO_12`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct InstallmentRates(pub(crate) [Option<ReceivedRate>; 12]);

impl InstallmentRates {
    /// Returns the rate for a number of parts as it was received.
    pub fn received(&self, parts: u8) -> Option<&ReceivedRate> {
        let at = usize::from(parts).checked_sub(1)?;
        self.0.get(at)?.as_ref()
    }

    /// Returns the rate for a number of parts. `None` when it is not offered, not in the table, or cannot
    /// be read.
    pub fn rate(&self, parts: u8) -> Option<Rate> {
        self.received(parts)?.rate()
    }

    /// Returns every number of parts that is offered for this amount, with the total that the customer
    /// pays.
    pub(crate) fn offers(&self, amount: Money) -> Vec<InstallmentOffer> {
        let offer = |parts| {
            let rate = self.rate(parts)?;
            let total = rate.total(amount)?;
            Some(InstallmentOffer { parts, rate, total })
        };
        (1..=12).filter_map(offer).collect()
    }
}

/// The total that a customer pays for an amount in a number of parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct InstallmentOffer {
    /// The number of parts. Wire: `Taksit`.
    pub parts: u8,
    /// The rate.
    pub rate: Rate,
    /// The amount that the card is charged, for [`Sale::charged`](crate::payments::Sale::charged). Wire:
    /// `Toplam_Tutar`.
    pub total: Money,
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn total(amount: &str, rate: &str) -> Option<String> {
        let amount = amount.parse().unwrap();
        Rate::parse(rate)?.total(amount).map(Money::dot)
    }

    #[test]
    fn a_half_kurus_goes_up() {
        for (amount, rate, sum) in [
            ("1000.25", "1.7500", "1017.75"), // 17.504375
            ("100.00", "1.75", "101.75"),
            ("50.00", "1.01", "50.51"), // 0.505
            ("0.50", "1.00", "0.51"),   // 0.005
            ("0.49", "1.00", "0.49"),   // 0.0049
            ("10.01", "0", "10.01"),
            ("10.01", "0.0000", "10.01"),
            ("1.00", "100", "2.00"),
            ("200.00", "0,000001", "200.00"),
        ] {
            assert_eq!(
                total(amount, rate).as_deref(),
                Some(sum),
                "{amount} at {rate}"
            );
        }
    }

    #[test]
    fn below_zero_and_unreadable_is_not_offered() {
        for rate in [
            "-1",
            "-2.0000",
            "-0.01",
            "",
            "x",
            "1.2345678",
            "1.7.5",
            "1e2",
            "%2",
        ] {
            assert_eq!(Rate::parse(rate), None, "{rate}");
        }
        let rates = InstallmentRates(std::array::from_fn(|at| match at {
            0 => Some("0.0000".into()),
            2 => Some("3.5000".into()),
            3 => Some("-2.0000".into()),
            4 => Some("bilinmiyor".into()),
            _ => None,
        }));
        let found = rates.offers("100.00".parse().unwrap());
        let found: Vec<_> = found.iter().map(|it| (it.parts, it.total.dot())).collect();
        assert_eq!(found, [(1, "100.00".into()), (3, "103.50".into())]);
        assert_eq!(rates.rate(0), None);
        assert_eq!(rates.rate(13), None);
        assert_eq!(rates.received(4).map(ReceivedRate::as_str), Some("-2.0000"));
    }

    #[test]
    fn has_no_total_beyond_what_money_holds() {
        assert_eq!(total("999999999999999.99", "1"), None);
        assert_eq!(total("999999999999999.99", "999999999999999.999999"), None);
        assert_eq!(total("-1.00", "1"), None);
    }

    proptest! {
        /// The total lies within half a kuruş of the exact one, and a half goes up.
        #[test]
        fn is_the_nearest_kurus(kurus in 0_i64..=1_000_000_000_000, units in 0_i64..=500_000_000) {
            let text = format!("{}.{:06}", units / 1_000_000, units % 1_000_000);
            let amount = Money::from_kurus(kurus).unwrap();
            let total = Rate::parse(&text).unwrap().total(amount).unwrap();
            let commission = i128::from(total.kurus() - kurus);
            let twice = 2 * i128::from(kurus) * i128::from(units);
            let unit = 200_000_000;
            prop_assert!(twice < (commission * unit) + unit / 2);
            prop_assert!(twice >= (commission * unit) - unit / 2);
        }

        #[test]
        fn grows_with_amount_and_rate(
            amounts in prop::array::uniform2(0_i64..=1_000_000_000_000),
            rates in prop::array::uniform2(0_i64..=500_000),
        ) {
            let rate = |units: i64| Rate::parse(&format!("{}.{:04}", units / 10_000, units % 10_000));
            let total = |kurus, units| {
                rate(units).unwrap().total(Money::from_kurus(kurus).unwrap()).unwrap()
            };
            let ([less, more], [low, high]) = (sorted(amounts), sorted(rates));
            prop_assert!(total(less, low) <= total(more, low));
            prop_assert!(total(less, low) <= total(less, high));
            prop_assert!(total(less, low) >= Money::from_kurus(less).unwrap());
            prop_assert_eq!(total(less, 0), Money::from_kurus(less).unwrap());
        }

        #[test]
        fn never_panics(text in "\\PC{0,30}|[0-9.,-]{0,30}", kurus in any::<i64>()) {
            if let (Some(rate), Ok(amount)) = (Rate::parse(&text), Money::from_kurus(kurus)) {
                let _ = rate.total(amount);
            }
        }
    }

    fn sorted<T: Ord, const N: usize>(mut values: [T; N]) -> [T; N] {
        values.sort();
        values
    }
}
