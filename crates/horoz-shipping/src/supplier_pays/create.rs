//! Creates an order billed to the supplier's contract. Wire: `createPaysSupplierShipping` (JSON, write).

use kervan_core::error::Unreadable;
use kervan_core::json;
use kervan_core::{
    Baseline, Class, Context, Drift, EncodeError, Found, HttpRequest, Operation, Personal,
    Problems, ReadError, Reason, Reply, Settle,
};
use serde::{Deserialize, Serialize};

use super::request::CreateSupplierPaysOrder;
use crate::codes::{CREATE_SUPPLIER_PAYS, Page};
use crate::order::WireOrder;
use crate::rejection::Rejection;
use crate::settings::Settings;
use crate::{Error, wire};

/// The order was created. Horoz gives no number of its own: the request number stays the handle.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CreatedOrder {
    /// The provider's message. Wire: `responseMessage`.
    pub message: Option<Personal>,
    /// How the answer differed from its documentation.
    #[serde(default, skip_serializing_if = "Drift::is_empty")]
    pub drift: Drift,
}

const PAGE: Page = Page {
    method: "createPaysSupplierShipping",
    envelope: Some("response"),
    codes: CREATE_SUPPLIER_PAYS,
};

impl Operation for CreateSupplierPaysOrder {
    type Service = Settings;
    type Output = CreatedOrder;
    const ENDPOINT: &'static Page = &PAGE;

    /// Keyed: Horoz takes each request number once (`ERR-20003`).
    fn class(&self) -> Class {
        Class::Keyed
    }

    fn check(&self, context: &Context<'_, Settings>) -> Problems {
        let settings = context.settings();
        self.body(settings).check(settings)
    }

    fn body(&self, context: &Context<'_, Settings>) -> Result<HttpRequest, EncodeError> {
        let settings = context.settings();
        let body = json::encode(&WireOrder::new(&self.body(settings), settings)?)?;
        wire::post(settings, &settings.paths.create_supplier_pays, body)
    }

    fn read(
        &self,
        (settings, reply): (&Settings, &Reply),
    ) -> Result<CreatedOrder, ReadError<Rejection>> {
        match wire::read_message(&PAGE, settings, reply) {
            // The answer to another order, which came out of step.
            Err(ReadError::Rejected(no)) if no.names_another_than(&self.number) => {
                Err(Unreadable::at(
                    "responseMessage.TalepNo",
                    Reason::Unexpected("the number of this order".into()),
                )
                .into())
            }
            Err(error) => Err(error),
            Ok((message, drift)) => Ok(CreatedOrder { message, drift }),
        }
    }
}

impl Settle for CreateSupplierPaysOrder {
    /// Never asked: Horoz has no call that shows an order.
    type ReadBack = Self;

    fn key(&self) -> String {
        self.number.as_str().trim().to_owned()
    }

    /// None but the order itself, which [`resume`](kervan_core::Caller::resume) sends again.
    fn read_back(&self) -> Option<Self> {
        None
    }

    fn found(
        &self,
        _now: Result<CreatedOrder, Error>,
        _baseline: Option<&Baseline>,
    ) -> Found<CreatedOrder, Rejection> {
        Found::Unclear
    }
}
