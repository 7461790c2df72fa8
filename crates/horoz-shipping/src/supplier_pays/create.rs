//! Creates an order billed to the supplier's contract. Wire: `createPaysSupplierShipping` (JSON, write).

use kervan_core::{Answer, Class, Context, EncodeError, Operation, Problems, ReadError};
use kervan_settling::{Baseline, Found, Settle};
use serde::{Deserialize, Serialize};

use super::request::CreateSupplierPaysOrder;
use crate::codes::CREATE_SUPPLIER_PAYS;
use crate::endpoint::Endpoint;
use crate::order::WireOrder;
use crate::rejection::Rejection;
use crate::service::{Body, Reading};
use crate::settings::Settings;

/// The order was created. Horoz does not give it a number of its own, so later calls name it by its request
/// number.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CreatedSupplierPaysOrder {}

impl Operation for CreateSupplierPaysOrder {
    type Service = Settings;
    type Output = CreatedSupplierPaysOrder;
    const ENDPOINT: Endpoint = Endpoint::new("createPaysSupplierShipping", |paths| {
        &paths.create_supplier_pays
    })
    .inside("response")
    .codes(CREATE_SUPPLIER_PAYS);
    /// Keyed: Horoz takes each request number once (`ERR-20003`).
    const CLASS: Class = Class::Keyed;

    fn check(&self, context: &Context<'_, Settings>, problems: &mut Problems) {
        let settings = context.settings();
        self.contents(&settings.quirks).check(settings, problems);
    }

    fn body(&self, context: &Context<'_, Settings>) -> Result<Body<'_>, EncodeError> {
        let settings = context.settings();
        let contents = self.contents(&settings.quirks);
        Body::json(&WireOrder::new(
            &contents,
            &settings.quirks,
            &settings.places,
        )?)
    }

    fn read(
        &self,
        reading: Reading<'_>,
    ) -> Result<Answer<CreatedSupplierPaysOrder>, ReadError<Rejection>> {
        reading.answer_about(&self.number)
    }
}

impl Settle for CreateSupplierPaysOrder {
    /// Never asked, because Horoz lacks a call that shows an order.
    type ReadBack = Self;

    fn key(&self) -> String {
        self.number.as_str().to_owned()
    }

    /// Returns `None`, because only sending the order again, as [`resume`](kervan_settling::Settler::resume)
    /// does, settles it.
    fn read_back(&self) -> Option<Self> {
        None
    }

    fn found(
        &self,
        _now: Answer<CreatedSupplierPaysOrder>,
        _baseline: Option<&Baseline>,
    ) -> Found<CreatedSupplierPaysOrder, Rejection> {
        Found::Unclear
    }
}
