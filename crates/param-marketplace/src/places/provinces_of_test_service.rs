//! Lists the provinces, on the general test service. Wire: `Il_Liste` (SOAP, read).

use kervan_core::{Class, Context, EncodeError, Operation};
use serde::{Deserialize, Serialize};

use super::provinces::Provinces;
use crate::endpoint::Endpoint;
use crate::service::{Body, Read, Reading, not_named};
use crate::settings::Settings;

/// Asks for all provinces in the form of the general test service, which has neither
/// [`ListProvinces`](crate::ListProvinces) nor the districts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ListProvincesOfTestService {}

impl ListProvincesOfTestService {
    /// Asks for all provinces.
    pub fn new() -> Self {
        Self::default()
    }
}

impl Operation for ListProvincesOfTestService {
    type Service = Settings;
    type Output = Provinces;
    const ENDPOINT: Endpoint = Endpoint::payment("Il_Liste", "Il_ListeResult").with_table("DT");
    const CLASS: Class = Class::Read;

    fn body(&self, _context: &Context<'_, Settings>) -> Result<Body, EncodeError> {
        Ok(Body::with_login())
    }

    fn read(&self, reading: Reading<'_>) -> Read<Provinces> {
        Ok(reading
            .rows(not_named)?
            .map(|provinces| Provinces { provinces }))
    }
}
