//! Creates an order billed to the supplier's contract. Wire: `createPaysSupplierShipping` (JSON, write).

use kervan_core::error::Unreadable;
use kervan_core::json;
use kervan_core::{
    Baseline, Class, Context, Drift, Effect, EncodeError, Found, HttpRequest, Operation, Personal,
    Problems, ReadError, Reason, Reply, Settle,
};
use serde::{Deserialize, Serialize};

use super::request::CreateSupplierPaysOrder;
use crate::codes::{self, CREATE_SUPPLIER_PAYS, Page};
use crate::order::WireOrder;
use crate::rejection::Rejection;
use crate::settings::Settings;
use crate::{Client, Error, wire};

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

impl Client {
    /// Creates an order billed to the supplier's contract. Sent at most once.
    ///
    /// After an unknown [`outcome`](kervan_core::Error::outcome), do not give the order a new
    /// number. Use [`send_or_settle`](Client::send_or_settle), or [`prepare`](Client::prepare),
    /// [`send`](Client::send) and [`resume`](Client::resume) where the order has to survive a crash:
    /// they send it again under the same number, because Horoz takes each request number once.
    ///
    /// # Errors
    ///
    /// [`Error::Rejected`] with [`Kind::NumberTaken`](crate::Kind::NumberTaken) when the request number is taken, and
    /// [`Kind::BrokenPlaces`](crate::Kind::BrokenPlaces) when an earlier record of it has a bad place; see [`Error`] for the
    /// rest. This call does not know whether the order was sent before, so a taken number leaves the
    /// outcome unknown.
    pub async fn create_supplier_pays_order(
        &self,
        order: &CreateSupplierPaysOrder,
    ) -> Result<CreatedOrder, Error> {
        self.call(order).await
    }
}

impl Operation for CreateSupplierPaysOrder {
    type Settings = Settings;
    type Output = CreatedOrder;
    type Rejection = Rejection;
    const NAME: &'static str = PAGE.method;
    const EFFECT: Effect = Effect::Write;

    /// Keyed: Horoz takes each request number once (`ERR-20003`).
    fn class(&self) -> Class {
        Class::Keyed
    }

    fn result_codes() -> Vec<&'static str> {
        codes::texts(PAGE.codes)
    }

    fn check(&self, context: &Context<'_, Settings>) -> Problems {
        let settings = context.settings();
        self.body(settings).check(settings)
    }

    fn encode(&self, context: &Context<'_, Settings>) -> Result<HttpRequest, EncodeError> {
        let settings = context.settings();
        let body = json::encode(&WireOrder::new(&self.body(settings), settings)?)?;
        wire::post(settings, &settings.paths.create_supplier_pays, body)
    }

    fn decode(
        &self,
        settings: &Settings,
        reply: &Reply,
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

    /// None but the order itself, which [`Client::resume`] sends again.
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
