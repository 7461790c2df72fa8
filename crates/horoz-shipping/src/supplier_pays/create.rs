//! Creates an order billed to the supplier's contract. Wire: `createPaysSupplierShipping` (JSON, write).

use kervan_core::json;
use kervan_core::{
    Context, Drift, Effect, EncodeError, HttpRequest, Operation, Personal, Problems, ReadError,
    Reply, Resend, Sent, Settle, Settled,
};
use serde::Serialize;

use super::request::CreateSupplierPaysOrder;
use crate::codes::{self, CREATE_SUPPLIER_PAYS, Kind, Page};
use crate::order::WireOrder;
use crate::rejection::Rejection;
use crate::settings::Settings;
use crate::{Client, Error, wire};

/// The order was created. Horoz gives no number of its own: the request number stays the handle.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct CreatedOrder {
    /// The provider's message. Wire: `responseMessage`.
    pub message: Option<Personal>,
    /// How the answer differed from its documentation.
    #[serde(skip_serializing_if = "Drift::is_empty")]
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
    /// number: [`settle_supplier_pays_order`](Client::settle_supplier_pays_order) finds out what
    /// became of it, because Horoz takes each request number once.
    ///
    /// # Errors
    ///
    /// [`Error::Rejected`] with [`Kind::Duplicate`] when the request number is taken and
    /// [`Kind::BrokenPlaces`] when an earlier record of it has a bad place; see [`Error`] for the
    /// rest.
    pub async fn create_supplier_pays_order(
        &self,
        order: &CreateSupplierPaysOrder,
    ) -> Result<CreatedOrder, Error> {
        self.call(order).await
    }

    /// Finds out what became of an order whose outcome is unknown, by sending it once more under
    /// the same request number: Horoz either creates it now or says that it exists.
    ///
    /// Do not change the order between the two. That an order of this number exists says nothing
    /// about its content: a number that another order had taken long before looks the same.
    pub async fn settle_supplier_pays_order(
        &self,
        order: &CreateSupplierPaysOrder,
    ) -> Settled<CreatedOrder, Rejection> {
        self.caller().settle(order).await
    }

    /// Creates an order and, after an unknown outcome, settles it under the same request number,
    /// as often and with the pauses that [`Retry`](kervan_core::Retry) says.
    ///
    /// Safe to call again for the same order, as after a crash: an order that exists under its
    /// number is [`Sent::AlreadyDone`]. So a number must never be used for two orders: the second
    /// would look as if it were done.
    ///
    /// # Errors
    ///
    /// As [`create_supplier_pays_order`](Client::create_supplier_pays_order). An unknown outcome
    /// here means that all tries failed to settle it.
    pub async fn send_or_settle_supplier_pays_order(
        &self,
        order: &CreateSupplierPaysOrder,
    ) -> Result<Sent<CreatedOrder>, Error> {
        self.caller().send_or_settle(order).await
    }
}

impl Operation for CreateSupplierPaysOrder {
    type Settings = Settings;
    type Output = CreatedOrder;
    type Rejection = Rejection;
    const NAME: &'static str = PAGE.method;
    const EFFECT: Effect = Effect::Write;

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
        let (message, drift) = wire::read_message(&PAGE, settings, reply)?;
        Ok(CreatedOrder { message, drift })
    }
}

impl Settle for CreateSupplierPaysOrder {
    type ReadBack = Self;

    /// The order itself: a request number is taken once, so a repeat is harmless.
    fn read_back(&self) -> Self {
        self.clone()
    }

    fn settled(&self, answer: Result<CreatedOrder, Error>) -> Settled<CreatedOrder, Rejection> {
        match answer {
            Ok(created) => Settled::Done(created),
            Err(Error::Rejected(no)) => match no.kind {
                Kind::Duplicate => Settled::AlreadyDone,
                Kind::BrokenPlaces => Settled::Refused(no),
                // What is said of the repeat need not have been said of the order sent before.
                _ => Settled::Open(Error::Rejected(no)),
            },
            Err(open) => Settled::Open(open),
        }
    }
}

impl Resend for CreateSupplierPaysOrder {
    fn is_already_done(rejection: &Rejection) -> bool {
        rejection.kind == Kind::Duplicate
    }
}
