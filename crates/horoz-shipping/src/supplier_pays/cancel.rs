//! Cancels an order billed to the supplier's contract (experimental). Wire: `cancelPaysSupplierShipping` (JSON, write).

use kervan_core::json;
use kervan_core::{
    Class, Context, EncodeError, HttpRequest, Operation, Problems, ReadError, Reply,
};
use serde::{Deserialize, Serialize};

use crate::codes::{Page, SUCCESS_ONLY};
use crate::order::RequestNumber;
use crate::orders::{Cancelled, check_order};
use crate::rejection::Rejection;
use crate::settings::Settings;
use crate::wire::{self, WireNumber};

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
    /// The order's key. Wire: what [`Quirks::order_number_key`](crate::Quirks::order_number_key)
    /// says, `requestNumber` by default.
    pub number: RequestNumber,
}

impl CancelSupplierPaysOrder {
    /// A cancellation.
    pub fn new(number: impl Into<RequestNumber>) -> Self {
        Self {
            number: number.into(),
        }
    }
}

const PAGE: Page = Page {
    method: "cancelPaysSupplierShipping",
    envelope: Some("response"),
    codes: SUCCESS_ONLY,
};

impl Operation for CancelSupplierPaysOrder {
    type Service = Settings;
    type Output = Cancelled;
    const ENDPOINT: &'static Page = &PAGE;

    /// Blind: no read-back of an order is public, and sending the order again could create it anew.
    fn class(&self) -> Class {
        Class::Blind
    }

    fn check(&self, context: &Context<'_, Settings>) -> Problems {
        check_order(&self.number, context.settings())
    }

    fn body(&self, context: &Context<'_, Settings>) -> Result<HttpRequest, EncodeError> {
        let settings = context.settings();
        let body = json::encode(&WireNumber::new(settings, &self.number))?;
        wire::post(settings, &settings.paths.cancel_supplier_pays, body)
    }

    fn read(
        &self,
        (settings, reply): (&Settings, &Reply),
    ) -> Result<Cancelled, ReadError<Rejection>> {
        Cancelled::read(&PAGE, settings, reply)
    }
}
