//! The customer as the shop knows them.

use std::fmt;

use chrono::NaiveDate;
use kervan_core::{Personal, Problems};
use kervan_turkiye::time::DateForm;
use serde::{Deserialize, Serialize};

use crate::check::{Checks as _, NO_LENGTH};
use crate::common_fields::CommonFields;
use crate::service::Body;
use crate::settings::Settings;
use crate::settings::quirks::BirthDateForm;

/// A birth date. Never prints itself.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct BirthDate(NaiveDate);

impl BirthDate {
    /// Returns the day.
    pub fn day(self) -> NaiveDate {
        self.0
    }

    /// Returns the date as it travels; `None` for a year beyond four digits, which the check refuses.
    fn wire(self, settings: &Settings) -> Option<String> {
        let text = DateForm::Iso.write(self.0)?;
        Some(match settings.quirks.birth_date {
            BirthDateForm::Iso => text,
            BirthDateForm::Compact => text.replace('-', ""),
        })
    }
}

impl From<NaiveDate> for BirthDate {
    fn from(day: NaiveDate) -> Self {
        Self(day)
    }
}

impl fmt::Debug for BirthDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(kervan_core::secret::REDACTED)
    }
}

/// The customer. Names as on the identity card, middle names included: they are checked against
/// the identity number. Letters are sent as they are.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Shopper {
    /// Ten digits that begin with 5. Wire: `mobileNumber`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mobile: Option<Personal>,
    /// Wire: `birthDate`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub birth_date: Option<BirthDate>,
    /// Wire: `email`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<Personal>,
    /// Wire: `name`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<Personal>,
    /// Wire: `surname`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub surname: Option<Personal>,
    /// Eleven digits. Wire: `tckn`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub identity_number: Option<Personal>,
}

impl Shopper {
    /// Creates a customer of whom nothing is known.
    pub fn new() -> Self {
        Self::default()
    }

    /// Creates a body with what a service call sends of the customer, behind what all calls send.
    pub(crate) fn body<'a>(&'a self, settings: &'a Settings, common: &'a CommonFields) -> Body<'a> {
        Body::of_merchant(settings, common)
            .personal("shopperName", self.name.as_ref())
            .personal("shopperSurname", self.surname.as_ref())
            .personal("tckn", self.identity_number.as_ref())
            .personal("mobileNumber", self.mobile.as_ref())
            .personal(settings.quirks.email_field.as_ref(), self.email.as_ref())
    }

    /// Returns the birth date as it travels.
    pub(crate) fn sent_birth_date(&self, settings: &Settings) -> Option<String> {
        self.birth_date?.wire(settings)
    }

    /// Checks the values that are there. With `is_required`, all but birth date and identity number have
    /// to be.
    pub(crate) fn check(&self, problems: &mut Problems, is_required: bool) {
        let present = |value: &Option<Personal>| is_required || value.is_some();
        let text = |value: &Option<Personal>| {
            value
                .as_ref()
                .map_or(String::new(), |v| v.as_str().to_owned())
        };
        if present(&self.mobile) {
            problems.required("shopper.mobile", &text(&self.mobile), NO_LENGTH);
            if self
                .mobile
                .as_ref()
                .is_some_and(|mobile| !mobile.is_blank())
            {
                problems.mobile("shopper.mobile", &text(&self.mobile));
            }
        }
        if let Some(birth) = self.birth_date {
            problems.day("shopper.birth_date", birth.day());
        }
        for (path, value) in [
            ("shopper.email", &self.email),
            ("shopper.name", &self.name),
            ("shopper.surname", &self.surname),
        ] {
            if present(value) {
                problems.required(path, &text(value), NO_LENGTH);
            }
        }
        if let Some(number) = &self.identity_number {
            problems.identity("shopper.identity_number", number.as_str());
        }
    }
}

kervan_core::setters! { Shopper {
    /// Sets the mobile number: ten digits that begin with 5.
    mobile: into Option<Personal>,
    /// Sets the birth date.
    birth_date: into Option<BirthDate>,
    /// Sets the e-mail address.
    email: into Option<Personal>,
    /// Sets the first name, middle names included.
    name: into Option<Personal>,
    /// Sets the surname.
    surname: into Option<Personal>,
    /// Sets the identity number: eleven digits.
    identity_number: into Option<Personal>,
}}

impl<'a> Body<'a> {
    /// Adds the fields of a customer as the browser's forms have them.
    pub(crate) fn shopper(self, shopper: &'a Shopper, settings: &Settings) -> Self {
        self.personal("mobileNumber", shopper.mobile.as_ref())
            .maybe("birthDate", shopper.sent_birth_date(settings))
            .personal("email", shopper.email.as_ref())
            .personal("name", shopper.name.as_ref())
            .personal("surname", shopper.surname.as_ref())
            .personal("tckn", shopper.identity_number.as_ref())
    }
}
