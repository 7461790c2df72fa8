//! Lists the districts of a province. Wire: `ILCE_LISTESI` (SOAP, read).

use kervan_core::{Class, Context, EncodeError, Operation};
use serde::{Deserialize, Serialize};

use super::provinces::PlateCode;
use crate::endpoint::Endpoint;
use crate::service::{Body, Read, Reading, not_named};
use crate::settings::Settings;

/// Asks for the districts of a province. Provider's page: İlçe Listesi.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ListDistricts {
    /// The province. Wire: `Il_Plaka`.
    pub province: PlateCode,
}

impl ListDistricts {
    /// Asks for the districts of one province.
    pub fn new(province: PlateCode) -> Self {
        Self { province }
    }
}

/// The districts of a province. Count the rows, because the answer's own count is wrong in the provider's
/// sample.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Districts {
    /// One element a row, in the order received. Wire: the rows of `DT_Bilgi`.
    pub districts: Vec<District>,
}

/// One district. Columns without a value are `None`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct District {
    /// Its code, for a sub-merchant's address; kept as sent. Wire: `ID`.
    #[serde(rename(deserialize = "ID"))]
    pub code: Option<String>,
    /// Its name. Wire: `ILCE`.
    #[serde(rename(deserialize = "ILCE"))]
    pub name: Option<String>,
}

impl Operation for ListDistricts {
    type Service = Settings;
    type Output = Districts;
    const ENDPOINT: Endpoint =
        Endpoint::marketplace("ILCE_LISTESI", "ILCE_LISTESIResult").ignoring(&["Toplam_Kayit"]);
    const CLASS: Class = Class::Read;

    fn body(&self, _context: &Context<'_, Settings>) -> Result<Body, EncodeError> {
        Ok(Body::with_login()
            .marketplace()
            .text("Il_Plaka", self.province.get()))
    }

    fn read(&self, reading: Reading<'_>) -> Read<Districts> {
        Ok(reading
            .rows(not_named)?
            .map(|districts| Districts { districts }))
    }
}
