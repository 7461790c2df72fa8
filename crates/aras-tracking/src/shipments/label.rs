//! Fetches the labels of an order, with its tracking number. Wire: `GetBarcode` (SOAP, read).

use kervan_core::error::Unreadable;
use kervan_core::{Answer, Class, Context, EncodeError, Operation, Personal, Problems, ReadError};
use serde::{Deserialize, Serialize};

use super::endpoint::Endpoint;
use super::result::CallResult;
use super::service::{Body, Reading};
use super::settings::ShipmentSettings;
use crate::check;
use crate::ids::CustomerReference;
use crate::rejection::Rejection;

/// Asks for the labels of an order. The account needs the carrier's label integration; whether a
/// tracking number can be had before a branch has the parcel is not public.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct FetchLabel {
    /// The shipper's reference. Wire: `integrationCode`.
    pub reference: CustomerReference,
}

impl FetchLabel {
    /// Asks for the labels of an order.
    pub fn new(reference: CustomerReference) -> Self {
        Self { reference }
    }
}

/// The labels of an order. Labels show the recipient, so they do not print themselves.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Label {
    /// For label printers, in ZPL. Wire: `ZebraZpl/string`.
    pub zpl: Vec<Personal>,
    /// For label printers, in EPL. Wire: `ZebraEpl/string`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub epl: Vec<Personal>,
    /// As pictures, in base64. Wire: `Images/base64Binary`.
    pub images: Vec<Personal>,
    /// The numbers of the pieces. Wire: `BarcodeModelLst/BarcodeModel`.
    pub pieces: Vec<PieceLabel>,
    /// The code beside the labels, where it is not 0. Its meaning is not public, so that labels with it are
    /// labels, and the drift of the answer notes it. Wire: `ResultCode`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unknown_code: Option<String>,
}

impl Label {
    fn is_empty(&self) -> bool {
        let texts = [&self.zpl, &self.epl, &self.images];
        texts.iter().all(|texts| texts.is_empty()) && self.pieces.is_empty()
    }
}

/// The numbers of a piece.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct PieceLabel {
    /// Wire: `TrackingNumber`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tracking_number: Option<String>,
    /// Wire: `Barcode`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub barcode: Option<String>,
}

impl Operation for FetchLabel {
    type Service = ShipmentSettings;
    type Output = Label;
    const ENDPOINT: Endpoint =
        Endpoint::new("GetBarcode", "GetBarcodeResult").login("Username", "Password");
    const CLASS: Class = Class::Read;

    fn check(&self, _context: &Context<'_, ShipmentSettings>, problems: &mut Problems) {
        check::reference(problems, &self.reference);
    }

    fn body(&self, _context: &Context<'_, ShipmentSettings>) -> Result<Body, EncodeError> {
        Ok(Body::new().text("integrationCode", self.reference.as_str()))
    }

    fn read(&self, reading: Reading<'_>) -> Result<Answer<Label>, ReadError<Rejection>> {
        let result = reading.result()?;
        let label = label(&result)?;
        if label.is_empty() {
            return Err(result.without("BarcodeModelLst"));
        }
        Ok(result.answer(label))
    }
}

/// Reads the labels in a result. They are for a printer, so only the password is hidden in them. A model of
/// a piece without a number is ignored.
fn label(result: &CallResult<'_>) -> Result<Label, Unreadable> {
    let mut pieces = Vec::new();
    for model in result.parts("BarcodeModelLst", "BarcodeModel") {
        let piece = PieceLabel {
            tracking_number: model.text("TrackingNumber")?,
            barcode: model.text("Barcode")?,
        };
        if piece != PieceLabel::default() {
            pieces.push(piece);
        }
    }
    Ok(Label {
        zpl: result.printed(&["ZebraZpl", "string"]),
        epl: result.printed(&["ZebraEpl", "string"]),
        images: result.texts(&["Images", "base64Binary"]),
        pieces,
        unknown_code: result.unknown_code(),
    })
}
