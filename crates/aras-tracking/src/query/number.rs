//! Numbers as the service sends them: with a point or a comma, so kept as text.

use kervan_turkiye::Money;
use kervan_turkiye::decimal::Fixed;
use serde::{Deserialize, Serialize};

/// A number as it was received.
///
/// The service writes `12.5000` and `12,50`. A number that cannot be read is no reason to lose a
/// row, so the text is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Number(String);

impl Number {
    /// A number as it was received.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The number as it was received.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The number as an amount, when it has no more than two decimals besides zeros.
    pub fn money(&self) -> Option<Money> {
        self.plain()?.parse().ok()
    }

    /// The number with at most so many decimals besides zeros, as a weight or a size.
    pub fn fixed<const PLACES: u32>(&self) -> Option<Fixed<PLACES>> {
        self.plain()?.parse().ok()
    }

    /// A whole number, as of pieces.
    pub fn whole(&self) -> Option<u64> {
        self.plain()?.parse().ok()
    }

    /// With a point and without zeros at the end of the decimals. `None` when there are several
    /// marks: whether they group digits cannot be told.
    fn plain(&self) -> Option<String> {
        let text = self.0.trim();
        let Some((whole, decimals)) = text.split_once(['.', ',']) else {
            return Some(text.to_owned());
        };
        if decimals.contains(['.', ',']) {
            return None;
        }
        let kept = decimals.trim_end_matches('0');
        Some(if kept.is_empty() && !decimals.is_empty() {
            whole.to_owned()
        } else {
            format!("{whole}.{kept}")
        })
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
        for odd in ["12.505", "1.234,50", "12.", "", "x", "1e3", ".5"] {
            assert_eq!(money(odd), None, "{odd}");
        }
        assert_eq!(Number::new("3.00").whole(), Some(3));
        assert_eq!(Number::new("3.5").whole(), None);
        assert_eq!(
            Number::new("3,25")
                .fixed::<3>()
                .map(|n| n.to_string())
                .as_deref(),
            Some("3.25")
        );
    }
}
