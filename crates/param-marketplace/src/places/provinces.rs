//! Lists the provinces. Wire: `IL_LISTESI` (SOAP, read).

use std::fmt;

use kervan_core::{Class, Context, EncodeError, Operation};
use serde::{Deserialize, Serialize};

use crate::endpoint::Endpoint;
use crate::service::{Body, Read, Reading, not_named};
use crate::settings::Settings;
use crate::wire::{self};

/// The code of a province: the number on its car plates, from 1 to 81 today. Wire: `Plaka`,
/// `Il_Plaka`, numeric or with a leading zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PlateCode(u8);

/// A number outside 1 to 99.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a plate code is a number from 1 to 99")]
pub struct PlateError;

impl PlateCode {
    /// Creates a code.
    ///
    /// # Errors
    ///
    /// [`PlateError`] outside 1 to 99: the wire has two digits for it.
    pub fn new(code: u8) -> Result<Self, PlateError> {
        if (1..=99).contains(&code) {
            Ok(Self(code))
        } else {
            Err(PlateError)
        }
    }

    /// Returns the number.
    pub fn get(self) -> u8 {
        self.0
    }
}

impl TryFrom<String> for PlateCode {
    type Error = PlateError;

    fn try_from(text: String) -> Result<Self, PlateError> {
        let text = text.trim();
        let is_number = text.bytes().all(|byte| byte.is_ascii_digit());
        let code = text.parse().ok().filter(|_| is_number);
        code.ok_or(PlateError).and_then(Self::new)
    }
}

impl From<PlateCode> for String {
    fn from(code: PlateCode) -> Self {
        code.to_string()
    }
}

impl fmt::Display for PlateCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Asks for all provinces. Provider's page: İl Listesi.
///
/// This is the marketplace service's form of the question; the general test service has
/// [another](crate::ListProvincesOfTestService).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ListProvinces {}

impl ListProvinces {
    /// Asks for all provinces.
    pub fn new() -> Self {
        Self::default()
    }
}

/// The provinces. Count the rows, because the answer's own count is wrong in the provider's sample of the
/// districts.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Provinces {
    /// One element a row, in the order received. Wire: the rows of `DT_Bilgi`.
    pub provinces: Vec<Province>,
}

/// One province. Columns without a value are `None`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Province {
    /// Its code; `None` also for an invalid one, for example `0`, which the drift keeps. Wire: `Plaka`.
    #[serde(
        default,
        rename(deserialize = "Plaka"),
        deserialize_with = "wire::readable"
    )]
    pub plate: Option<PlateCode>,
    /// Its name. Wire: `IL`.
    #[serde(rename(deserialize = "IL"))]
    pub name: Option<String>,
}

impl Operation for ListProvinces {
    type Service = Settings;
    type Output = Provinces;
    const ENDPOINT: Endpoint =
        Endpoint::marketplace("IL_LISTESI", "IL_LISTESIResult").ignoring(&["Toplam_Kayit"]);
    const CLASS: Class = Class::Read;

    fn body(&self, _context: &Context<'_, Settings>) -> Result<Body, EncodeError> {
        Ok(Body::with_login().marketplace())
    }

    fn read(&self, reading: Reading<'_>) -> Read<Provinces> {
        Ok(reading
            .rows(not_named)?
            .map(|provinces| Provinces { provinces }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plate_code_is_read_with_and_without_zeros() {
        let of = |text: &str| PlateCode::try_from(text.to_owned());
        assert_eq!(of("1"), of("01"));
        assert_eq!(of(" 076 ").map(PlateCode::get), Ok(76));
        for wrong in ["", "0", "100", "+1", "-1", "1.0", "x", "256"] {
            assert_eq!(of(wrong), Err(PlateError), "{wrong}");
        }
    }
}
