//! Asks for a parcel's data, in columns that are not public. Wire: `GetCargoInfo` (SOAP, read).

use kervan_core::{
    Class, Context, EncodeError, HttpRequest, Operation, Problems, ReadError, Reply,
};
use serde::{Deserialize, Serialize};

use super::settings::ShipmentSettings;
use super::wire::{self, Page};
use crate::ids::CustomerReference;
use crate::query::asked::Asked;
use crate::query::{QueryAnswer, TableRow};
use crate::rejection::Rejection;
use kervan_core::soap::Element;

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

const PAGE: Page = Page {
    operation: "GetCargoInfo",
    result: "GetCargoInfoResult",
    user_name: "username",
    password: "password",
};

impl Operation for GetCargoInfo {
    type Service = ShipmentSettings;
    type Output = QueryAnswer<TableRow>;
    const ENDPOINT: &'static Page = &PAGE;

    fn class(&self) -> Class {
        Class::Read
    }

    fn check(&self, _context: &Context<'_, ShipmentSettings>) -> Problems {
        wire::check(&self.reference)
    }

    fn body(&self, context: &Context<'_, ShipmentSettings>) -> Result<HttpRequest, EncodeError> {
        let settings = context.settings();
        let code = Element::text("customerCode", settings.login.customer_code.expose());
        let reference = Element::text("integrationCode", self.reference.as_str());
        wire::encode(&PAGE, settings, vec![code, reference])
    }

    fn read(
        &self,
        (settings, reply): (&ShipmentSettings, &Reply),
    ) -> Result<QueryAnswer<TableRow>, ReadError<Rejection>> {
        let asked = Asked::reference(self.reference.as_str());
        wire::list(&PAGE, settings, reply, &asked)
    }
}
