//! Why a parcel was not delivered.

use serde::{Deserialize, Serialize};

use kervan_core::Language;

/// Why a parcel was not delivered.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub enum NonDeliveryReason {
    /// The address is wrong or not enough.
    #[serde(rename = "wrong_address")]
    WrongAddress,
    /// Nobody was there; the courier left a note.
    #[serde(rename = "note_left")]
    NoteLeft,
    /// The place is served on certain days only.
    #[serde(rename = "served_on_certain_days")]
    ServedOnCertainDays,
    /// A holiday.
    #[serde(rename = "holiday")]
    Holiday,
    /// The recipient collects it at the branch.
    #[serde(rename = "collected_at_branch")]
    CollectedAtBranch,
    /// The address lies outside the area of delivery.
    #[serde(rename = "outside_area")]
    OutsideArea,
    /// The day was over before its turn came.
    #[serde(rename = "not_within_the_day")]
    NotWithinTheDay,
    /// Nobody knows the recipient at the address.
    #[serde(rename = "recipient_unknown")]
    RecipientUnknown,
    /// The parcel is damaged or otherwise in trouble.
    #[serde(rename = "damaged")]
    Damaged,
    /// With the customs.
    #[serde(rename = "in_customs")]
    InCustoms,
    /// At a point where the recipient collects it at any hour.
    #[serde(rename = "collection_point")]
    CollectionPoint,
    /// The recipient would not pay the carriage.
    #[serde(rename = "carriage_refused")]
    CarriageRefused,
    /// The recipient would not take the parcel.
    #[serde(rename = "refused")]
    Refused,
    /// The recipient chose another day or place.
    #[serde(rename = "preferred_delivery")]
    PreferredDelivery,
    /// Something is wrong with the number of pieces.
    #[serde(rename = "piece_problem")]
    PieceProblem,
    /// Unrest or another threat to public order.
    #[serde(rename = "public_disorder")]
    PublicDisorder,
    /// None of the above that is known; the carrier's own value.
    #[serde(rename = "other")]
    Other(String),
}

impl NonDeliveryReason {
    /// Returns the stable name, as `wrong_address`.
    pub fn code(&self) -> &'static str {
        self.names().0
    }

    /// Returns the reason in words. That of another reason does not repeat the carrier's value.
    pub fn text(&self, language: Language) -> &'static str {
        let (_, english, turkish) = self.names();
        match language {
            Language::Turkish => turkish,
            _ => english,
        }
    }

    fn names(&self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::WrongAddress => (
                "wrong_address",
                "wrong or insufficient address",
                "adres yanlış veya yetersiz",
            ),
            Self::NoteLeft => ("note_left", "a note was left", "not bırakıldı"),
            Self::ServedOnCertainDays => (
                "served_on_certain_days",
                "the area is served on certain days",
                "bölgeye belirli günlerde gidiliyor",
            ),
            Self::Holiday => ("holiday", "holiday", "tatil"),
            Self::CollectedAtBranch => (
                "collected_at_branch",
                "the recipient collects it at the branch",
                "alıcı şubeden alacak",
            ),
            Self::OutsideArea => (
                "outside_area",
                "outside the area of delivery",
                "dağıtım alanı dışında",
            ),
            Self::NotWithinTheDay => (
                "not_within_the_day",
                "not delivered within the day",
                "gün içinde teslim edilemedi",
            ),
            Self::RecipientUnknown => (
                "recipient_unknown",
                "the recipient is unknown at the address",
                "alıcı adreste tanınmıyor",
            ),
            Self::Damaged => (
                "damaged",
                "damaged or problem parcel",
                "hasarlı veya sorunlu kargo",
            ),
            Self::InCustoms => ("in_customs", "in customs", "gümrükte"),
            Self::CollectionPoint => (
                "collection_point",
                "at a collection point",
                "teslim noktasında",
            ),
            Self::CarriageRefused => (
                "carriage_refused",
                "the recipient refused to pay the carriage",
                "alıcı taşıma ücretini ödemedi",
            ),
            Self::Refused => (
                "refused",
                "the recipient refused the parcel",
                "alıcı kargoyu kabul etmedi",
            ),
            Self::PreferredDelivery => (
                "preferred_delivery",
                "delivery as the recipient prefers",
                "alıcının tercih ettiği teslimat",
            ),
            Self::PieceProblem => ("piece_problem", "a problem with the pieces", "parça sorunu"),
            Self::PublicDisorder => ("public_disorder", "public disorder", "toplumsal olay"),
            Self::Other(_) => ("other", "another reason", "başka bir neden"),
        }
    }
}
