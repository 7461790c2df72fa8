//! Fetches the labels of an order, with its tracking number. Wire: `GetBarcode` (SOAP, read).

use kervan_core::error::Unreadable;
use kervan_core::{Class, Context, Drift, EncodeError, Operation, Personal, Problems, ReadError};
use serde::{Deserialize, Serialize};

use super::endpoint::Endpoint;
use super::service::{Body, CallResult, Reading};
use super::settings::ShipmentSettings;
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
    /// The code beside the labels, where it is not 0. Its meaning is not public. Wire: `ResultCode`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unknown_code: Option<String>,
    /// The carrier's message. Wire: `Message`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<Personal>,
    /// How the answer differs from its documentation: labels with an unknown code are labels, and the
    /// code is noted here.
    #[serde(default, skip_serializing_if = "Drift::is_empty")]
    pub drift: Drift,
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

    fn class(&self) -> Class {
        Class::Read
    }

    fn check(&self, _context: &Context<'_, ShipmentSettings>) -> Problems {
        self.reference.warnings()
    }

    fn body(&self, _context: &Context<'_, ShipmentSettings>) -> Result<Body, EncodeError> {
        Ok(Body::new().text("integrationCode", self.reference.as_str()))
    }

    fn read(&self, reading: Reading<'_>) -> Result<Label, ReadError<Rejection>> {
        let mut result = reading.result()?;
        let labels = labels(&result)?;
        if labels.is_empty() {
            return Err(result.without("BarcodeModelLst"));
        }
        let unknown_code = result.unknown_code();
        if let Some(code) = &unknown_code {
            result.drift.note("ResultCode", code);
        }
        Ok(Label {
            unknown_code,
            message: result.message,
            drift: result.drift,
            ..labels
        })
    }
}

/// Returns the labels in a result. Labels are for a printer, so only the password is taken out of them. A
/// model of a piece without a number is omitted.
fn labels(result: &CallResult<'_>) -> Result<Label, Unreadable> {
    let pieces = result
        .parts("BarcodeModelLst", "BarcodeModel")
        .map(|model| {
            Ok::<_, Unreadable>(PieceLabel {
                tracking_number: model.text("TrackingNumber")?,
                barcode: model.text("Barcode")?,
            })
        });
    let mut pieces = pieces.collect::<Result<Vec<_>, _>>()?;
    pieces.retain(|piece| *piece != PieceLabel::default());
    Ok(Label {
        zpl: result.printed(&["ZebraZpl", "string"]),
        epl: result.printed(&["ZebraEpl", "string"]),
        images: result.texts(&["Images", "base64Binary"]),
        pieces,
        ..Label::default()
    })
}
