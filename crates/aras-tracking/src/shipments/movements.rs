//! Asks for a parcel's movements, in columns that are not public. Wire: `GetCargoTransaction` (SOAP, read).

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

/// Asks for a parcel's movements. The columns of the answer are not public; query type 9 has typed ones.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct GetCargoTransaction {
    /// Its meaning is not public; probably the customer code. Empty where it is not given. Wire: `code`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub code: String,
    /// The shipper's reference. Wire: `integrationCode`.
    pub reference: CustomerReference,
}

impl GetCargoTransaction {
    /// Asks for the movements of a reference.
    pub fn new(reference: CustomerReference) -> Self {
        Self {
            code: String::new(),
            reference,
        }
    }
}

kervan_core::setters! { GetCargoTransaction {
    /// Sets the code.
    code: into String,
}}

impl Operation for GetCargoTransaction {
    type Service = ShipmentSettings;
    type Output = QueryRows<TableRow>;
    const ENDPOINT: Endpoint = Endpoint::new("GetCargoTransaction", "GetCargoTransactionResult")
        .login("username", "password");
    const CLASS: Class = Class::Read;

    fn check(&self, _context: &Context<'_, ShipmentSettings>, problems: &mut Problems) {
        check::reference(problems, &self.reference);
        if !self.code.is_empty() {
            check::text(problems, || "code", &self.code);
        }
    }

    fn body(&self, _context: &Context<'_, ShipmentSettings>) -> Result<Body, EncodeError> {
        Ok(Body::new()
            .text("code", self.code.as_str())
            .text("integrationCode", self.reference.as_str()))
    }

    fn read(
        &self,
        reading: Reading<'_>,
    ) -> Result<Answer<QueryRows<TableRow>>, ReadError<Rejection>> {
        reading.rows(&Asked::reference(self.reference.as_str()))
    }
}
