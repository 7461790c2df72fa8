//! The delivery address. Wire: `UserAddress`, a JSON object as a text.

use kervan_core::{EncodeError, Personal, Problems};
use serde::{Deserialize, Serialize};

use crate::check::{Checks as _, NO_LENGTH};
use crate::wire::{Members, WireValue, json_text};

/// The delivery address. Optional, but HASO asks for it. All fields are texts, and not required.
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
            problems.optional(path, Some(text), NO_LENGTH);
        }
    }

    pub(super) fn wire(&self) -> Result<String, EncodeError> {
        json_text(&Members(&[
            ("UserNameSurname", WireValue::line(self.name.as_str())),
            ("Detail", WireValue::line(self.detail.as_str())),
            ("PostalCode", WireValue::line(self.postal_code.as_str())),
            ("TownName", WireValue::line(self.town.as_str())),
            ("CityName", WireValue::line(self.city.as_str())),
            ("CountryName", WireValue::line(self.country.as_str())),
            ("Phone", WireValue::line(self.phone.as_str())),
        ]))
    }
}

kervan_core::setters! { DeliveryAddress {
    /// Sets street and number.
    detail: into Personal,
    /// Sets the district.
    town: into Personal,
    /// Sets the province.
    city: into Personal,
    /// Sets the postal code.
    postal_code: into Personal,
    /// Sets the telephone number.
    phone: into Personal,
}}
