//! Finds an order by the shipper's reference. Wire: `GetOrderWithIntegrationCode` (SOAP, read).

use kervan_core::{
    Class, Context, EncodeError, HttpRequest, Operation, Problems, ReadError, Reply,
};
use serde::{Deserialize, Serialize};

use super::order::Order;
use super::settings::ShipmentSettings;
use super::wire::{self, Page};
use crate::ids::CustomerReference;
use crate::query::QueryAnswer;
use crate::query::asked::Asked;
use crate::rejection::Rejection;
use kervan_core::soap::Element;

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

const PAGE: Page = Page {
    operation: "GetOrderWithIntegrationCode",
    result: "GetOrderWithIntegrationCodeResult",
    user_name: "userName",
    password: "password",
};

impl Operation for FindOrder {
    type Service = ShipmentSettings;
    type Output = QueryAnswer<Order>;
    const ENDPOINT: &'static Page = &PAGE;

    fn class(&self) -> Class {
        Class::Read
    }

    fn check(&self, _context: &Context<'_, ShipmentSettings>) -> Problems {
        wire::check(&self.reference)
    }

    fn body(&self, context: &Context<'_, ShipmentSettings>) -> Result<HttpRequest, EncodeError> {
        let reference = Element::text("integrationCode", self.reference.as_str());
        wire::encode(&PAGE, context.settings(), vec![reference])
    }

    fn read(
        &self,
        (settings, reply): (&ShipmentSettings, &Reply),
    ) -> Result<QueryAnswer<Order>, ReadError<Rejection>> {
        let asked = Asked::reference(self.reference.as_str());
        wire::list(&PAGE, settings, reply, &asked)
    }
}
