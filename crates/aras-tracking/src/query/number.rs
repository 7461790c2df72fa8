//! Numbers as the service sends them: with a point or a comma, so kept as text.

use kervan_turkiye::Money;
use kervan_turkiye::decimal::Fixed;
use kervan_turkiye::net_number::NumberForm;
use serde::{Deserialize, Serialize};

/// A number as it was received.
///
/// The service writes `12.5000` and `12,50`. The text is kept, so that a row with an unreadable number is not
/// lost.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Number(String);

impl Number {
    /// Creates a number as it was received.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// Returns the number as it was received.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the number as an amount, when it can be read exactly and in one way only, see
    /// [`NumberForm::Mixed`]: `1.500` could be one lira and a half or fifteen hundred.
    pub fn money(&self) -> Option<Money> {
        Money::from_net(&self.0, NumberForm::Mixed).ok()
    }

    /// Returns the number with at most `PLACES` decimals besides zeros, as a weight or a size, which the
    /// service prints with three: `2.000` is two, see [`NumberForm::Measure`].
    pub fn fixed<const PLACES: u32>(&self) -> Option<Fixed<PLACES>> {
        NumberForm::Measure.fixed(&self.0).ok()
    }

    /// Returns a whole number, as of pieces, in the form of an amount.
    pub fn whole(&self) -> Option<u64> {
        NumberForm::Mixed.whole(&self.0).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_points_commas_and_zeros() {
        let money = |text: &str| Number::new(text).money().map(Money::kurus);
        assert_eq!(money("12.5000"), Some(1250));
        assert_eq!(money("12,50"), Some(1250));
        assert_eq!(money(" 12 "), Some(1200));
        assert_eq!(money("12.00"), Some(1200));
        assert_eq!(money("1.234,50"), Some(123_450));
        for odd in ["12.505", "1.500", "1,000", "12.", "", "x", "1e3", ".5"] {
            assert_eq!(money(odd), None, "{odd}");
        }
        assert_eq!(Number::new("3.00").whole(), Some(3));
        assert_eq!(Number::new("3.5").whole(), None);
        assert_eq!(Number::new("1.000").whole(), None);
        let weight = |text: &str| Number::new(text).fixed::<3>().map(|n| n.to_string());
        assert_eq!(weight("2.000").as_deref(), Some("2"));
        assert_eq!(weight("1.234").as_deref(), Some("1.234"));
        assert_eq!(
            Number::new("3,25")
                .fixed::<3>()
                .map(|n| n.to_string())
                .as_deref(),
            Some("3.25")
        );
    }
}
