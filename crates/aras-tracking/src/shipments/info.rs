//! Asks for a parcel's data, in columns that are not public. Wire: `GetCargoInfo` (SOAP, read).

use kervan_core::{Answer, Class, Context, EncodeError, Operation, Problems, ReadError};
use serde::{Deserialize, Serialize};

use super::endpoint::Endpoint;
use super::service::{Body, Reading};
use super::settings::ShipmentSettings;
use crate::check;
use crate::ids::CustomerReference;
use crate::query::asked::Asked;
use crate::query::{QueryRows, TableRow};
use crate::rejection::Rejection;

/// Asks for a parcel's data. The columns of the answer are not public.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct GetCargoInfo {
    /// The shipper's reference. Wire: `integrationCode`.
    pub reference: CustomerReference,
}

impl GetCargoInfo {
    /// Asks for the parcel of a reference.
    pub fn new(reference: CustomerReference) -> Self {
        Self { reference }
    }
}

impl Operation for GetCargoInfo {
    type Service = ShipmentSettings;
    type Output = QueryRows<TableRow>;
    const ENDPOINT: Endpoint = Endpoint::new("GetCargoInfo", "GetCargoInfoResult")
        .login("username", "password")
        .customer_code("customerCode");
    const CLASS: Class = Class::Read;

    fn check(&self, _context: &Context<'_, ShipmentSettings>, problems: &mut Problems) {
        check::reference(problems, &self.reference);
    }

    fn body(&self, _context: &Context<'_, ShipmentSettings>) -> Result<Body, EncodeError> {
        Ok(Body::new().text("integrationCode", self.reference.as_str()))
    }

    fn read(
        &self,
        reading: Reading<'_>,
    ) -> Result<Answer<QueryRows<TableRow>>, ReadError<Rejection>> {
        reading.rows(&Asked::reference(self.reference.as_str()))
    }
}
