//! Amounts as the service sends them: in several forms, so kept as text beside their value.

use kervan_turkiye::Money;
use kervan_turkiye::net_number::NumberForm;
use serde::{Deserialize, Serialize};

/// An amount as it was received, and its value.
///
/// The service writes `1,75`, its tables `1.7500`; public clients read grouped thousands, `1.234,50`. The
/// text is kept, so that an amount that cannot be read does not cost the rest of the answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ReceivedAmount(String);

impl ReceivedAmount {
    /// Returns the amount as it was received.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the amount if its text is exact and has one meaning only (see [`NumberForm::Mixed`]).
    /// `1.000` could be one lira or a thousand, so it has no value.
    pub fn money(&self) -> Option<Money> {
        self.read(NumberForm::Mixed)
    }

    /// Returns the amount in a form of numbers.
    pub(crate) fn read(&self, form: NumberForm) -> Option<Money> {
        Money::from_net(&self.0, form).ok()
    }
}

impl<T: Into<String>> From<T> for ReceivedAmount {
    fn from(text: T) -> Self {
        Self(text.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_every_form_seen_and_guesses_none() {
        let read = |text: &str| ReceivedAmount::from(text).money().map(Money::dot);
        for (text, value) in [
            ("1,75", "1.75"),
            ("1234,5", "1234.50"),
            ("1234.50", "1234.50"),
            ("1.7500", "1.75"),
            ("-9.8300", "-9.83"),
            ("300", "300.00"),
            (" 5 ", "5.00"),
            ("1.234,50", "1234.50"),
            ("12.345.678,90", "12345678.90"),
            ("1,7500", "1.75"),
            ("1,234.50", "1234.50"),
        ] {
            assert_eq!(read(text).as_deref(), Some(value), "{text}");
        }
        for text in [
            "", "1.7512", "1.23,50", "1.2345,6", "1.000", "-1,500", "1,2,3", "abc", "1e5", "1.75ğ0",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
