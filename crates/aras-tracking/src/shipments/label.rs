//! Fetches the labels of an order, with its tracking number. Wire: `GetBarcode` (SOAP, read).

use kervan_core::error::{Reason, Unreadable};
use kervan_core::{
    Context, Effect, EncodeError, HttpRequest, Operation, Personal, Problems, ReadError, Reply,
};
use serde::{Deserialize, Serialize};

use super::settings::ShipmentSettings;
use super::wire::{self, Page, Status};
use crate::Error;
use crate::cell::Cell;
use crate::client::Client;
use crate::ids::CustomerReference;
use crate::rejection::Rejection;
use crate::wire::Element;

/// Asks for the labels of an order. The account needs the carrier's label integration; with it a
/// tracking number exists before a branch has the parcel.
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
    /// As pictures, in base64. Wire: `Images/base64Binary`.
    pub images: Vec<Personal>,
    /// The numbers of the pieces. Wire: `BarcodeModelLst/BarcodeModel`.
    pub pieces: Vec<PieceLabel>,
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

impl Client<ShipmentSettings> {
    /// Fetches the labels of an order.
    ///
    /// # Errors
    ///
    /// [`Error::Rejected`] after a fault or a code; see [`Error`] for the rest.
    pub async fn fetch_label(&self, request: &FetchLabel) -> Result<Label, Error> {
        self.call(request).await
    }
}

const PAGE: Page = Page {
    operation: "GetBarcode",
    result: "GetBarcodeResult",
    user_name: "Username",
    password: "Password",
};

impl Operation for FetchLabel {
    type Settings = ShipmentSettings;
    type Output = Label;
    type Rejection = Rejection;
    const NAME: &'static str = PAGE.operation;
    const EFFECT: Effect = Effect::Read;

    fn check(&self, _context: &Context<'_, ShipmentSettings>) -> Problems {
        wire::check(&self.reference)
    }

    fn encode(&self, context: &Context<'_, ShipmentSettings>) -> Result<HttpRequest, EncodeError> {
        let reference = Element::text("integrationCode", self.reference.as_str());
        wire::encode(&PAGE, context.settings(), vec![reference])
    }

    fn decode(
        &self,
        settings: &ShipmentSettings,
        reply: &Reply,
    ) -> Result<Label, ReadError<Rejection>> {
        let result = wire::result(&PAGE, settings, reply)?;
        let texts = |cells: Vec<&Cell>| -> Vec<Personal> {
            let texts = cells.into_iter().filter_map(Cell::text);
            texts.map(Personal::from).collect()
        };
        let label = Label {
            zpl: texts(result.below(&["ZebraZpl", "string"])),
            images: texts(result.below(&["Images", "base64Binary"])),
            pieces: result
                .below(&["BarcodeModelLst", "BarcodeModel"])
                .into_iter()
                .map(piece)
                .collect(),
        };
        let status = Status::of(&PAGE, &result)?;
        match status.filter(|status| status.code != "0") {
            Some(status) => Err(status.refusal(&PAGE, settings)),
            // An answer without a single label has not been understood, or is a refusal.
            None if label == Label::default() => {
                let path = format!("{}.BarcodeModelLst", PAGE.result);
                Err(Unreadable::at(path, Reason::Missing).into())
            }
            None => Ok(label),
        }
    }
}

fn piece(model: &Cell) -> PieceLabel {
    let text = |name: &str| {
        let found = model.below(&[name]).into_iter().find_map(Cell::text);
        found.map(str::to_owned)
    };
    PieceLabel {
        tracking_number: text("TrackingNumber"),
        barcode: text("Barcode"),
    }
}
