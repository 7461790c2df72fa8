//! The data of one piece's label.

use std::collections::BTreeMap;

use kervan_core::Personal;
use kervan_tracking::EventTime;
use kervan_turkiye::Money;
use kervan_turkiye::net_number::NumberForm;
use serde::{Deserialize, Serialize};

use super::early::EarlyTrackingNumber;
use crate::query::{Columns, Named, Number, QueryRow};

/// The data of one piece's label. A number that is not set is 0; a day or an id that is not set is absent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct PieceLabel {
    /// The number that the label shows, which has to be confirmed. Wire: `TrackingNumber`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tracking_number: Option<EarlyTrackingNumber>,
    /// Wire: `Barcode`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub barcode: Option<String>,
    /// The shipper's reference. Wire: `IntegrationCode`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// The place of the piece among all, from 1. Wire: `PieceNumber`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub piece_number: Option<Number>,
    /// How many pieces there are. Wire: `PieceCount`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub piece_count: Option<Number>,
    /// The volumetric size of the piece. Wire: `Volume`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub volume: Option<Number>,
    /// The volumetric size of all pieces. Wire: `TotalVolume`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total_volume: Option<Number>,
    /// The amount to collect. [`cash`](Self::cash) reads it. Wire: `CashPrice`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cash_price: Option<Number>,
    /// Wire: `PaymentType`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payment_type: Option<String>,
    /// Wire: `BarcodeDate`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub labelled_at: Option<EventTime>,
    /// Wire: `WaybillDate`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waybill_date: Option<EventTime>,
    /// A GUID, which is probably the key of
    /// [`GetCargoTransactionByWaybillId`](crate::shipments::GetCargoTransactionByWaybillId). Wire: `WaybillID`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waybill_id: Option<String>,
    /// Wire: `WaybillSerial`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waybill_series: Option<String>,
    /// Wire: `WaybillNumber`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waybill_number: Option<String>,
    /// Wire: `SourceUnitID`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin_branch_id: Option<Number>,
    /// Wire: `SourceUnitName`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin_branch: Option<String>,
    /// Wire: `DeliveryUnitID`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delivery_branch_id: Option<Number>,
    /// Wire: `DeliveryUnitName`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delivery_branch: Option<String>,
    /// Wire: `RouteName`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub route: Option<String>,
    /// Wire: `WorkArea`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub work_area: Option<String>,
    /// Wire: `Msi`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub main_service_code: Option<String>,
    /// Wire: `MainServiceName`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub main_service: Option<String>,
    /// Wire: `ExServiceCodes/string`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub further_services: Vec<String>,
    /// Wire: `LovShipmentTypeName`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shipment_type: Option<String>,
    /// Wire: `LovPacketTypeName`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub packet_type: Option<String>,
    /// Who pays the carriage. Wire: `LovPayorTypeName`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payer_type: Option<String>,
    /// Wire: `LovDeliveryTypeName`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delivery_type: Option<String>,
    /// Wire: `SenderAccountName`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sender: Option<Personal>,
    /// Wire: `SenderAccountNameAndSurName`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sender_full_name: Option<Personal>,
    /// Wire: `SenderAddress`, `SenderAddress2`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sender_address: Vec<Personal>,
    /// Wire: `SenderHintCityName`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sender_city: Option<String>,
    /// Wire: `SenderHintTownName`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sender_district: Option<String>,
    /// Wire: `SenderPhone`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sender_phone: Option<Personal>,
    /// Wire: `SenderMobilePhone`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sender_mobile: Option<Personal>,
    /// Wire: `ReceiverAccountName`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recipient: Option<Personal>,
    /// Wire: `ReceiverAccountNameAndSurName`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recipient_full_name: Option<Personal>,
    /// Wire: `ReceiverAddress`, `ReceiverAddress2`, `ReceiverAddress3`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub recipient_address: Vec<Personal>,
    /// Wire: `ReceiverCity`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub city: Option<String>,
    /// Wire: `ReceiverTown`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub district: Option<String>,
    /// Wire: `ReceiverPhone`, `ReceiverPhone2`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub recipient_phones: Vec<Personal>,
    /// Wire: `ReceiverMobilePhone`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recipient_mobile: Option<Personal>,
    /// The shipper's own text. Wire: `SpecialField1`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub special_field: Option<Personal>,
    /// Members that no description has, by their wire names.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub other: BTreeMap<String, Personal>,
}

impl PieceLabel {
    /// Returns the amount to collect, if it is exact in kuruş. The service writes it with a point and any number
    /// of zeros behind it.
    pub fn cash(&self) -> Option<Money> {
        let price = self.cash_price.as_ref()?;
        Money::from_net(price.as_str(), NumberForm::Measure).ok()
    }

    /// Returns whether it has a number of the piece's own. A refusal has a model without any.
    pub(super) fn is_numbered(&self) -> bool {
        self.tracking_number.is_some() || self.barcode.is_some()
    }
}

/// Takes columns with parts of one text, those that have a value.
fn parts(columns: &mut Columns, names: &[&str]) -> Vec<Personal> {
    let taken = names.iter().map(|name| columns.take_personal(&[name]));
    taken.flatten().collect()
}

/// Takes an id that is set. .NET writes one that is not as zeros.
fn id(columns: &mut Columns, name: &str) -> Option<String> {
    let id = columns.take(&[name])?;
    let is_set = id.bytes().any(|byte| !b"0-{}".contains(&byte));
    is_set.then_some(id)
}

impl QueryRow for PieceLabel {
    fn read(columns: &mut Columns) -> Option<Self> {
        Some(Self {
            tracking_number: EarlyTrackingNumber::read(columns.take(&["TrackingNumber"])),
            barcode: columns.take(&["Barcode"]),
            reference: columns.take(&["IntegrationCode"]),
            piece_number: columns.take_number(&["PieceNumber"]),
            piece_count: columns.take_number(&["PieceCount"]),
            volume: columns.take_number(&["Volume"]),
            total_volume: columns.take_number(&["TotalVolume"]),
            cash_price: columns.take_number(&["CashPrice"]),
            payment_type: columns.take(&["PaymentType"]),
            labelled_at: columns.take_time(&["BarcodeDate"]),
            waybill_date: columns.take_time(&["WaybillDate"]),
            waybill_id: id(columns, "WaybillID"),
            waybill_series: columns.take(&["WaybillSerial"]),
            waybill_number: columns.take(&["WaybillNumber"]),
            origin_branch_id: columns.take_number(&["SourceUnitID"]),
            origin_branch: columns.take(&["SourceUnitName"]),
            delivery_branch_id: columns.take_number(&["DeliveryUnitID"]),
            delivery_branch: columns.take(&["DeliveryUnitName"]),
            route: columns.take(&["RouteName"]),
            work_area: columns.take(&["WorkArea"]),
            main_service_code: columns.take(&["Msi"]),
            main_service: columns.take(&["MainServiceName"]),
            further_services: columns.take_list("ExServiceCodes"),
            shipment_type: columns.take(&["LovShipmentTypeName"]),
            packet_type: columns.take(&["LovPacketTypeName"]),
            payer_type: columns.take(&["LovPayorTypeName"]),
            delivery_type: columns.take(&["LovDeliveryTypeName"]),
            sender: columns.take_personal(&["SenderAccountName"]),
            sender_full_name: columns.take_personal(&["SenderAccountNameAndSurName"]),
            sender_address: parts(columns, &["SenderAddress", "SenderAddress2"]),
            sender_city: columns.take(&["SenderHintCityName"]),
            sender_district: columns.take(&["SenderHintTownName"]),
            sender_phone: columns.take_personal(&["SenderPhone"]),
            sender_mobile: columns.take_personal(&["SenderMobilePhone"]),
            recipient: columns.take_personal(&["ReceiverAccountName"]),
            recipient_full_name: columns.take_personal(&["ReceiverAccountNameAndSurName"]),
            recipient_address: parts(
                columns,
                &["ReceiverAddress", "ReceiverAddress2", "ReceiverAddress3"],
            ),
            city: columns.take(&["ReceiverCity"]),
            district: columns.take(&["ReceiverTown"]),
            recipient_phones: parts(columns, &["ReceiverPhone", "ReceiverPhone2"]),
            recipient_mobile: columns.take_personal(&["ReceiverMobilePhone"]),
            special_field: columns.take_personal(&["SpecialField1"]),
            other: columns.rest(),
        })
    }

    fn named(&self) -> Named<'_> {
        Named::default().reference(self.reference.as_deref())
    }
}
