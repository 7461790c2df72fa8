//! An order as it was registered.

use std::collections::BTreeMap;

use kervan_core::Personal;
use kervan_turkiye::text::fold_name;
use serde::{Deserialize, Serialize};

use crate::query::{Columns, Named, Number, QueryRow};

/// An order as it was registered with the carrier. It proves that the order arrived; it holds no
/// movement and no tracking number.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Order {
    /// The shipper's reference. Wire: `IntegrationCode`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// The shipper's own waybill. Wire: `TradingWaybillNumber`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trading_waybill: Option<String>,
    /// The shipper's invoice. Wire: `InvoiceNumber`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub invoice: Option<String>,
    /// Wire: `PieceCount`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pieces: Option<Number>,
    /// Wire: `PieceDetails`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub piece_details: Vec<RegisteredPiece>,
    /// Everything else that was sent with the order, the receiver above all.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub other: BTreeMap<String, Personal>,
}

/// A piece of a registered order. Wire: `PieceDetail`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct RegisteredPiece {
    /// The text on its label. Wire: `BarcodeNumber`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub barcode: Option<String>,
    /// Wire: `VolumetricWeight`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub desi: Option<Number>,
    /// Wire: `Weight`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weight_kg: Option<Number>,
    /// The other members: the product and a description.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub other: BTreeMap<String, Personal>,
}

impl Order {
    /// Returns a text by its wire name: `ReceiverCityName`.
    pub fn member(&self, wire: &str) -> Option<&str> {
        match wire {
            "IntegrationCode" => self.reference.as_deref(),
            "TradingWaybillNumber" => self.trading_waybill.as_deref(),
            "InvoiceNumber" => self.invoice.as_deref(),
            "PieceCount" => self.pieces.as_ref().map(Number::as_str),
            _ => {
                let wanted = fold_name(wire);
                let mut others = self.other.iter();
                let (_, text) = others.find(|(name, _)| fold_name(name) == wanted)?;
                Some(text.as_str())
            }
        }
    }
}

impl QueryRow for Order {
    fn read(columns: &mut Columns) -> Option<Self> {
        let all = columns.len();
        let reference = columns.take(&["IntegrationCode"]);
        let trading_waybill = columns.take(&["TradingWaybillNumber"]);
        let invoice = columns.take(&["InvoiceNumber"]);
        let pieces = columns.take_number(&["PieceCount"]);
        let details = columns.take_rows("PieceDetails", "PieceDetail", RegisteredPiece::read);
        (columns.len() < all).then(|| Self {
            reference,
            trading_waybill,
            invoice,
            pieces,
            piece_details: details,
            other: columns.rest(),
        })
    }

    fn named(&self) -> Named<'_> {
        Named::default().reference(self.reference.as_deref())
    }
}

impl RegisteredPiece {
    fn read(columns: &mut Columns) -> Self {
        Self {
            barcode: columns.take(&["BarcodeNumber"]),
            desi: columns.take_number(&["VolumetricWeight"]),
            weight_kg: columns.take_number(&["Weight"]),
            other: columns.rest(),
        }
    }
}
