//! The delivery address. Wire: `UserAddress`, a JSON object as a text.

use kervan_core::{EncodeError, Personal, Problems};
use serde::{Deserialize, Serialize};

use crate::check::{Checks as _, NO_LENGTH};
use crate::wire::json_text;

/// Where the order goes. Optional, but HASO asks for it. All texts; none is required.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct DeliveryAddress {
    /// Name and surname. Wire: `UserNameSurname`.
    pub name: Personal,
    /// Quarter, street, number. Wire: `Detail`.
    pub detail: Personal,
    /// Wire: `PostalCode`.
    pub postal_code: Personal,
    /// District. Wire: `TownName`.
    pub town: Personal,
    /// Province. Wire: `CityName`.
    pub city: Personal,
    /// Wire: `CountryName`.
    pub country: Personal,
    /// In any form, as `+90 516 111 22 33`. Wire: `Phone`.
    pub phone: Personal,
}

impl DeliveryAddress {
    /// Creates an address in Türkiye.
    pub fn new(name: impl Into<Personal>) -> Self {
        Self {
            name: name.into(),
            country: "TÜRKİYE".into(),
            ..Self::default()
        }
    }

    /// Sets street and number.
    #[must_use]
    pub fn detail(mut self, detail: impl Into<Personal>) -> Self {
        self.detail = detail.into();
        self
    }

    /// Sets the district.
    #[must_use]
    pub fn town(mut self, town: impl Into<Personal>) -> Self {
        self.town = town.into();
        self
    }

    /// Sets the province.
    #[must_use]
    pub fn city(mut self, city: impl Into<Personal>) -> Self {
        self.city = city.into();
        self
    }

    /// Sets the postal code.
    #[must_use]
    pub fn postal_code(mut self, code: impl Into<Personal>) -> Self {
        self.postal_code = code.into();
        self
    }

    /// Sets the telephone number.
    #[must_use]
    pub fn phone(mut self, number: impl Into<Personal>) -> Self {
        self.phone = number.into();
        self
    }

    pub(super) fn check(&self, problems: &mut Problems) {
        for (path, text) in [
            ("address.name", &self.name),
            ("address.detail", &self.detail),
            ("address.postal_code", &self.postal_code),
            ("address.town", &self.town),
            ("address.city", &self.city),
            ("address.country", &self.country),
            ("address.phone", &self.phone),
        ] {
            problems.optional(path, Some(text.as_str()), NO_LENGTH);
        }
    }

    pub(super) fn wire(&self) -> Result<String, EncodeError> {
        #[derive(Serialize)]
        struct WireAddress<'a> {
            #[serde(rename = "UserNameSurname")]
            name: &'a str,
            #[serde(rename = "Detail")]
            detail: &'a str,
            #[serde(rename = "PostalCode")]
            postal_code: &'a str,
            #[serde(rename = "TownName")]
            town: &'a str,
            #[serde(rename = "CityName")]
            city: &'a str,
            #[serde(rename = "CountryName")]
            country: &'a str,
            #[serde(rename = "Phone")]
            phone: &'a str,
        }
        json_text(&WireAddress {
            name: self.name.as_str(),
            detail: self.detail.as_str(),
            postal_code: self.postal_code.as_str(),
            town: self.town.as_str(),
            city: self.city.as_str(),
            country: self.country.as_str(),
            phone: self.phone.as_str(),
        })
    }
}
