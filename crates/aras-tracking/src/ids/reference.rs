//! The shipper's own reference of a parcel.

use std::fmt;
use std::str::FromStr;

use kervan_core::Problems;
use serde::{Deserialize, Serialize};

use super::blanks;
use super::error::IdError;
use super::letters::composed;
use crate::rules;

/// The longest `IntegrationCode` that the shipment service accepts.
const USUAL_LENGTH: usize = 32;
/// Parameters with values that must never end up in a reference.
const CREDENTIALS: [&str; 2] = ["accountid", "sifre"];

/// The shipper's own unique reference of a parcel (müşteri özel kodu, M.Ö.K.): an order number.
///
/// Any text: only blanks at its ends and characters without width are dropped, a blank of another kind
/// becomes a plain one, and so does a Turkish letter that is written as two characters, so that all
/// spellings are one reference. `%20` stays, also at the ends, because Turkish
/// writes percentages that way (`İNDİRİM%20`). Longer than 32 characters is a warning: the shipment
/// service takes 32, another interface of the provider 64. Wire: `alici_kod`.
///
/// It prints, since it names an order and opens nothing without the account; do not put a name or
/// a telephone number into it.
///
/// Source: Aras tracking link guide of 2014-05-15, page 1 and 2, form 2.
///
/// ```
/// use aras_tracking::CustomerReference;
/// let reference = CustomerReference::new(" SİPARİŞ & 15 ")?;
/// assert_eq!(reference.as_str(), "SİPARİŞ & 15");
/// # Ok::<(), aras_tracking::IdError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct CustomerReference(String);

impl CustomerReference {
    pub(crate) const FIELD: &str = "customer_reference";

    /// Takes a reference, without the blanks at its ends.
    ///
    /// # Errors
    ///
    /// [`IdError::Empty`], [`IdError::ControlCharacter`], and [`IdError::Credentials`] when
    /// `accountid=` or `sifre=` is in the text, so that a link passed by mistake, or cut in the
    /// wrong place, is not printed as a reference.
    pub fn new(text: impl AsRef<str>) -> Result<Self, IdError> {
        let text = blanks::trim(text.as_ref());
        if text.is_empty() {
            Err(IdError::Empty { field: Self::FIELD })
        } else if text.chars().any(char::is_control) {
            Err(IdError::ControlCharacter { field: Self::FIELD })
        } else if holds_credentials(text) {
            Err(IdError::Credentials { field: Self::FIELD })
        } else {
            Ok(Self(composed(&blanks::plain(text))))
        }
    }

    /// Returns the reference as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns everything that is unusual about the reference: [`rules::CUSTOMER_REFERENCE_LONG`].
    pub fn warnings(&self) -> Problems {
        let mut problems = Problems::new();
        let length = self.0.chars().count();
        if length > USUAL_LENGTH {
            let rule = &rules::CUSTOMER_REFERENCE_LONG;
            problems.push(rule.at(Self::FIELD).limit(USUAL_LENGTH).actual(length));
        }
        problems
    }
}

/// Finds the name of a credential followed by `=`, or by a `%` that may encode it.
fn holds_credentials(text: &str) -> bool {
    let text = text.to_ascii_lowercase();
    CREDENTIALS.iter().any(|name| {
        text.match_indices(name).any(|(start, _)| {
            let rest = text.get(start + name.len()..).unwrap_or_default();
            rest.trim_start_matches(blanks::is_blank)
                .starts_with(['=', '%'])
        })
    })
}

impl fmt::Display for CustomerReference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl AsRef<str> for CustomerReference {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl FromStr for CustomerReference {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, IdError> {
        Self::new(text)
    }
}

impl TryFrom<String> for CustomerReference {
    type Error = IdError;

    fn try_from(text: String) -> Result<Self, IdError> {
        Self::new(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_everything_but_blanks_at_the_ends() {
        for text in [
            "0061",
            "A B",
            "50% & +",
            "İNDİRİM%20",
            "ŞİFRE",
            "sifre",
            "a=b&c",
        ] {
            assert_eq!(CustomerReference::new(text).unwrap().as_str(), text);
        }
        assert_eq!(
            CustomerReference::new("\u{a0}\tA1\r\n").unwrap().as_str(),
            "A1"
        );
    }

    #[test]
    fn refuses_nothing_controls_and_pieces_of_account_links() {
        assert_eq!(CustomerReference::new("  ").unwrap_err().kind(), "empty");
        assert_eq!(
            CustomerReference::new("A\0B").unwrap_err().kind(),
            "control_character"
        );
        for text in [
            "1sifre=x",
            "1&ACCOUNTID=X",
            "accountid%3DX",
            "1?Sifre =x",
            "sifre%253Dx",
        ] {
            assert_eq!(
                CustomerReference::new(text).unwrap_err().kind(),
                "credentials",
                "{text}"
            );
        }
    }

    #[test]
    fn t10_both_spellings_are_one_reference() {
        // The last two are more: letters that are kept apart, and one that a link encodes in parts.
        for (parts, whole) in [
            ("S\u{327}I\u{307}S\u{327}E-1", "ŞİŞE-1"),
            (" go\u{308}ru\u{308}s\u{327} 2", "görüş 2"),
            ("N\u{327}-3", "N\u{327}-3"),
            ("g\u{306}%20", "ğ%20"),
        ] {
            let reference = CustomerReference::new(parts).unwrap();
            assert_eq!(reference, CustomerReference::new(whole).unwrap());
            assert_eq!(reference.as_str(), whole);
        }
        let long = "s\u{327}".repeat(32);
        assert!(CustomerReference::new(long).unwrap().warnings().is_empty());
    }

    #[test]
    fn t10_references_that_look_alike_are_one() {
        for text in [
            "KV\u{a0}1",
            "KV\u{202f}1",
            "K\u{ad}V 1",
            "KV 1\u{feff}",
            "KV \u{200d}1",
        ] {
            assert_eq!(CustomerReference::new(text).unwrap().as_str(), "KV 1");
        }
        let two = CustomerReference::new("KV  1").unwrap();
        assert_ne!(two, CustomerReference::new("KV 1").unwrap());
    }

    /// Links have no crate for lines, so the two agree by this test, but for letters of other languages.
    #[cfg(any(feature = "query", feature = "pages", feature = "push"))]
    #[test]
    fn t10_a_reference_is_what_is_sent() {
        use kervan_turkiye::line::{Line, Note};

        let signs = (0..=0x2_ffff).chain(0xe_0000..=0xe_ffff);
        for sign in signs.filter_map(char::from_u32) {
            for text in [format!("K{sign}V 1"), format!("{sign}KV-1 {sign}")] {
                let (Ok(reference), Ok(line)) =
                    (CustomerReference::new(&text), Line::from_input(&text))
                else {
                    continue;
                };
                let is_composed = line.notes().contains(&Note::Composed);
                assert!(
                    is_composed || reference.as_str() == line.as_str(),
                    "{text:?}"
                );
            }
        }
    }

    #[test]
    fn warns_beyond_32_characters() {
        assert!(
            CustomerReference::new("Ş".repeat(32))
                .unwrap()
                .warnings()
                .is_empty()
        );
        let problems = CustomerReference::new("Ş".repeat(33)).unwrap().warnings();
        assert_eq!(
            problems.iter().next().unwrap().to_string(),
            "`customer_reference` has 33 characters, an order takes 32"
        );
    }
}
