//! Amounts as a .NET server may print them: point or comma, with or without groups of thousands.

use kervan_turkiye::Money;
use kervan_turkiye::fault::InputError;
use kervan_turkiye::net_number::NumberForm;
use serde::{Deserialize, Deserializer};

/// An amount of an answer, in lira.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Amount(pub(crate) Money);

impl<'de> Deserialize<'de> for Amount {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        read(&text).map(Amount).map_err(serde::de::Error::custom)
    }
}

/// Reads an amount exactly. No page says which setting the server has, so `1.234` is refused: it could be
/// either amount.
pub(crate) fn read(text: &str) -> Result<Money, InputError> {
    Money::from_net(text, NumberForm::Mixed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_every_spelling_exactly() {
        for (text, amount) in [
            ("1234.56", "1234.56"),
            ("1234,56", "1234.56"),
            ("1.234,56", "1234.56"),
            ("1,234.56", "1234.56"),
            ("1.234.567", "1234567.00"),
            ("500.0000", "500.00"),
            ("1500.000", "1500.00"),
            ("0.500", "0.50"),
            ("-12,5", "-12.50"),
            (" 7 ", "7.00"),
        ] {
            assert_eq!(read(text).map(Money::dot).as_deref(), Ok(amount), "{text}");
        }
        for text in ["", "1.234", "100,000", "1.2345", "1e5", "12.", "1.234,567"] {
            assert!(read(text).is_err(), "{text}");
        }
    }
}
