//! Values that adding and changing a seller share.

use std::fmt;

use chrono::{Datelike, NaiveDate};
use kervan_core::secret::REDACTED;
use kervan_core::{Personal, Problems};
use kervan_turkiye::time::DateForm;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};

use super::numbers;
use crate::rules;
use crate::wire;

/// A person's birth date. Never prints itself. Wire: dd.MM.yyyy.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(transparent)]
pub struct BirthDate(NaiveDate);

impl BirthDate {
    /// The day.
    pub fn day(self) -> NaiveDate {
        self.0
    }

    /// Checks that the day is after 1900 and before `today`.
    pub(super) fn check(self, problems: &mut Problems, path: &'static str, today: NaiveDate) {
        if self.0.year() <= 1900 || self.0 >= today {
            problems.push(rules::BIRTH_DATE.at(path));
        }
    }

    pub(super) fn wire(self) -> String {
        DateForm::Dotted.write(self.0).unwrap_or_default()
    }
}

impl From<NaiveDate> for BirthDate {
    fn from(day: NaiveDate) -> Self {
        Self(day)
    }
}

impl fmt::Debug for BirthDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(REDACTED)
    }
}

impl<'de> Deserialize<'de> for BirthDate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // No error may quote what stands there instead.
        let text = Personal::deserialize(deserializer)?;
        let day = DateForm::Iso.read(text.as_str());
        day.map(Self)
            .ok_or_else(|| D::Error::custom("expected a day as 2000-12-31"))
    }
}

/// The account that a seller is paid out to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct PayoutAccount {
    /// TR and 24 digits; blanks and small letters are taken, but not sent. Wire: `IBAN_No`.
    pub iban: Personal,
    /// Name or title of the account's owner. Wire: `IBAN_Unvan`, 250.
    pub owner: Personal,
}

impl PayoutAccount {
    /// An account by its IBAN. The check reports a missing [`owner`](Self::owner).
    pub fn new(iban: impl Into<Personal>) -> Self {
        Self {
            iban: iban.into(),
            owner: Personal::default(),
        }
    }

    pub(super) fn check(&self, problems: &mut Problems) {
        numbers::iban(problems, "account.iban", &self.iban);
        wire::check(problems, "account.owner", self.owner.as_str(), 250, true);
    }
}

kervan_core::setters! { PayoutAccount {
    /// Sets the name or title of the account's owner.
    owner: into Personal,
}}

/// Where a seller is, by code. Never prints itself.
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
    /// A place in a province, by the province's code. The check reports a missing
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

/// The seller's numbers in two shop systems; no page explains them.
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
    /// No number yet.
    pub fn new() -> Self {
        Self::default()
    }

    pub(super) fn check(&self, problems: &mut Problems) {
        for (path, id) in [
            ("external.sap", &self.sap),
            ("external.magento", &self.magento),
        ] {
            numbers::optional(problems, path, id.as_deref(), usize::MAX);
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
        let is_refused = |text: &str| {
            let mut problems = Problems::new();
            BirthDate::from(day(text)).check(&mut problems, "n", day("2026-11-21"));
            problems
                .iter()
                .any(|problem| problem.code() == "param.birth_date")
        };
        assert!(!is_refused("1901-01-01") && !is_refused("2026-11-20"));
        for text in ["1900-12-31", "2026-11-21", "2030-01-01"] {
            assert!(is_refused(text), "{text}");
        }
    }
}
