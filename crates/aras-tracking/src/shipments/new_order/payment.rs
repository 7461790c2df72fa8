//! Who pays the carriage, and whether money is collected.

use kervan_turkiye::Money;
use serde::{Deserialize, Serialize};

/// Who pays the carriage, and whether money is collected at the door. The carrier refuses a collection where the
/// receiver pays the carriage, so that no value says that.
///
/// ```
/// use aras_tracking::Money;
/// use aras_tracking::shipments::{CollectedBy, Payment};
///
/// let amount = "349.90".parse()?; // as programs write it
/// assert_eq!(amount, Money::from_input("349,90 TL")?); // as people do
/// let payment = Payment::CashOnDelivery { amount, by: CollectedBy::Cash };
/// # let _ = payment;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// Wire: `PayorTypeCode`, `IsCod`, `CodAmount`, `CodCollectionType`, `CodBillingType`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Payment {
    /// The sender pays the carriage, and nothing is collected.
    #[serde(rename = "sender_pays")]
    SenderPays,
    /// The receiver pays the carriage, and nothing else is collected.
    #[serde(rename = "receiver_pays")]
    ReceiverPays,
    /// The sender pays the carriage, and the branch collects an amount for the sender.
    #[serde(rename = "cash_on_delivery")]
    CashOnDelivery {
        /// The amount, above zero. One edition of the guide takes 5 to 5,000 lira. Wire: `CodAmount`.
        amount: Money,
        /// How the receiver pays it. Wire: `CodCollectionType`.
        by: CollectedBy,
    },
}

/// How a receiver pays at the door. Wire: `CodCollectionType`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum CollectedBy {
    /// In cash, `0`.
    #[serde(rename = "cash")]
    Cash,
    /// By card, `1`.
    #[serde(rename = "card")]
    Card,
}

impl Payment {
    /// Returns `PayorTypeCode`: 1 the sender, 2 the receiver.
    pub(super) fn payer(self) -> &'static str {
        match self {
            Self::ReceiverPays => "2",
            Self::SenderPays | Self::CashOnDelivery { .. } => "1",
        }
    }

    /// Returns what is collected.
    pub(super) fn collection(self) -> Option<(Money, CollectedBy)> {
        match self {
            Self::CashOnDelivery { amount, by } => Some((amount, by)),
            Self::SenderPays | Self::ReceiverPays => None,
        }
    }
}

impl CollectedBy {
    pub(super) fn wire(self) -> &'static str {
        match self {
            Self::Cash => "0",
            Self::Card => "1",
        }
    }
}
