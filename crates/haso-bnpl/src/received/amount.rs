//! Amounts as a .NET server may print them: point or comma, with or without groups of thousands.

use kervan_turkiye::Money;
use kervan_turkiye::decimal::DecimalError;
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

/// Reads an amount exactly. `1.234,56` and `1,234.56` are grouped; zeros beyond two decimals are
/// dropped. One mark with three digits behind it and at most three before it could be either, and
/// is refused: `1.234`.
pub(crate) fn read(text: &str) -> Result<Money, DecimalError> {
    let text = text.trim();
    let marks = text
        .bytes()
        .filter(|byte| matches!(byte, b'.' | b','))
        .count();
    let Some(last) = text.rfind(['.', ',']) else {
        return text.parse();
    };
    let (whole, decimals) = (&text[..last], &text[last + 1..]);
    let digits = |part: &str| part.trim_start_matches('-').len();
    let grouped = whole.contains(['.', ',']);
    if marks == 1
        && decimals.len() == 3
        && digits(whole) <= 3
        && whole.trim_start_matches('-') != "0"
    {
        return Err(DecimalError::Form);
    }
    let mark = &text[last..=last];
    let whole = if !grouped {
        whole.to_owned()
    } else if whole.contains(mark) {
        // All marks are alike: groups of thousands and no decimals.
        return ungroup(text, mark)?.parse();
    } else {
        ungroup(whole, if mark == "," { "." } else { "," })?
    };
    let kept = decimals.trim_end_matches('0');
    if decimals.is_empty() || !decimals.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(DecimalError::Form);
    }
    format!("{whole}.{kept:0<1}").parse()
}

/// Takes the marks out between groups of three digits.
fn ungroup(text: &str, mark: &str) -> Result<String, DecimalError> {
    let (sign, unsigned) = match text.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", text),
    };
    let mut groups = unsigned.split(mark);
    let first = groups.next().unwrap_or_default();
    let is_group = |group: &str, most: usize| {
        (1..=most).contains(&group.len()) && group.bytes().all(|byte| byte.is_ascii_digit())
    };
    let rest: Vec<_> = groups.collect();
    if !is_group(first, 3)
        || !rest
            .iter()
            .all(|group| group.len() == 3 && is_group(group, 3))
    {
        return Err(DecimalError::Form);
    }
    Ok(format!("{sign}{first}{}", rest.concat()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn reads_every_spelling_exactly() {
        for (text, amount) in [
            ("1234.56", "1234.56"),
            ("1234,56", "1234.56"),
            ("1.234,56", "1234.56"),
            ("1,234.56", "1234.56"),
            ("1.234.567,8", "1234567.80"),
            ("1.234.567", "1234567.00"),
            ("500", "500.00"),
            ("500.0000", "500.00"),
            ("1500.000", "1500.00"),
            ("0.500", "0.50"),
            ("-12,5", "-12.50"),
            (" 7 ", "7.00"),
        ] {
            assert_eq!(read(text).map(Money::dot).as_deref(), Ok(amount), "{text}");
        }
    }

    #[test]
    fn refuses_what_could_mean_two_amounts_or_none() {
        for text in [
            "",
            "1.234",
            "100,000",
            "1.2345",
            "1e5",
            "1.23.456,0",
            "1.2,3,4",
            "12.",
            ",5",
            "1,23,456.0",
            "١",
            "1 234,5",
            "+5",
            "1.234,567",
            "1..2",
            "--5",
        ] {
            assert!(read(text).is_err(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn never_panics(text in "[-0-9.,e ]{0,24}") {
            let _ = read(&text);
        }

        #[test]
        fn both_marks_read_alike(kurus in 0_i64..1_000_000_000_000) {
            let amount = Money::from_kurus(kurus).unwrap();
            prop_assert_eq!(read(&amount.dot()), Ok(amount));
            prop_assert_eq!(read(&amount.comma()), Ok(amount));
        }
    }
}
