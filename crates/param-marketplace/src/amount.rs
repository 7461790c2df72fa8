//! Amounts as the service sends them: in several forms, so kept as text beside their value.

use kervan_turkiye::Money;
use serde::{Deserialize, Serialize};

/// An amount as it was received, and what it means.
///
/// The service writes `1,75`, its tables `1.7500`; public clients read grouped thousands, `1.234,50`. An
/// amount that cannot be read is no reason to lose an answer, so the text is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ReceivedAmount(String);

impl ReceivedAmount {
    /// The amount as it was received.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The amount, when it can be read exactly: with a comma and at most two decimals, or with a
    /// point and zeros after the second decimal.
    pub fn money(&self) -> Option<Money> {
        let text = self.0.trim();
        match text.split_once(',') {
            Some((whole, _)) if whole.contains('.') => ungrouped(text),
            Some(_) => Money::from_comma(text).ok(),
            None => pointed(text),
        }
    }
}

/// `1.234,50`: points group three digits each.
fn ungrouped(text: &str) -> Option<Money> {
    let (whole, decimals) = text.split_once(',')?;
    let mut groups = whole.trim_start_matches('-').split('.');
    let first = groups.next()?;
    let grouped = (1..=3).contains(&first.len()) && groups.all(|group| group.len() == 3);
    if !grouped {
        return None;
    }
    Money::from_comma(&format!("{},{decimals}", whole.replace('.', ""))).ok()
}

/// `1.7500`: decimals beyond the second have to be zeros.
fn pointed(text: &str) -> Option<Money> {
    let short = match text.split_once('.') {
        Some((whole, decimals)) if decimals.len() > 2 => {
            let (kept, zeros) = decimals.split_at_checked(2)?;
            zeros
                .bytes()
                .all(|byte| byte == b'0')
                .then(|| format!("{whole}.{kept}"))?
        }
        _ => text.to_owned(),
    };
    short.parse().ok()
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
        ] {
            assert_eq!(read(text).as_deref(), Some(value), "{text}");
        }
        for text in [
            "", "1.7512", "1.23,50", "1.2345,6", "1,234.50", "1,2,3", "abc", "1e5", "1.75ğ0",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
