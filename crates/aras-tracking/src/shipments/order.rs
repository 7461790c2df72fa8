//! An order as it was registered.

use std::collections::BTreeMap;

use kervan_core::Personal;
use serde::{Deserialize, Serialize};

use crate::query::{Columns, Named, Number, QueryRow};

/// An order as it was registered with the carrier. It proves that the order arrived; it holds no
/// movement and normally no tracking number.
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
    /// Everything else that was sent with the order, the recipient above all.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub other: BTreeMap<String, Personal>,
}

impl QueryRow for Order {
    fn read(columns: &mut Columns) -> Option<Self> {
        let all = columns.len();
        let reference = columns.take(&["IntegrationCode"]);
        let trading_waybill = columns.take(&["TradingWaybillNumber"]);
        let invoice = columns.take(&["InvoiceNumber"]);
        let pieces = columns.take_number(&["PieceCount"]);
        (columns.len() < all).then(|| Self {
            reference,
            trading_waybill,
            invoice,
            pieces,
            other: columns.rest(),
        })
    }

    fn named(&self) -> Named<'_> {
        Named::default().reference(self.reference.as_deref())
    }
}
