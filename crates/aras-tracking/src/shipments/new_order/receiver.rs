//! Who gets a parcel.

use kervan_core::Personal;
use serde::{Deserialize, Serialize};

/// Who gets a parcel, and where. Never prints itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Receiver {
    /// Name of the person or company, at most 100 characters. Wire: `ReceiverName`.
    pub name: Personal,
    /// The whole address, at most 250 characters. Wire: `ReceiverAddress`.
    pub address: Personal,
    /// Telephone number as people type it; ten digits are sent: `5550000017`. Wire: `ReceiverPhone1`.
    pub phone: Personal,
    /// Another number. Wire: `ReceiverPhone2`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub second_phone: Option<Personal>,
    /// A mobile number. Wire: `ReceiverPhone3`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mobile_phone: Option<Personal>,
    /// Province, at most 32 characters; sent in Turkish upper case. Wire: `ReceiverCityName`.
    pub city: Personal,
    /// District (ilçe), at most 16 characters; sent in Turkish upper case. Wire: `ReceiverTownName`.
    pub town: Personal,
    /// The province's code, beside its name. The list of codes is not published. Wire: `CityCode`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub city_code: Option<String>,
    /// The district's code, beside its name. The list of codes is not published. Wire: `TownCode`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub town_code: Option<String>,
    /// No rule is published for it. Wire: `Country`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// No rule is published for it; two clients send `TR`. Wire: `CountryCode`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country_code: Option<String>,
    /// Locality (semt), at most 64 characters: not the district. Wire: `ReceiverDistrictName`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub locality: Option<Personal>,
    /// Neighbourhood (mahalle), at most 64 characters. Wire: `ReceiverQuarterName`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub neighbourhood: Option<Personal>,
    /// Avenue (cadde), at most 64 characters. Wire: `ReceiverAvenueName`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub avenue: Option<Personal>,
    /// Street (sokak), at most 64 characters. This and the three before it repeat parts of the address, and do
    /// not replace it. Wire: `ReceiverStreetName`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub street: Option<Personal>,
    /// Tax or identity number, at most 15 characters. Wire: `TaxNumber`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tax_number: Option<Personal>,
    /// The code of the tax office, at most 8 digits: not its name. Wire: `TaxOffice`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tax_office: Option<u32>,
}

impl Receiver {
    /// Creates a receiver by name. The other fields are set one by one, and the check reports missing ones.
    pub fn new(name: impl Into<Personal>) -> Self {
        Self {
            name: name.into(),
            ..Self::default()
        }
    }
}

kervan_core::setters! { Receiver {
    /// Sets the address.
    address: into Personal,
    /// Sets the telephone number.
    phone: into Personal,
    /// Sets another telephone number.
    second_phone: into Option<Personal>,
    /// Sets a mobile number.
    mobile_phone: into Option<Personal>,
    /// Sets the province.
    city: into Personal,
    /// Sets the district.
    town: into Personal,
    /// Sets the province's code.
    city_code: into Option<String>,
    /// Sets the district's code.
    town_code: into Option<String>,
    /// Sets the country.
    country: into Option<String>,
    /// Sets the country's code.
    country_code: into Option<String>,
    /// Sets the locality.
    locality: into Option<Personal>,
    /// Sets the neighbourhood.
    neighbourhood: into Option<Personal>,
    /// Sets the avenue.
    avenue: into Option<Personal>,
    /// Sets the street.
    street: into Option<Personal>,
    /// Sets the tax or identity number.
    tax_number: into Option<Personal>,
    /// Sets the code of the tax office.
    tax_office: Option<u32>,
}}
