//! Cancels an order of the merchant's own account (experimental). Wire: `cancelShipping` (JSON, write).

use kervan_core::json;
use kervan_core::{
    Class, Context, Drift, EncodeError, HttpRequest, Operation, Personal, Problems, ReadError,
    Reply,
};
use serde::{Deserialize, Serialize};

use crate::codes::{Page, SUCCESS_ONLY};
use crate::order::{RequestNumber, check_number};
use crate::rejection::Rejection;
use crate::rules;
use crate::settings::Settings;
use crate::wire::{self, WireNumber};

/// Cancels an order that [`CreateShippingOrder`](crate::CreateShippingOrder) made. Provider's page:
/// cancelShipping, public in part.
///
/// Horoz refuses once the order is approved or its goods are accepted. An order with a label is
/// approved: cancel the label first, or use [`undo_order`](crate::Client::undo_order).
///
/// Sent at most once. **Experimental.**
///
/// **No read-back is public.** What a second cancellation is answered is not known either, so after
/// an unknown [`outcome`](kervan_core::Error::outcome) ask Horoz about the order.
///
/// # Errors
///
/// [`Error::Rejected`](crate::Error::Rejected) when Horoz refuses; its codes are not public, so the outcome is unknown
/// unless [`Quirks::codes`](crate::Quirks::codes) gives the code a kind that means "not done".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct CancelShippingOrder {
    /// The order's key. Wire: what [`Quirks::order_number_key`](crate::Quirks::order_number_key)
    /// says, `requestNumber` by default.
    pub number: RequestNumber,
}

impl CancelShippingOrder {
    /// A cancellation.
    pub fn new(number: impl Into<RequestNumber>) -> Self {
        Self {
            number: number.into(),
        }
    }
}

/// It was cancelled.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Cancelled {
    /// The provider's message. Wire: `responseMessage`.
    pub message: Option<Personal>,
    /// How the answer differed from what is expected.
    #[serde(default, skip_serializing_if = "Drift::is_empty")]
    pub drift: Drift,
}

const PAGE: Page = Page {
    method: "cancelShipping",
    envelope: Some("response"),
    codes: SUCCESS_ONLY,
};

impl Operation for CancelShippingOrder {
    type Service = Settings;
    type Output = Cancelled;
    const ENDPOINT: &'static Page = &PAGE;

    /// Blind: no read-back of an order is public, nor the answer to a second cancellation.
    fn class(&self) -> Class {
        Class::Blind
    }

    fn check(&self, context: &Context<'_, Settings>) -> Problems {
        check(&self.number, context.settings())
    }

    fn body(&self, context: &Context<'_, Settings>) -> Result<HttpRequest, EncodeError> {
        let settings = context.settings();
        let body = json::encode(&WireNumber::new(settings, &self.number))?;
        wire::post(settings, &settings.paths.cancel_shipping, body)
    }

    fn read(
        &self,
        (settings, reply): (&Settings, &Reply),
    ) -> Result<Cancelled, ReadError<Rejection>> {
        Cancelled::read(&PAGE, settings, reply)
    }
}

impl Cancelled {
    pub(crate) fn read(
        page: &Page,
        settings: &Settings,
        reply: &Reply,
    ) -> Result<Self, ReadError<Rejection>> {
        let (message, drift) = wire::read_message(page, settings, reply)?;
        Ok(Self { message, drift })
    }
}

/// Checks a call that names an order and nothing else.
pub(crate) fn check(number: &RequestNumber, settings: &Settings) -> Problems {
    let mut problems = Problems::new();
    check_number(&mut problems, number);
    if matches!(settings.quirks.order_number_key.trim(), "" | "atfId") {
        problems.push(rules::ORDER_NUMBER_KEY.at("settings.quirks.order_number_key"));
    }
    problems
}
