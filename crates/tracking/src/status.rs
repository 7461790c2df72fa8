//! The states of a parcel.

use serde::{Deserialize, Serialize};

use kervan_core::Language;

/// The state of a parcel.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub enum TrackingStatus {
    /// The carrier has it; it has not left its first branch.
    #[serde(rename = "accepted")]
    Accepted,
    /// Between branches, at the branch of delivery, or redirected to another one.
    #[serde(rename = "in_transit")]
    InTransit,
    /// With the courier.
    #[serde(rename = "out_for_delivery")]
    OutForDelivery,
    /// Some of its pieces were handed over.
    #[serde(rename = "partly_delivered")]
    PartlyDelivered,
    /// Handed over to the recipient.
    #[serde(rename = "delivered")]
    Delivered,
    /// On its way back to the sender.
    #[serde(rename = "returning")]
    Returning,
    /// Handed back to the sender.
    #[serde(rename = "returned")]
    Returned,
    /// None of the above that is known; the carrier's own value, empty where there was none.
    #[serde(rename = "unknown")]
    Unknown(String),
}

impl TrackingStatus {
    /// Returns the stable name, as `in_transit`.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::InTransit => "in_transit",
            Self::OutForDelivery => "out_for_delivery",
            Self::PartlyDelivered => "partly_delivered",
            Self::Delivered => "delivered",
            Self::Returning => "returning",
            Self::Returned => "returned",
            Self::Unknown(_) => "unknown",
        }
    }

    /// Returns the state in words. That of an unknown one does not repeat the carrier's value.
    pub fn text(&self, language: Language) -> &'static str {
        let (english, turkish) = match self {
            Self::Accepted => ("accepted", "kargoya verildi"),
            Self::InTransit => ("in transit", "yolda"),
            Self::OutForDelivery => ("out for delivery", "dağıtımda"),
            Self::PartlyDelivered => ("partly delivered", "kısmen teslim edildi"),
            Self::Delivered => ("delivered", "teslim edildi"),
            Self::Returning => ("returning to the sender", "göndericiye dönüyor"),
            Self::Returned => ("returned to the sender", "göndericiye iade edildi"),
            Self::Unknown(_) => ("unknown", "bilinmiyor"),
        };
        match language {
            Language::Turkish => turkish,
            _ => english,
        }
    }

    /// Returns the same state of a parcel that goes back to its sender. Carriers mark such a parcel as
    /// delivered once the sender has it back; read without this, that would be a sale.
    #[must_use]
    pub fn of_return(self) -> Self {
        match self {
            Self::Delivered | Self::Returned => Self::Returned,
            _ => Self::Returning,
        }
    }

    /// Returns whether nothing more is expected to happen.
    pub fn is_final(&self) -> bool {
        matches!(self, Self::Delivered | Self::Returned)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_return_is_never_delivered() {
        use TrackingStatus::{Accepted, Delivered, PartlyDelivered, Returned, Returning, Unknown};
        assert_eq!(Delivered.of_return(), Returned);
        assert_eq!(Returned.of_return(), Returned);
        for status in [Accepted, PartlyDelivered, Returning, Unknown("9".into())] {
            assert_eq!(status.of_return(), Returning);
        }
    }

    #[test]
    fn only_the_two_ends_are_final() {
        assert!(TrackingStatus::Delivered.is_final() && TrackingStatus::Returned.is_final());
        assert!(!TrackingStatus::PartlyDelivered.is_final());
        assert!(!TrackingStatus::Unknown("6".into()).is_final());
    }

    #[test]
    fn speaks_both_languages() {
        let status = TrackingStatus::OutForDelivery;
        assert_eq!(status.text(Language::English), "out for delivery");
        assert_eq!(status.text(Language::Turkish), "dağıtımda");
    }
}
