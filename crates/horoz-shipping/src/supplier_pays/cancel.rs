//! Cancels an order billed to the supplier's contract (experimental). Wire: `cancelPaysSupplierShipping` (JSON, write).

use kervan_core::{Answer, Class, Context, EncodeError, Operation, Problems, ReadError};
use serde::{Deserialize, Serialize};

use crate::endpoint::Endpoint;
use crate::named_order::{Cancelled, WireNumber, check_named};
use crate::order::RequestNumber;
use crate::rejection::Rejection;
use crate::service::{Body, Reading};
use crate::settings::Settings;

/// Cancels an order that [`CreateSupplierPaysOrder`](crate::CreateSupplierPaysOrder) made. Provider's
/// page: cancelPaysSupplierShipping, public in part.
///
/// Horoz refuses once the order is approved or its goods are accepted.
///
/// Sent at most once. **Experimental.**
///
/// **No read-back is public.** Do not settle the order by sending it again: after a cancellation
/// that might create it anew. Ask Horoz about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct CancelSupplierPaysOrder {
    /// The order's key. Wire: by [`Quirks::order_number_key`](crate::Quirks::order_number_key),
    /// `requestNumber` by default.
    pub number: RequestNumber,
}

impl CancelSupplierPaysOrder {
    /// Creates a cancellation.
    pub fn new(number: impl Into<RequestNumber>) -> Self {
        Self {
            number: number.into(),
        }
    }
}

impl Operation for CancelSupplierPaysOrder {
    type Service = Settings;
    type Output = Cancelled;
    const ENDPOINT: Endpoint = Endpoint::new("cancelPaysSupplierShipping", |paths| {
        &paths.cancel_supplier_pays
    })
    .inside("response");
    /// Blind: no read-back of an order is public, and sending the order again could create it anew.
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
