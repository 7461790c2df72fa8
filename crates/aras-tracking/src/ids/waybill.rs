//! The number of a waybill.

use std::fmt;
use std::str::FromStr;

use kervan_core::Problems;
use serde::{Deserialize, Serialize};

use super::blanks;
use super::error::IdError;
use crate::rules;

const FIELD: &str = "waybill";
const USUAL_SERIES: usize = 2;

/// The number of a waybill (irsaliye): a series of letters, usually two, and digits, `AL 268418`.
///
/// It is read from search links of older pages; this crate builds no link from it.
/// Wire: `seri` and `fat_no`.
///
/// Source: the screenshot in the Aras guide to the customer query services (2014, revised
/// 2017-07-31); the parameters are known from public code only.
///
/// ```
/// use aras_tracking::WaybillNumber;
/// let waybill: WaybillNumber = "AL268418".parse()?;
/// assert_eq!((waybill.series(), waybill.number()), ("AL", "268418"));
/// assert_eq!(waybill.to_string(), "AL 268418");
/// # Ok::<(), aras_tracking::IdError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct WaybillNumber {
    series: String,
    number: String,
}

impl WaybillNumber {
    /// Takes series and number, without their blanks.
    ///
    /// # Errors
    ///
    /// [`IdError::Empty`] when one of the two is missing, [`IdError::NotLetters`] for the series,
    /// [`IdError::NotDigits`] for the number.
    pub fn new(series: impl AsRef<str>, number: impl AsRef<str>) -> Result<Self, IdError> {
        let series = blanks::drop_all(series.as_ref());
        let number = blanks::drop_all(number.as_ref());
        if series.is_empty() || number.is_empty() {
            Err(IdError::Empty { field: FIELD })
        } else if !series.chars().all(char::is_alphabetic) {
            Err(IdError::NotLetters { field: FIELD })
        } else if !number.bytes().all(|byte| byte.is_ascii_digit()) {
            Err(IdError::NotDigits { field: FIELD })
        } else {
            Ok(Self { series, number })
        }
    }

    /// Returns the letters.
    pub fn series(&self) -> &str {
        &self.series
    }

    /// Returns the digits, with leading zeros.
    pub fn number(&self) -> &str {
        &self.number
    }

    /// Returns everything that is unusual about the number: [`rules::WAYBILL_SERIES`].
    pub fn warnings(&self) -> Problems {
        let mut problems = Problems::new();
        let length = self.series.chars().count();
        if length != USUAL_SERIES {
            problems.push(
                rules::WAYBILL_SERIES
                    .at(FIELD)
                    .limit(USUAL_SERIES)
                    .actual(length),
            );
        }
        problems
    }
}

impl fmt::Display for WaybillNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.series, self.number)
    }
}

impl FromStr for WaybillNumber {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, IdError> {
        let text = blanks::drop_all(text);
        let digits = text
            .find(|letter: char| letter.is_ascii_digit())
            .unwrap_or(text.len());
        let (series, number) = text.split_at(digits);
        Self::new(series, number)
    }
}

impl TryFrom<String> for WaybillNumber {
    type Error = IdError;

    fn try_from(text: String) -> Result<Self, IdError> {
        text.parse()
    }
}

impl From<WaybillNumber> for String {
    fn from(waybill: WaybillNumber) -> Self {
        waybill.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn survives_serde_and_warns_about_the_series() {
        let waybill = WaybillNumber::new("ŞA", "000123").unwrap();
        let json = serde_json::to_string(&waybill).unwrap();
        assert_eq!(json, "\"ŞA 000123\"");
        assert_eq!(
            serde_json::from_str::<WaybillNumber>(&json).unwrap(),
            waybill
        );
        assert!(waybill.warnings().is_empty());
        assert!(!WaybillNumber::new("A", "1").unwrap().warnings().is_empty());
    }

    #[test]
    fn tells_what_is_missing() {
        let kind = |text: &str| text.parse::<WaybillNumber>().unwrap_err().kind();
        assert_eq!(kind("268418"), "empty");
        assert_eq!(kind("AL"), "empty");
        assert_eq!(kind("A-268418"), "not_letters");
        assert_eq!(kind("AL26A"), "not_digits");
    }
}
