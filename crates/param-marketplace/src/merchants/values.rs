//! Values that adding and changing a seller share.

use std::fmt;

use chrono::NaiveDate;
use kervan_core::secret::REDACTED;
use kervan_core::{Personal, Problems};
use kervan_turkiye::birth_date;
use kervan_turkiye::day::day_from_input;
use kervan_turkiye::problems::noted;
use kervan_turkiye::time::DateForm;
use serde::{Deserialize, Serialize};

use crate::wire::{self, ANY, Checks as _};
use crate::{rules, typed};

/// A person's birth date: a day, or a text as people and programs write one: `1.5.1990`, `01/05/1990`,
/// `1990-05-01`, with a time behind it or without. Never prints itself. Wire: dd.MM.yyyy.
///
/// It has to be after 1900 and before today. The placeholder of .NET (`0001-01-01T00:00:00`) counts as
/// missing.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct BirthDate(Personal);

impl BirthDate {
    /// Returns the day; `None` for a text that is not one.
    pub fn day(&self) -> Option<NaiveDate> {
        day_from_input(self.0.as_str()).ok()
    }

    pub(super) fn check(&self, problems: &mut Problems, path: &'static str, today: NaiveDate) {
        noted(
            problems,
            path,
            birth_date::BirthDate::from_input(self.0.as_str(), today),
        );
    }

    /// Returns the date as it is sent.
    pub(super) fn sent(&self) -> String {
        let day = self.day().and_then(|day| DateForm::Dotted.write(day));
        day.unwrap_or_default()
    }
}

impl From<NaiveDate> for BirthDate {
    fn from(day: NaiveDate) -> Self {
        day.to_string().into()
    }
}

impl From<String> for BirthDate {
    fn from(text: String) -> Self {
        Self(text.into())
    }
}

impl From<&str> for BirthDate {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

impl fmt::Debug for BirthDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(REDACTED)
    }
}

/// The account that a seller's share is paid to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct PayoutAccount {
    /// A Turkish IBAN as people type it, in groups and in small letters or not. It is sent as TR and 24 digits.
    /// Wrong check digits are an error. Wire: `IBAN_No`.
    pub iban: Personal,
    /// The name or title of the account's owner. Wire: `IBAN_Unvan`, 250.
    pub owner: Personal,
}

impl PayoutAccount {
    /// Creates an account by its IBAN. The check reports a missing [`owner`](Self::owner).
    pub fn new(iban: impl Into<Personal>) -> Self {
        Self {
            iban: iban.into(),
            owner: Personal::default(),
        }
    }

    pub(super) fn check(&self, problems: &mut Problems) {
        typed::check_iban(problems, "account.iban", &self.iban);
        wire::check(problems, "account.owner", self.owner.as_str(), 250, true);
    }
}

kervan_core::setters! { PayoutAccount {
    /// Sets the name or title of the account's owner.
    owner: into Personal,
}}

/// The province and district of a seller, by code. Never prints itself.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct SellerPlace {
    /// The province's code, 1 to 81. Wire: `Il`.
    pub province: u8,
    /// The district's code, of `ILCE_LISTESI`; up to four digits. Wire: `Ilce`.
    pub district: u16,
}

impl SellerPlace {
    /// Creates a place in a province, by the province's code. The check reports a missing
    /// [`district`](Self::district).
    pub fn in_province(code: u8) -> Self {
        Self {
            province: code,
            district: 0,
        }
    }

    pub(super) fn check(self, problems: &mut Problems) {
        if !(1..=81).contains(&self.province) {
            problems.push(rules::PROVINCE.at("place.province"));
        }
        if !(1..=9999).contains(&self.district) {
            problems.push(rules::DISTRICT.at("place.district"));
        }
    }
}

kervan_core::setters! { SellerPlace {
    /// Sets the district's code.
    district: u16,
}}

impl fmt::Debug for SellerPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(REDACTED)
    }
}

/// The seller's numbers in two shop systems. No page explains them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct ExternalIds {
    /// Wire: `SAPId`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sap: Option<String>,
    /// Wire: `MagentoId`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub magento: Option<String>,
}

impl ExternalIds {
    /// Creates it without a number.
    pub fn new() -> Self {
        Self::default()
    }

    pub(super) fn check(&self, problems: &mut Problems) {
        for (path, id) in [
            ("external.sap", &self.sap),
            ("external.magento", &self.magento),
        ] {
            problems.optional(path, id, ANY);
        }
    }
}

kervan_core::setters! { ExternalIds {
    /// Sets the number in SAP.
    sap: into Option<String>,
    /// Sets the number in Magento.
    magento: into Option<String>,
}}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn birth_dates() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let found = |date: BirthDate| {
            let mut problems = Problems::new();
            date.check(&mut problems, "n", day("2026-11-21"));
            problems
                .iter()
                .map(kervan_core::Problem::code)
                .collect::<Vec<_>>()
        };
        for (text, sent) in [("1901-01-01", "01.01.1901"), ("2026-11-20", "20.11.2026")] {
            let date = BirthDate::from(day(text));
            assert_eq!(date.sent(), sent);
            assert_eq!(date.day(), Some(day(text)));
            assert!(found(date).is_empty());
        }
        for text in ["1900-12-31", "2026-11-21", "2030-01-01"] {
            let codes = found(day(text).into());
            assert_eq!(codes, ["birth_date.not_possible"], "{text}");
        }
        assert_eq!(found(day("0001-01-01").into()), ["text.missing"]);
    }
}
