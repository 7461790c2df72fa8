//! Cancels the label of an order (experimental). Wire: `cancelBarcode` (JSON, write).

use kervan_core::json;
use kervan_core::{
    Class, Context, EncodeError, HttpRequest, Operation, Problems, ReadError, Reply,
};
use serde::{Deserialize, Serialize};

use super::ids::AtfId;
use crate::codes::{Page, SUCCESS_ONLY};
use crate::order::RequestNumber;
use crate::orders::{Cancelled, check_order};
use crate::rejection::Rejection;
use crate::rules;
use crate::settings::Settings;
use crate::wire::{self, WireNumber};

/// Cancels the goods-acceptance record and label of an order that
/// [`CreateShippingOrder`](crate::CreateShippingOrder) and [`CreateLabel`](crate::CreateLabel) made.
/// Provider's page: cancelBarcode, public in part.
///
/// Horoz refuses once the label has been read in operations.
///
/// Sent at most once. **Experimental.**
///
/// **No read-back is public.** After an unknown [`outcome`](kervan_core::Error::outcome), ask Horoz
/// about the record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct CancelLabel {
    /// The record, as [`Label::atf_id`](crate::Label::atf_id) gives it. Wire: `atfId`, written as
    /// [`Quirks::atf_id`](crate::Quirks::atf_id) says.
    pub atf_id: AtfId,
    /// The order's key. Wire: what [`Quirks::order_number_key`](crate::Quirks::order_number_key)
    /// says, `requestNumber` by default.
    pub number: RequestNumber,
}

impl CancelLabel {
    /// A cancellation.
    pub fn new(atf_id: AtfId, number: RequestNumber) -> Self {
        Self { atf_id, number }
    }
}

const PAGE: Page = Page {
    method: "cancelBarcode",
    envelope: Some("response"),
    codes: SUCCESS_ONLY,
};

impl Operation for CancelLabel {
    type Service = Settings;
    type Output = Cancelled;
    const ENDPOINT: &'static Page = &PAGE;

    /// Blind: no read-back of a label is public, nor the answer to a second cancellation.
    fn class(&self) -> Class {
        Class::Blind
    }

    fn check(&self, context: &Context<'_, Settings>) -> Problems {
        let mut problems = Problems::new();
        if !self.atf_id.is_well_formed() {
            problems.push(rules::ATF_ID_FORM.at("atf_id"));
        }
        problems.extend(
            check_order(&self.number, context.settings())
                .iter()
                .cloned(),
        );
        problems
    }

    fn body(&self, context: &Context<'_, Settings>) -> Result<HttpRequest, EncodeError> {
        let settings = context.settings();
        let body = WireNumber {
            atf_id: Some(&self.atf_id),
            ..WireNumber::new(settings, &self.number)
        };
        let body = json::encode(&body)?;
        wire::post(settings, &settings.paths.cancel_barcode, body)
    }

    fn read(
        &self,
        (settings, reply): (&Settings, &Reply),
    ) -> Result<Cancelled, ReadError<Rejection>> {
        Cancelled::read(&PAGE, settings, reply)
    }
}
