//! Approves an order and gives its label (experimental). Wire: `createBarcode` (JSON, write).

use kervan_core::{Answer, Class, Context, EncodeError, Operation, Personal, Problems, ReadError};
use serde::de::IgnoredAny;
use serde::{Deserialize, Deserializer, Serialize};

use super::ids::{AtfId, Barcode};
use crate::endpoint::Endpoint;
use crate::named_order::{WireNumber, check_named};
use crate::order::RequestNumber;
use crate::rejection::Rejection;
use crate::service::{Body, Reading, each_text};
use crate::settings::Settings;

/// Approves an order that [`CreateShippingOrder`](crate::CreateShippingOrder) made, makes its
/// goods-acceptance record (ATF) and gives the data of its label. Provider's page: createBarcode,
/// public in part.
///
/// From then on the order cannot be cancelled before its label is. Whether orders that are billed
/// to a supplier can have a label is not public.
///
/// Sent at most once. **Experimental.**
///
/// **No read-back is public**, and the answer to a second request is not known. After an unknown
/// [`outcome`](kervan_core::Error::outcome) treat the order as approved, and ask Horoz for its ATF
/// number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct CreateLabel {
    /// The order's key. Wire: by [`Quirks::order_number_key`](crate::Quirks::order_number_key),
    /// `requestNumber` by default.
    pub number: RequestNumber,
}

impl CreateLabel {
    /// Creates a request for the label of an order.
    pub fn new(number: impl Into<RequestNumber>) -> Self {
        Self {
            number: number.into(),
        }
    }
}

/// The label of an order.
///
/// Of its fields only `barcode` is public, but neither its place nor its number. So every `barcode` of
/// the answer is here, and the whole answer beside it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Label {
    /// Every barcode of the answer, in its order; at most 10 000. Wire: `barcode`, at any
    /// place.
    pub barcodes: Vec<Barcode>,
    /// The whole answer as JSON text, with the process key taken out. It may hold the label itself
    /// (a third party speaks of ZPL) and the data of sender and recipient.
    pub raw: Personal,
}

impl Label {
    /// Returns the goods-acceptance record, which cancelling the label needs: the first eleven digits of the
    /// barcodes. `None` without a barcode, when one does not begin with eleven digits, and when they do not
    /// agree.
    pub fn atf_id(&self) -> Option<AtfId> {
        let mut ids = self.barcodes.iter().map(Barcode::atf_id);
        let first = ids.next()??;
        ids.all(|id| id.as_ref() == Some(&first)).then_some(first)
    }
}

/// The deepest level that is searched for barcodes.
const DEEPEST: usize = 12;

/// The most barcodes that are taken from an answer.
const MOST_BARCODES: usize = 10_000;

impl Operation for CreateLabel {
    type Service = Settings;
    type Output = Label;
    const ENDPOINT: Endpoint =
        Endpoint::new("createBarcode", |paths| &paths.create_barcode).inside("response");
    /// Blind: no read-back of a label is public, nor the answer to a second request.
    const CLASS: Class = Class::Blind;

    fn check(&self, context: &Context<'_, Settings>, problems: &mut Problems) {
        check_named(problems, &self.number, context.settings());
    }

    fn body(&self, context: &Context<'_, Settings>) -> Result<Body<'_>, EncodeError> {
        let settings = context.settings();
        Body::json(&WireNumber::new(settings, &self.number))
    }

    fn read(&self, reading: Reading<'_>) -> Result<Answer<Label>, ReadError<Rejection>> {
        let answer = reading.answer_about::<WireLabel>(&self.number)?;
        let Found(barcodes) = reading.anywhere()?;
        let raw = reading.text()?;
        Ok(answer.map(|_| Label { barcodes, raw }))
    }
}

/// The known member, so that the drift notes its absence and not its presence.
#[derive(Deserialize)]
struct WireLabel {
    #[serde(rename = "barcode")]
    _barcode: Option<IgnoredAny>,
}

/// Every text or number below a member `barcode`, at any place.
struct Found(Vec<Barcode>);

impl<'de> Deserialize<'de> for Found {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut found = Vec::new();
        each_text(deserializer, DEEPEST, |name, text| {
            let is_barcode = name.eq_ignore_ascii_case("barcode") && !text.is_empty();
            if is_barcode && found.len() < MOST_BARCODES {
                found.push(Barcode::new(text));
            }
        })?;
        Ok(Self(found))
    }
}
