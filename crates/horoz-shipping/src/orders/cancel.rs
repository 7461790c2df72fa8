//! Cancels an order of the merchant's own account (experimental). Wire: `cancelShipping` (JSON, write).

use kervan_core::{Answer, Class, Context, EncodeError, Operation, Problems, ReadError};
use serde::{Deserialize, Serialize};

use crate::endpoint::Endpoint;
use crate::named_order::{Cancelled, WireNumber, check_named};
use crate::order::RequestNumber;
use crate::rejection::Rejection;
use crate::service::{Body, Reading};
use crate::settings::Settings;

/// Cancels an order that [`CreateShippingOrder`](crate::CreateShippingOrder) made. Provider's page:
/// cancelShipping, public in part.
///
/// Horoz refuses once the order is approved or its goods are accepted. An order with a label is
/// approved: cancel the label first, or use [`undo_order`](crate::Client::undo_order).
///
/// Sent at most once. **Experimental.**
///
/// **No read-back is public.** The answer to a second cancellation is not known either, so ask
/// Horoz about the order after an unknown [`outcome`](kervan_core::Error::outcome).
///
/// # Errors
///
/// [`Error::Rejected`](crate::Error::Rejected) when Horoz refuses; its codes are not public, so the outcome is unknown
/// unless [`Quirks::codes`](crate::Quirks::codes) gives the code a kind that means "not done".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct CancelShippingOrder {
    /// The order's key. Wire: by [`Quirks::order_number_key`](crate::Quirks::order_number_key),
    /// `requestNumber` by default.
    pub number: RequestNumber,
}

impl CancelShippingOrder {
    /// Creates a cancellation.
    pub fn new(number: impl Into<RequestNumber>) -> Self {
        Self {
            number: number.into(),
        }
    }
}

impl Operation for CancelShippingOrder {
    type Service = Settings;
    type Output = Cancelled;
    const ENDPOINT: Endpoint =
        Endpoint::new("cancelShipping", |paths| &paths.cancel_shipping).inside("response");
    /// Blind: no read-back of an order is public, nor the answer to a second cancellation.
    const CLASS: Class = Class::Blind;

    fn check(&self, context: &Context<'_, Settings>, problems: &mut Problems) {
        check_named(problems, &self.number, context.settings());
    }

    fn body(&self, context: &Context<'_, Settings>) -> Result<Body<'_>, EncodeError> {
        let settings = context.settings();
        Body::json(&WireNumber::new(settings, &self.number))
    }

    fn read(&self, reading: Reading<'_>) -> Result<Answer<Cancelled>, ReadError<Rejection>> {
        reading.answer_about(&self.number)
    }
}
