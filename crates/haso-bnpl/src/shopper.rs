//! The customer as the shop knows them.

use std::fmt;

use chrono::NaiveDate;
use kervan_core::problem::MISSING;
use kervan_core::{Context, Personal, Problems};
use kervan_turkiye::birth_date;
use kervan_turkiye::day::day_from_input;
use kervan_turkiye::fault::FaultKind;
use kervan_turkiye::problems::noted;
use kervan_turkiye::time::istanbul_day_at;
use serde::{Deserialize, Serialize};

use crate::check::{Checks as _, NO_LENGTH};
use crate::common_fields::CommonFields;
use crate::service::Body;
use crate::settings::Settings;
use crate::settings::quirks::BirthDateForm;

/// A birth date: a day, or a text as people and databases write one: `17.8.1983`, `17/08/1983`,
/// `1983-08-17T00:00:00`. It is after 1900 and before today. An empty text and .NET's placeholder
/// (`0001-01-01T00:00:00`) are a missing date. Never prints itself.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct BirthDate(Personal);

impl BirthDate {
    /// Returns whether the text is empty, or the date of a database for one that is missing.
    fn is_missing(&self) -> bool {
        let read = day_from_input(self.0.as_str());
        read.is_err_and(|error| error.kind() == FaultKind::Missing)
    }
}

impl From<NaiveDate> for BirthDate {
    fn from(day: NaiveDate) -> Self {
        Self(day.to_string().into())
    }
}

impl From<birth_date::BirthDate> for BirthDate {
    fn from(date: birth_date::BirthDate) -> Self {
        Self(date.iso().into())
    }
}

impl From<&str> for BirthDate {
    fn from(text: &str) -> Self {
        Self(text.into())
    }
}

impl From<String> for BirthDate {
    fn from(text: String) -> Self {
        Self(text.into())
    }
}

impl fmt::Debug for BirthDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(kervan_core::secret::REDACTED)
    }
}

/// The customer. Names as on the identity card, middle names included: they are checked against
/// the identity number. Letters keep their case; a letter and its mark are sent as one character, and line
/// ends as blanks.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Shopper {
    /// The mobile number, as people type it: `+90 555 000 00 01` and `05550000001` are sent as `5550000001`.
    /// Wire: `mobileNumber`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mobile: Option<Personal>,
    /// The birth date, sent as `1983-08-17` or, by [`Quirks::birth_date`](crate::Quirks), `19830817`. Wire:
    /// `birthDate`.
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
    /// The identity number, as people type it: eleven digits, with blanks, dots or dashes between them. Wrong
    /// check digits only warn. Wire: `tckn`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub identity_number: Option<Personal>,
}

impl Shopper {
    /// Creates a customer without any value.
    pub fn new() -> Self {
        Self::default()
    }

    /// Creates a body with the common fields of all calls, and the customer's fields of a service call behind
    /// them.
    pub(crate) fn body<'a>(&'a self, settings: &'a Settings, common: &'a CommonFields) -> Body<'a> {
        Body::of_merchant(settings, common)
            .personal("shopperName", self.name.as_ref())
            .personal("shopperSurname", self.surname.as_ref())
            .identity("tckn", self.identity_number.as_ref())
            .mobile("mobileNumber", self.mobile.as_ref())
            .personal(settings.quirks.email_field.as_ref(), self.email.as_ref())
    }

    /// Returns the birth date, unless it is missing.
    pub(crate) fn known_birth_date(&self) -> Option<&Personal> {
        let date = self.birth_date.as_ref();
        date.filter(|date| !date.is_missing()).map(|date| &date.0)
    }

    /// Checks the values that are there. With `is_required`, all but birth date and identity number have
    /// to be.
    pub(crate) fn check(
        &self,
        context: &Context<'_, Settings>,
        problems: &mut Problems,
        is_required: bool,
    ) {
        if is_required || self.mobile.is_some() {
            problems.mobile("shopper.mobile", self.mobile.as_ref());
        }
        if let Some(date) = self.known_birth_date() {
            let today = istanbul_day_at(context.now());
            let read = birth_date::BirthDate::from_input(date.as_str(), today);
            noted(problems, "shopper.birth_date", read);
        }
        for (path, value) in [
            ("shopper.email", &self.email),
            ("shopper.name", &self.name),
            ("shopper.surname", &self.surname),
        ] {
            match value {
                Some(text) => problems.required(path, text, NO_LENGTH),
                None if is_required => problems.push(MISSING.at(path)),
                None => {}
            }
        }
        if let Some(number) = &self.identity_number {
            problems.identity("shopper.identity_number", number);
        }
    }
}

kervan_core::setters! { Shopper {
    /// Sets the mobile number: ten digits, the first a 5, with or without `0` or `+90` before them.
    mobile: into Option<Personal>,
    /// Sets the birth date: a day, or a text as `17.8.1983`.
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
    pub(crate) fn shopper(self, shopper: &'a Shopper, context: &Context<'_, Settings>) -> Self {
        self.mobile("mobileNumber", shopper.mobile.as_ref())
            .birth_date(shopper, context)
            .personal("email", shopper.email.as_ref())
            .personal("name", shopper.name.as_ref())
            .personal("surname", shopper.surname.as_ref())
            .identity("tckn", shopper.identity_number.as_ref())
    }

    /// Adds the birth date of a customer, if it is known.
    pub(crate) fn birth_date(self, shopper: &'a Shopper, context: &Context<'_, Settings>) -> Self {
        self.typed("birthDate", shopper.known_birth_date(), |text| {
            let today = istanbul_day_at(context.now());
            let date = birth_date::BirthDate::from_input(text, today)?;
            Ok(match context.settings().quirks.birth_date {
                BirthDateForm::Iso => date.iso(),
                BirthDateForm::Compact => date.compact(),
            })
        })
    }
}
