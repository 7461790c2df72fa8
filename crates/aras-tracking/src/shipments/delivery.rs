//! How a document was delivered.

use std::collections::BTreeMap;

use kervan_core::Personal;
use kervan_tracking::{EventTime, NonDeliveryReason};
use serde::{Deserialize, Serialize};

use crate::query::{Columns, QueryRow};
use crate::status;

/// How a document was delivered. Its members are 23 texts; those without a field of their own are in
/// [`other`](Self::other).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct DeliveryInfo {
    /// Wire: `DocID`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<String>,
    /// Wire: `OrgDocNumber`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shipper_document: Option<String>,
    /// Wire: `DeliveryStatus`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// Wire: `DeliveryAddressStatus`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address_status: Option<String>,
    /// Its values are not public. Wire: `StatusFlag`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status_flag: Option<String>,
    /// Wire: `DeliveryDate` and `DeliveryTime`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delivered_at: Option<EventTime>,
    /// The person who took it. Wire: `DeliveryPerson`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub received_by: Option<Personal>,
    /// Wire: `DeliveryUnitName`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// Wire: `ArrivalDate`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub arrived_at: Option<EventTime>,
    /// Wire: `NotDeliveredReason`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub non_delivery: Option<String>,
    /// The other members, by their wire names.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub other: BTreeMap<String, Personal>,
}

impl DeliveryInfo {
    /// Returns why it was not delivered, in the shared vocabulary.
    pub fn non_delivery_reason(&self) -> Option<NonDeliveryReason> {
        self.non_delivery.as_deref().map(status::reason)
    }
}

impl QueryRow for DeliveryInfo {
    fn read(columns: &mut Columns) -> Option<Self> {
        let all = columns.len();
        let day = columns.take_said(&["DeliveryDate"]);
        let time = columns.take(&["DeliveryTime"]).unwrap_or_default();
        let info = Self {
            document: columns.take(&["DocID"]),
            shipper_document: columns.take(&["OrgDocNumber"]),
            status: columns.take(&["DeliveryStatus"]),
            address_status: columns.take(&["DeliveryAddressStatus"]),
            status_flag: columns.take(&["StatusFlag"]),
            delivered_at: day.map(|day| EventTime::read_apart(&day, &time)),
            received_by: columns.take_said(&["DeliveryPerson"]).map(Personal::from),
            unit: columns.take(&["DeliveryUnitName"]),
            arrived_at: columns.take_time(&["ArrivalDate"]),
            non_delivery: columns.take_said(&["NotDeliveredReason"]),
            other: BTreeMap::new(),
        };
        (columns.len() < all).then(|| Self {
            other: columns.rest(),
            ..info
        })
    }
}
