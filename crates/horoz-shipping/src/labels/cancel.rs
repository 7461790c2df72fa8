//! Cancels the label of an order (experimental). Wire: `cancelBarcode` (JSON, write).

use kervan_core::{Answer, Class, Context, EncodeError, Operation, Problems, ReadError};
use serde::{Deserialize, Serialize};

use super::ids::AtfId;
use crate::endpoint::Endpoint;
use crate::named_order::{Cancelled, WireNumber, check_named};
use crate::order::RequestNumber;
use crate::rejection::Rejection;
use crate::rules;
use crate::service::{About, Body, Reading};
use crate::settings::Settings;

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
    /// The order's key. Wire: by [`Quirks::order_number_key`](crate::Quirks::order_number_key),
    /// `requestNumber` by default.
    pub number: RequestNumber,
}

impl CancelLabel {
    /// Creates a cancellation.
    pub fn new(atf_id: AtfId, number: RequestNumber) -> Self {
        Self { atf_id, number }
    }
}

impl Operation for CancelLabel {
    type Service = Settings;
    type Output = Cancelled;
    const ENDPOINT: Endpoint =
        Endpoint::new("cancelBarcode", |paths| &paths.cancel_barcode).inside("response");
    /// Blind: no read-back of a label is public, nor the answer to a second cancellation.
    const CLASS: Class = Class::Blind;

    fn check(&self, context: &Context<'_, Settings>, problems: &mut Problems) {
        if !self.atf_id.is_well_formed() {
            problems.push(rules::ATF_ID_FORM.at("atf_id"));
        }
        check_named(problems, &self.number, context.settings());
    }

    fn body(&self, context: &Context<'_, Settings>) -> Result<Body<'_>, EncodeError> {
        let settings = context.settings();
        let body = WireNumber {
            atf_id: Some(self.atf_id.as_str()),
            ..WireNumber::new(settings, &self.number)
        };
        Body::json(&body)
    }

    fn read(&self, reading: Reading<'_>) -> Result<Answer<Cancelled>, ReadError<Rejection>> {
        reading.answer_about(About {
            number: &self.number,
            record: Some(&self.atf_id),
        })
    }
}
