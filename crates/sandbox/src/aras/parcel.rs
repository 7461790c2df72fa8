//! A parcel: everything that tracking shows, from which every answer is made.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::branches::{self, Branch};
use super::numbers::{Numbers, piece_barcode};
use super::order::{Order, text};
use super::settings::Settings;
use super::stage::Stage;
use crate::Moment;
use crate::values::decimal;

/// A parcel with a waybill.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Parcel {
    /// The shipper's key, `IntegrationCode`. Empty when the branch entered none.
    pub code: String,
    /// The tracking number, 13 digits.
    pub tracking_number: String,
    /// The cargo code, 19 digits.
    pub cargo_code: String,
    /// The waybill, two letters and six digits.
    pub waybill: String,
    /// When the waybill was cut.
    pub cut_at: Moment,
    /// The state.
    pub stage: Stage,
    /// Whether the account is its recipient instead of its sender.
    pub is_incoming: bool,
    /// The sender's name.
    pub sender: String,
    /// The recipient's name.
    pub recipient: String,
    /// The recipient's address.
    pub address: String,
    /// The recipient's province.
    pub city: String,
    /// The recipient's district.
    pub district: String,
    /// The recipient's phone.
    pub phone: String,
    /// The origin branch, by its name.
    pub origin: String,
    /// The delivery branch, by its name.
    pub destination: String,
    /// The shipper's barcodes of the pieces; an empty text for a piece without one.
    pub pieces: Vec<String>,
    /// The volumetric size of all pieces.
    pub desi: Decimal,
    /// The kilograms of all pieces.
    pub weight: Decimal,
    /// Whether the recipient pays the carriage.
    pub recipient_pays: bool,
    /// The carriage without VAT.
    pub amount: Decimal,
    /// The shipper's invoice number.
    pub reference: Option<String>,
    /// The shipper's dispatch note number.
    pub dispatch_note: Option<String>,
    /// Whether it goes abroad.
    pub is_abroad: bool,
    /// The amount to collect at the door.
    pub collection: Option<Collection>,
    /// The movements, oldest first.
    pub movements: Vec<Movement>,
    /// The failed attempts, oldest first.
    pub attempts: Vec<Attempt>,
    /// Where it was redirected, oldest first.
    pub redirections: Vec<Redirection>,
    /// Why it is returned.
    pub return_reason: Option<String>,
    /// Who took it, and when: the recipient, or the sender of a returned parcel.
    pub delivery: Option<Delivery>,
    /// The waybill of the way back of a round trip.
    pub way_back: Option<String>,
    /// When the shipper recalled it.
    #[serde(default)]
    pub recalled_at: Option<Moment>,
}

/// An amount to collect at the door.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Collection {
    /// The amount.
    pub amount: Decimal,
    /// Whether it is paid by card.
    pub is_card: bool,
}

/// One movement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Movement {
    /// When it happened.
    pub at: Moment,
    /// The province.
    pub city: String,
    /// The branch or transfer centre.
    pub unit: String,
    /// The operation in the words of the wire.
    pub operation: String,
    /// A remark.
    pub note: Option<String>,
}

/// A failed attempt to deliver.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Attempt {
    /// When it happened.
    pub at: Moment,
    /// The letters of its reason, such as `NT`.
    pub code: String,
    /// The reason in words.
    pub reason: String,
    /// A remark; may be empty.
    pub note: String,
}

/// A redirection to another branch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Redirection {
    /// When it happened.
    pub at: Moment,
    /// The branch that redirected it.
    pub from: String,
    /// The branch that it goes to.
    pub to: String,
    /// Why.
    pub reason: String,
}

/// A handing over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Delivery {
    /// When it happened.
    pub at: Moment,
    /// Who took it.
    pub to: String,
}

impl Parcel {
    /// Creates the parcel of an order whose waybill is cut.
    pub(super) fn of_order(
        order: &Order,
        numbers: Numbers,
        origin: &Branch,
        settings: &Settings,
        now: Moment,
    ) -> Self {
        let member = |name: &str| order.member(name).unwrap_or_default().to_owned();
        let decimal = |name: &str| order.member(name).and_then(|text| text.parse().ok());
        let sum = |name: &str| {
            let pieces = order.pieces.iter();
            let sizes = pieces.filter_map(|piece| text(piece, name)?.parse::<Decimal>().ok());
            decimal::sum(sizes)
        };
        let count = member("PieceCount").parse().unwrap_or(1);
        let mut pieces: Vec<String> = order.barcodes().map(str::to_owned).collect();
        pieces.resize(pieces.len().max(count).clamp(1, 99), String::new());
        let desi = decimal("VolumetricWeight").unwrap_or_else(|| sum("VolumetricWeight"));
        let city = member("ReceiverCityName");
        let district = member("ReceiverTownName");
        let is_card = order.member("CodCollectionType") == Some("1");
        let amount = decimal("CodAmount").filter(|_| order.member("IsCod") == Some("1"));
        Self {
            code: order.code.clone(),
            tracking_number: numbers.tracking,
            cargo_code: numbers.cargo,
            waybill: numbers.waybill,
            cut_at: now,
            stage: Stage::AtOrigin,
            is_incoming: false,
            sender: settings.sender.clone(),
            recipient: member("ReceiverName"),
            address: member("ReceiverAddress"),
            origin: origin.name.to_owned(),
            destination: branches::delivering(&city, &district).name.to_owned(),
            city,
            district,
            phone: member("ReceiverPhone1"),
            pieces,
            amount: carriage(desi),
            desi,
            weight: decimal("Weight").unwrap_or_else(|| sum("Weight")),
            recipient_pays: order.member("PayorTypeCode") == Some("2"),
            reference: order.member("InvoiceNumber").map(str::to_owned),
            dispatch_note: order.member("TradingWaybillNumber").map(str::to_owned),
            is_abroad: order.member("IsWorldWide") == Some("1"),
            collection: amount.map(|amount| Collection { amount, is_card }),
            movements: Vec::new(),
            attempts: Vec::new(),
            redirections: Vec::new(),
            return_reason: None,
            delivery: None,
            way_back: None,
            recalled_at: None,
        }
    }

    /// Returns whether a key names it: integration code, tracking number, cargo code or waybill.
    pub fn is_named(&self, key: &str) -> bool {
        !key.is_empty()
            && [
                &self.code,
                &self.tracking_number,
                &self.cargo_code,
                &self.waybill,
            ]
            .into_iter()
            .any(|name| name == key)
    }

    /// Returns whether it has this integration code, and goes out.
    pub(super) fn is_of(&self, code: &str) -> bool {
        !code.is_empty() && self.code == code && !self.is_incoming
    }

    /// Returns the barcodes that Aras prints on the pieces, 34 digits each.
    pub fn piece_barcodes(&self) -> Vec<String> {
        let pieces = 1..=self.pieces.len();
        pieces
            .map(|piece| piece_barcode(&self.cargo_code, piece))
            .collect()
    }

    /// Returns whether it is on its way back, or back.
    pub fn is_return(&self) -> bool {
        self.return_reason.is_some()
    }

    /// When something last happened to it.
    pub fn changed_at(&self) -> Moment {
        let last = self.movements.last();
        last.map_or(self.cut_at, |movement| movement.at)
    }
}

/// The world's own tariff.
pub(super) fn carriage(desi: Decimal) -> Decimal {
    let by_size = Decimal::new(525, 2).saturating_mul(desi);
    by_size.saturating_add(Decimal::new(3_500, 2))
}
