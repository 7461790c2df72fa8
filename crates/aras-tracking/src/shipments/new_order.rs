//! The contents of an order as it is sent.

mod check;
mod compare;
mod measure;
mod members;
mod payment;
mod pieces;
mod receiver;

use kervan_core::Personal;
use serde::{Deserialize, Serialize};

use crate::ids::CustomerReference;

pub(super) use compare::Comparison;
pub use measure::Measure;
pub use payment::{CollectedBy, Payment};
pub use pieces::{NoPieces, Piece, Pieces};
pub use receiver::Receiver;

/// The contents of an order: the receiver, the pieces and who pays. The carrier keeps them under the shipper's
/// reference.
///
/// ```
/// use aras_tracking::shipments::{CollectedBy, NewOrder, Payment, Piece, Pieces, Receiver};
/// use aras_tracking::CustomerReference;
///
/// let receiver = Receiver::new("Ayşe Örnek")
///     .address("Çınar Mah. Deneme Sok. No: 3 Daire: 8")
///     .phone("0555 000 00 17") // sent as 5550000017
///     .city("Eskişehir") // sent as ESKİŞEHİR
///     .town("Odunpazarı");
/// let pieces = Pieces::one(Piece::new("202600041701").desi(4).weight_kg(3))
///     .and(Piece::new("202600041702").desi(3).weight_kg(2));
/// let payment = Payment::CashOnDelivery { amount: "349.90".parse()?, by: CollectedBy::Cash };
/// let order = NewOrder::new(CustomerReference::new("2026000417")?, receiver, payment, pieces)
///     .waybill("SVK-000417");
/// # let _ = order;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct NewOrder {
    /// The shipper's key of the order, 2 to 32 characters. Read-back, cancelling, labels and tracking go by it.
    /// Digits alone, six or more, are the safest. Wire: `IntegrationCode`.
    pub reference: CustomerReference,
    /// The number of the shipper's dispatch note (sevk irsaliyesi), at most 16 characters; not the waybill that a
    /// branch cuts later. The guide demands it; the reference is a usual substitute. Wire: `TradingWaybillNumber`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waybill: Option<String>,
    /// The invoice, at most 20 characters. Wire: `InvoiceNumber`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub invoice: Option<String>,
    /// Who gets the parcel.
    pub receiver: Receiver,
    /// Who pays the carriage, and whether money is collected.
    pub payment: Payment,
    /// The pieces, 1 to 99. Their count is sent beside them. Wire: `PieceDetails`, `PieceCount`.
    pub pieces: Pieces,
    /// Whether the parcel leaves the country. Wire: `IsWorldWide`.
    #[serde(default)]
    pub destination: Destination,
    /// Desi of the parcel; the sum over the pieces unless it is given. Wire: `VolumetricWeight`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub desi: Option<Measure>,
    /// Kilograms of the parcel; the sum over the pieces unless they are given. Wire: `Weight`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weight_kg: Option<Measure>,
    /// At most 255 characters. Wire: `Description`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<Personal>,
    /// Of the shipper's own use, at most 200 characters. Wire: `SpecialField1`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub special_field_1: Option<Personal>,
    /// Of the shipper's own use, at most 100 characters. Wire: `SpecialField2`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub special_field_2: Option<Personal>,
    /// Of the shipper's own use, at most 100 characters. Wire: `SpecialField3`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub special_field_3: Option<Personal>,
    /// The invoice of a collection, at most 12 digits. Only the guide of 2012 explains it. Wire: `TtDocumentId`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub collection_document: Option<String>,
    /// The order of priority by which the delivery branch is found, at most 20 characters. Its form is not
    /// published. Wire: `PrivilegeOrder`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub branch_priority: Option<String>,
    /// Its meaning is not published, and clients leave it empty. Wire: `UnitID`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// The registered address that the parcel leaves from, by its `AddressId`; the account's own unless it is
    /// given. Wire: `SenderAccountAddressId`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sender_address: Option<String>,
}

impl NewOrder {
    /// Creates an order within the country.
    pub fn new(
        reference: CustomerReference,
        receiver: Receiver,
        payment: Payment,
        pieces: impl Into<Pieces>,
    ) -> Self {
        Self {
            reference,
            waybill: None,
            invoice: None,
            receiver,
            payment,
            pieces: pieces.into(),
            destination: Destination::default(),
            desi: None,
            weight_kg: None,
            description: None,
            special_field_1: None,
            special_field_2: None,
            special_field_3: None,
            collection_document: None,
            branch_priority: None,
            unit: None,
            sender_address: None,
        }
    }
}

kervan_core::setters! { NewOrder {
    /// Sets the number of the shipper's dispatch note.
    waybill: into Option<String>,
    /// Sets the invoice.
    invoice: into Option<String>,
    /// Sets whether the parcel leaves the country.
    destination: Destination,
    /// Sets the desi of the parcel.
    desi: into Option<Measure>,
    /// Sets the kilograms of the parcel.
    weight_kg: into Option<Measure>,
    /// Sets the description.
    description: into Option<Personal>,
    /// Sets the first special field.
    special_field_1: into Option<Personal>,
    /// Sets the second special field.
    special_field_2: into Option<Personal>,
    /// Sets the third special field.
    special_field_3: into Option<Personal>,
    /// Sets the invoice of a collection.
    collection_document: into Option<String>,
    /// Sets the order of priority of the delivery branch.
    branch_priority: into Option<String>,
    /// Sets the unit.
    unit: into Option<String>,
    /// Sets the address that the parcel leaves from.
    sender_address: into Option<String>,
}}

/// Whether a parcel leaves the country. Wire: `IsWorldWide`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Destination {
    /// Within Türkiye, `0`.
    #[default]
    #[serde(rename = "domestic")]
    Domestic,
    /// To another country, `1`. Which members such a parcel needs is not published: telephone numbers are then
    /// any digits, and a warning says so.
    #[serde(rename = "abroad")]
    Abroad,
}
