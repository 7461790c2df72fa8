//! Asks for a parcel's movements, in columns that are not public. Wire: `GetCargoTransaction` (SOAP, read).

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

/// Asks for a parcel's movements. The columns of the answer are not public; query type 9 has typed ones.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct GetCargoTransaction {
    /// What it means is not public; probably the customer code. Empty where it is not given. Wire:
    /// `code`.
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

    /// Sets the code.
    #[must_use]
    pub fn code(mut self, code: impl Into<String>) -> Self {
        self.code = code.into();
        self
    }
}

const PAGE: Page = Page {
    operation: "GetCargoTransaction",
    result: "GetCargoTransactionResult",
    user_name: "username",
    password: "password",
};

impl Operation for GetCargoTransaction {
    type Service = ShipmentSettings;
    type Output = QueryAnswer<TableRow>;
    const ENDPOINT: &'static Page = &PAGE;

    fn class(&self) -> Class {
        Class::Read
    }

    fn check(&self, _context: &Context<'_, ShipmentSettings>) -> Problems {
        let mut problems = wire::check(&self.reference);
        if !self.code.is_empty() {
            wire::check_text(&mut problems, "code".to_owned(), &self.code);
        }
        problems
    }

    fn body(&self, context: &Context<'_, ShipmentSettings>) -> Result<HttpRequest, EncodeError> {
        let code = Element::text("code", self.code.as_str());
        let reference = Element::text("integrationCode", self.reference.as_str());
        wire::encode(&PAGE, context.settings(), vec![code, reference])
    }

    fn read(
        &self,
        (settings, reply): (&ShipmentSettings, &Reply),
    ) -> Result<QueryAnswer<TableRow>, ReadError<Rejection>> {
        let asked = Asked::reference(self.reference.as_str());
        wire::list(&PAGE, settings, reply, &asked)
    }
}
