//! Finds an order by the shipper's reference. Wire: `GetOrderWithIntegrationCode` (SOAP, read).

use kervan_core::{Answer, Class, Context, EncodeError, Operation, Problems, ReadError};
use serde::{Deserialize, Serialize};

use super::endpoint::Endpoint;
use super::order::Order;
use super::service::{Body, Reading};
use super::settings::ShipmentSettings;
use crate::check;
use crate::ids::CustomerReference;
use crate::query::QueryRows;
use crate::query::asked::Asked;
use crate::rejection::Rejection;

/// Asks for the order of a reference, which proves that it was registered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct FindOrder {
    /// The shipper's reference. Wire: `integrationCode`.
    pub reference: CustomerReference,
}

impl FindOrder {
    /// Asks for the order of a reference.
    pub fn new(reference: CustomerReference) -> Self {
        Self { reference }
    }
}

impl Operation for FindOrder {
    type Service = ShipmentSettings;
    type Output = QueryRows<Order>;
    const ENDPOINT: Endpoint = Endpoint::new("GetOrderWithIntegrationCode");
    const CLASS: Class = Class::Read;

    fn check(&self, _context: &Context<'_, ShipmentSettings>, problems: &mut Problems) {
        check::reference(problems, &self.reference);
    }

    fn body(&self, _context: &Context<'_, ShipmentSettings>) -> Result<Body, EncodeError> {
        Ok(Body::new().text("integrationCode", self.reference.as_str()))
    }

    fn read(&self, reading: Reading<'_>) -> Result<Answer<QueryRows<Order>>, ReadError<Rejection>> {
        reading.rows(&Asked::reference(self.reference.as_str()))
    }
}
