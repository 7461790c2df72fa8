//! The steps of people who are not clients: the branch, the courier, and a test that prepares a world.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::stage::Stage;

/// A step of somebody who is not a client.
///
/// `key` is an integration code, a tracking number, a cargo code or a waybill.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Step {
    /// Registers an order without a call.
    Register {
        /// The shipper's key, `IntegrationCode`.
        code: String,
        /// Its other texts, by their names on the wire.
        #[serde(default)]
        members: BTreeMap<String, String>,
        /// The texts of each piece, by their names on the wire.
        #[serde(default)]
        pieces: Vec<BTreeMap<String, String>>,
    },
    /// A branch accepts the parcel of a registered order: it cuts the waybill, and the tracking number
    /// comes into being.
    Accept {
        /// The integration code.
        code: String,
        /// The branch, by its name. Absent for the one that collects the shipper's parcels.
        #[serde(default)]
        branch: Option<String>,
    },
    /// Cuts the waybill of a registered order at the branch that collects the shipper's parcels.
    CutWaybill {
        /// The integration code.
        code: String,
    },
    /// Moves a parcel to the state that usually follows, or accepts the parcel of an order.
    Next {
        /// The key.
        key: String,
    },
    /// Moves a parcel to a named state.
    Move(Move),
    /// Adds a parcel without an order.
    AddParcel(Box<NewParcel>),
}

/// A move to a named state.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Move {
    /// The key of the parcel.
    pub key: String,
    /// The new state.
    pub to: Stage,
    /// Why: a code of the guide such as `NT` or `11` for an undelivered parcel, and words for one that is
    /// redirected or returned.
    #[serde(default)]
    pub reason: Option<String>,
    /// A remark.
    #[serde(default)]
    pub note: Option<String>,
    /// Who takes the parcel. Absent for the recipient, or the sender of a returned one.
    #[serde(default)]
    pub received_by: Option<String>,
    /// The branch that a redirected parcel goes to, by its name.
    #[serde(default)]
    pub branch: Option<String>,
}

impl Move {
    /// Moves a parcel to a state without further details.
    pub fn new(key: impl Into<String>, to: Stage) -> Self {
        Self {
            key: key.into(),
            to,
            reason: None,
            note: None,
            received_by: None,
            branch: None,
        }
    }

    /// Adds why.
    #[must_use]
    pub fn because(mut self, reason: impl Into<String>) -> Self {
        self.reason = Some(reason.into());
        self
    }
}

/// A parcel that the world adds without an order. Every number may be given; the others are drawn.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct NewParcel {
    /// The shipper's key, `IntegrationCode`. Several parcels may have the same one.
    pub code: String,
    /// The tracking number.
    pub tracking_number: Option<String>,
    /// The cargo code.
    pub cargo_code: Option<String>,
    /// The waybill.
    pub waybill: Option<String>,
    /// Whether the account is its recipient.
    pub is_incoming: bool,
    /// The recipient's name.
    pub recipient: Option<String>,
    /// The recipient's address.
    pub address: Option<String>,
    /// The recipient's province, in capitals.
    pub city: Option<String>,
    /// The recipient's district, in capitals.
    pub district: Option<String>,
    /// The recipient's phone.
    pub phone: Option<String>,
    /// The shipper's barcodes of the pieces. Empty for one piece without a barcode.
    pub pieces: Vec<String>,
    /// The volumetric size.
    pub desi: Option<Decimal>,
    /// The kilograms.
    pub weight: Option<Decimal>,
    /// The shipper's invoice number.
    pub reference: Option<String>,
    /// The shipper's dispatch note number.
    pub dispatch_note: Option<String>,
    /// The amount to collect at the door, in cash.
    pub collection: Option<Decimal>,
    /// The waybill of the way back of a round trip.
    pub way_back: Option<String>,
}

impl NewParcel {
    /// Creates a parcel of which only the integration code is given.
    pub fn new(code: impl Into<String>) -> Self {
        Self {
            code: code.into(),
            ..Self::default()
        }
    }
}
