//! The addresses of an account.

use std::collections::BTreeMap;

use kervan_core::Personal;
use kervan_tracking::EventTime;
use serde::{Deserialize, Serialize};

use crate::query::{Columns, Number, QueryRow};

/// An address that the account's parcels may leave from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Address {
    /// The carrier's id, which an order may name as its sender's address. Wire: `AddressId`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The shipper's id. Wire: `AddressIntegrationCode`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// Wire: `Adres`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<Personal>,
    /// Wire: `Sube`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub branch: Option<String>,
    /// Wire: `Bolge`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// Wire: `OlusturmaTarihi`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub created_at: Option<EventTime>,
    /// Other members, by their wire names.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub other: BTreeMap<String, Personal>,
}

impl QueryRow for Address {
    fn read(columns: &mut Columns) -> Option<Self> {
        let all = columns.len();
        let address = Self {
            id: columns.take(&["AddressId"]),
            reference: columns.take(&["AddressIntegrationCode"]),
            address: columns.take_personal(&["Adres"]),
            branch: columns.take(&["Sube"]),
            region: columns.take(&["Bolge"]),
            created_at: columns.take_time(&["OlusturmaTarihi"]),
            other: BTreeMap::new(),
        };
        (columns.len() < all).then(|| Self {
            other: columns.rest(),
            ..address
        })
    }
}

/// An address of a customer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct AccountAddress {
    /// Wire: `AccountAddressId`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account_address: Option<String>,
    /// Wire: `CustomerAddressId`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer_address: Option<String>,
    /// Wire: `Address`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<Personal>,
    /// The id of the unit that collects there. Wire: `SourceUnitId`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit_id: Option<Number>,
    /// Wire: `UnitName`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// Wire: `ParentUnitName`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent_unit: Option<String>,
    /// Wire: `CreateDate`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub created_at: Option<EventTime>,
    /// Wire: `XCoor`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub x: Option<Personal>,
    /// Wire: `YCoor`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub y: Option<Personal>,
    /// Other members, by their wire names.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub other: BTreeMap<String, Personal>,
}

impl QueryRow for AccountAddress {
    fn read(columns: &mut Columns) -> Option<Self> {
        let all = columns.len();
        let address = Self {
            account_address: columns.take(&["AccountAddressId"]),
            customer_address: columns.take(&["CustomerAddressId"]),
            address: columns.take_personal(&["Address"]),
            unit_id: columns.take_number(&["SourceUnitId"]),
            unit: columns.take(&["UnitName"]),
            parent_unit: columns.take(&["ParentUnitName"]),
            created_at: columns.take_time(&["CreateDate"]),
            x: columns.take_personal(&["XCoor"]),
            y: columns.take_personal(&["YCoor"]),
            other: BTreeMap::new(),
        };
        (columns.len() < all).then(|| Self {
            other: columns.rest(),
            ..address
        })
    }
}
