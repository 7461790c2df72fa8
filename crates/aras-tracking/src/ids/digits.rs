//! Identifiers that consist of digits: tracking number and cargo code.

use std::fmt;
use std::str::FromStr;

use kervan_core::Problems;
use serde::{Deserialize, Serialize};

use super::blanks;
use super::error::IdError;
use crate::rules;

macro_rules! digits {
    (
        $(#[$about:meta])*
        $name:ident, $field:literal, usual: [$($usual:literal),+] as $shown:literal, $rule:ident
    ) => {
        $(#[$about])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(try_from = "String")]
        pub struct $name(String);

        impl $name {
            /// Reads the number from a text, dropping every blank in it.
            ///
            /// # Errors
            ///
            /// [`IdError::Empty`] when nothing is left, [`IdError::NotDigits`] when something other
            /// than ASCII digits is.
            pub fn new(text: impl AsRef<str>) -> Result<Self, IdError> {
                let digits = blanks::drop_all(text.as_ref());
                if digits.is_empty() {
                    Err(IdError::Empty { field: $field })
                } else if digits.bytes().all(|byte| byte.is_ascii_digit()) {
                    Ok(Self(digits))
                } else {
                    Err(IdError::NotDigits { field: $field })
                }
            }

            /// Returns the digits, with leading zeros.
            pub fn as_str(&self) -> &str {
                &self.0
            }

            #[doc = concat!("What is unusual about the number: [`rules::", stringify!($rule), "`].")]
            pub fn warnings(&self) -> Problems {
                let mut problems = Problems::new();
                if ![$($usual),+].contains(&self.0.len()) {
                    problems.push(rules::$rule.at($field).limit($shown).actual(self.0.len()));
                }
                problems
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = IdError;

            fn from_str(text: &str) -> Result<Self, IdError> {
                Self::new(text)
            }
        }

        impl TryFrom<String> for $name {
            type Error = IdError;

            fn try_from(text: String) -> Result<Self, IdError> {
                Self::new(text)
            }
        }
    };
}

digits! {
    /// The number the provider gives a parcel (kargo takip no), usually 13 digits.
    ///
    /// It does not exist when an order is placed: it comes into being when a branch accepts the
    /// parcel. It is unique, and its function is unpublished. Wire: `code`.
    ///
    /// Source: Aras tracking link guide of 2014-05-15, page 1, form 1.
    ///
    /// ```
    /// use aras_tracking::TrackingNumber;
    /// let number = TrackingNumber::new("%203513773163316")?; // as the guide prints it
    /// assert_eq!(number.as_str(), "3513773163316");
    /// assert!(number.warnings().is_empty());
    /// # Ok::<(), aras_tracking::IdError>(())
    /// ```
    TrackingNumber, "tracking_number", usual: [13] as 13, TRACKING_NUMBER_LENGTH
}

digits! {
    /// The number in a parcel's bar code (kargo barkod kodu, gönderi no): 19 or 20 digits, often
    /// with leading zeros.
    ///
    /// The guide says 20 and prints 19; every other sample of the provider has 19 too. Both are
    /// usual here. The 34-digit piece barcode and the 22-digit KTF number are other numbers that
    /// hold this one; they are taken with a warning. Wire: `Cargo_Code`.
    ///
    /// Source: Aras tracking link guide of 2014-05-15, page 2, form 3.
    ///
    /// ```
    /// use aras_tracking::CargoCode;
    /// let code = CargoCode::new("0805513773163332313")?;
    /// assert_eq!(code.as_str(), "0805513773163332313");
    /// assert!(code.warnings().is_empty());
    /// # Ok::<(), aras_tracking::IdError>(())
    /// ```
    CargoCode, "cargo_code", usual: [19, 20] as "19-20", CARGO_CODE_LENGTH
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_leading_zeros() {
        assert_eq!(
            TrackingNumber::new("0000000000001").unwrap().as_str(),
            "0000000000001"
        );
    }

    #[test]
    fn warns_about_lengths_without_failing() {
        for length in [1, 12, 13, 14, 19, 20, 22, 34] {
            let digits = "7".repeat(length);
            let number = TrackingNumber::new(&digits).unwrap();
            assert_eq!(number.warnings().is_empty(), length == 13, "{length}");
            let code = CargoCode::new(&digits).unwrap();
            assert_eq!(
                code.warnings().is_empty(),
                [19, 20].contains(&length),
                "{length}"
            );
        }
        let problems = CargoCode::new("1").unwrap().warnings();
        let problem = problems.iter().next().unwrap();
        assert_eq!(
            problem.to_string(),
            "`cargo_code` has 1 digits, usual are 19-20"
        );
    }

    #[test]
    fn refuses_nothing_and_other_than_digits() {
        assert_eq!(
            TrackingNumber::new(" %20\u{a0}"),
            Err(IdError::Empty {
                field: "tracking_number"
            })
        );
        for text in [
            "35137731633l6",
            "+3513773163316",
            "-1",
            "٣٥١٣",
            "3513.773",
            "1\0",
        ] {
            assert_eq!(
                CargoCode::new(text),
                Err(IdError::NotDigits {
                    field: "cargo_code"
                }),
                "{text}"
            );
        }
    }

    #[test]
    fn serialises_as_text_and_reads_through_the_same_checks() {
        let number = TrackingNumber::new("0013773163316").unwrap();
        let json = serde_json::to_string(&number).unwrap();
        assert_eq!(json, "\"0013773163316\"");
        assert_eq!(
            serde_json::from_str::<TrackingNumber>(&json).unwrap(),
            number
        );
        assert!(serde_json::from_str::<TrackingNumber>("\"x\"").is_err());
        assert!(serde_json::from_str::<TrackingNumber>("13773163316").is_err());
    }
}
