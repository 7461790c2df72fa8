//! Fetches the labels of an order, with its tracking number. Wire: `GetBarcode` (SOAP, read).

use kervan_core::error::{Reason, Unreadable};
use kervan_core::{
    Class, Context, Drift, EncodeError, HttpRequest, Operation, Personal, Problems, ReadError,
    Reply,
};
use serde::{Deserialize, Serialize};

use super::settings::ShipmentSettings;
use super::wire::{self, Page, Read, Status};
use crate::cell::Cell;
use crate::ids::CustomerReference;
use crate::rejection::Rejection;
use kervan_core::soap::Element;

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
    /// The code beside the labels, where it is not 0. What it means is not public. Wire: `ResultCode`.
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

const PAGE: Page = Page {
    operation: "GetBarcode",
    result: "GetBarcodeResult",
    user_name: "Username",
    password: "Password",
};

impl Operation for FetchLabel {
    type Service = ShipmentSettings;
    type Output = Label;
    const ENDPOINT: &'static Page = &PAGE;

    fn class(&self) -> Class {
        Class::Read
    }

    fn check(&self, _context: &Context<'_, ShipmentSettings>) -> Problems {
        wire::check(&self.reference)
    }

    fn body(&self, context: &Context<'_, ShipmentSettings>) -> Result<HttpRequest, EncodeError> {
        let reference = Element::text("integrationCode", self.reference.as_str());
        wire::encode(&PAGE, context.settings(), vec![reference])
    }

    fn read(
        &self,
        (settings, reply): (&ShipmentSettings, &Reply),
    ) -> Result<Label, ReadError<Rejection>> {
        let Read { result, mut drift } = wire::result(&PAGE, settings, reply)?;
        let status = Status::of(&PAGE, &result)?;
        let labels = labels(&result, settings)?;
        let message = wire::message(&result, settings);
        let unknown = status.filter(|status| status.code != "0");
        if labels.is_empty() {
            let path = format!("{}.BarcodeModelLst", PAGE.result);
            return Err(match (unknown, message) {
                (Some(status), _) => status.refusal(&PAGE, settings),
                // The code is a number, so it is there whether it was set or not.
                (None, Some(message)) => wire::sentence(&PAGE, message),
                (None, None) => Unreadable::at(path, Reason::Missing).into(),
            });
        }
        let code = unknown.map(|status| settings.login.scrub(&status.code));
        if let Some(code) = &code {
            drift.note("ResultCode", code);
        }
        Ok(Label {
            unknown_code: code,
            message,
            drift,
            ..labels
        })
    }
}

/// The labels in a result. Labels are for a printer, so only the password is taken out of them; a model of
/// a piece that has neither number is none.
fn labels(result: &Cell, settings: &ShipmentSettings) -> Result<Label, Unreadable> {
    let hiding = settings.login.hiding_password();
    let texts = |path: &[&str]| -> Vec<String> {
        let texts = result.below(path).into_iter().filter_map(Cell::text);
        texts.map(str::to_owned).collect()
    };
    let printed = |path: &[&str]| -> Vec<Personal> {
        let texts = texts(path).into_iter();
        texts
            .map(|text| Personal::from(hiding.hide(text)))
            .collect()
    };
    let models = result.below(&["BarcodeModelLst", "BarcodeModel"]);
    let pieces = models.into_iter().map(|model| piece(model, settings));
    let mut pieces = pieces.collect::<Result<Vec<_>, _>>()?;
    pieces.retain(|piece| *piece != PieceLabel::default());
    Ok(Label {
        zpl: printed(&["ZebraZpl", "string"]),
        epl: printed(&["ZebraEpl", "string"]),
        images: texts(&["Images", "base64Binary"])
            .into_iter()
            .map(Personal::from)
            .collect(),
        pieces,
        ..Label::default()
    })
}

fn piece(model: &Cell, settings: &ShipmentSettings) -> Result<PieceLabel, Unreadable> {
    let text = |name: &str| {
        let twice = |_| {
            Unreadable::at(
                format!("{}.BarcodeModel.{name}", PAGE.result),
                Reason::Twice,
            )
        };
        let found = model.one_text(&[name]).map_err(twice)?;
        Ok::<_, Unreadable>(found.map(|text| settings.login.scrub(text)))
    };
    Ok(PieceLabel {
        tracking_number: text("TrackingNumber")?,
        barcode: text("Barcode")?,
    })
}
