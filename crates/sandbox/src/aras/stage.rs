//! The states of a parcel, with their codes and words.

use serde::{Deserialize, Serialize};

use crate::StateName;

/// The state of a parcel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Stage {
    /// At the origin branch, the waybill is cut.
    AtOrigin,
    /// Between branches.
    InTransfer,
    /// At the delivery branch.
    AtDeliveryBranch,
    /// With the courier.
    OutForDelivery,
    /// Some pieces were handed over.
    PartlyDelivered,
    /// Handed over to the recipient.
    Delivered,
    /// The courier came back with it, and it waits at the delivery branch.
    Undelivered,
    /// On its way to another branch than the one of its waybill.
    Redirected,
    /// On its way back to the sender.
    Returning,
    /// Handed back to the sender.
    Returned,
}

impl Stage {
    /// Returns the state as one word, as in JSON.
    pub fn word(self) -> StateName {
        match self {
            Stage::AtOrigin => StateName::AtOrigin,
            Stage::InTransfer => StateName::InTransfer,
            Stage::AtDeliveryBranch => StateName::AtDeliveryBranch,
            Stage::OutForDelivery => StateName::OutForDelivery,
            Stage::PartlyDelivered => StateName::PartlyDelivered,
            Stage::Delivered => StateName::Delivered,
            Stage::Undelivered => StateName::Undelivered,
            Stage::Redirected => StateName::Redirected,
            Stage::Returning => StateName::Returning,
            Stage::Returned => StateName::Returned,
        }
    }

    /// Returns whether nothing follows.
    pub fn is_final(self) -> bool {
        matches!(self, Stage::Delivered | Stage::Returned)
    }

    /// Returns `DURUM_KODU`. A parcel that was handed back to its sender is marked as delivered.
    pub(super) fn code(self) -> &'static str {
        match self {
            Stage::AtOrigin => "1",
            Stage::InTransfer | Stage::Returning => "2",
            Stage::AtDeliveryBranch | Stage::Undelivered => "3",
            Stage::OutForDelivery => "4",
            Stage::PartlyDelivered => "5",
            Stage::Delivered | Stage::Returned => "6",
            Stage::Redirected => "7",
        }
    }

    /// Returns `DURUMU`.
    pub(super) fn turkish(self) -> &'static str {
        match self {
            Stage::AtOrigin => "ÇIKIŞ ŞUBESİNDE",
            Stage::InTransfer | Stage::Returning => "YOLDA",
            Stage::AtDeliveryBranch | Stage::Undelivered => "TESLİMAT ŞUBESİNDE",
            Stage::OutForDelivery => "TESLİMATTA",
            Stage::PartlyDelivered => "PARÇALI TESLİMAT",
            Stage::Delivered | Stage::Returned => "TESLİM EDİLDİ",
            Stage::Redirected => "YÖNLENDİRİLDİ",
        }
    }

    /// Returns `DURUM_EN`.
    pub(super) fn english(self) -> &'static str {
        match self {
            Stage::AtOrigin => "AT ORIGIN BRANCH",
            Stage::InTransfer | Stage::Returning => "ON THE WAY",
            Stage::AtDeliveryBranch | Stage::Undelivered => "AT DELIVERY BRANCH",
            Stage::OutForDelivery => "OUT FOR DELIVERY",
            Stage::PartlyDelivered => "PARTLY DELIVERED",
            Stage::Delivered | Stage::Returned => "DELIVERED",
            Stage::Redirected => "REDIRECTED",
        }
    }

    /// Returns the operation that a step to this state adds to the movements. `None` where it adds
    /// nothing.
    pub(super) fn operation(self) -> Option<&'static str> {
        match self {
            Stage::AtOrigin => None,
            Stage::InTransfer => Some("ŞUBEDE ARAÇ YÜKLEME"),
            Stage::AtDeliveryBranch => Some("ŞUBEDE ARAÇ İNDİRME"),
            Stage::OutForDelivery => Some("DAĞITIMA ÇIKARILDI"),
            Stage::PartlyDelivered => Some("PARÇALI TESLİM EDİLDİ"),
            Stage::Delivered | Stage::Returned => Some("TESLİM EDİLDİ"),
            Stage::Undelivered => Some("TESLİM EDİLEMEDİ"),
            Stage::Redirected => Some("YÖNLENDİRİLDİ"),
            Stage::Returning => Some("İADE"),
        }
    }

    /// Returns the state of an operation; in transfer for one of a transfer centre.
    pub(super) fn of_operation(operation: &str) -> Self {
        let stages = [
            Stage::AtDeliveryBranch,
            Stage::OutForDelivery,
            Stage::PartlyDelivered,
            Stage::Delivered,
            Stage::Undelivered,
            Stage::Redirected,
            Stage::Returning,
        ];
        let mut stages = stages.into_iter();
        let found = stages.find(|stage| stage.operation() == Some(operation));
        found.unwrap_or(Stage::InTransfer)
    }
}
