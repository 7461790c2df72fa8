//! The ids of the pages' elements.

use super::html::Wanted;

/// The tab of waybill and delivery, and the page that has everything in one.
pub(super) const WAYBILL: [(&str, &[&str]); 20] = [
    ("first_branch", &["LabelIlkCikis"]),
    ("origin_branch", &["cikis_subesi"]),
    ("delivery_branch", &["varis_subesi"]),
    ("payment_type", &["fatura_turu"]),
    ("recipient", &["alici_adi_soyadi"]),
    ("sender", &["gonderici_adi_soyadi"]),
    ("cargo_type", &["LabelCargoType", "Kargonun_Cinsi"]),
    ("kg_or_desi", &["LabelCargoVolume"]),
    ("pieces", &["LabelPackageCount"]),
    ("kind", &[KIND]),
    ("waybill_date", &["cikis_tarihi"]),
    ("waybill", &["FatNo", "gfatno"]),
    ("cargo_code", &["labelShipmentCode"]),
    ("trading_waybill", &["labelTradingWaybillNumber"]),
    ("status_text", &["Son_Durum"]),
    ("received_by", &["Teslim_Alan"]),
    ("delivery_date", &["Teslim_Tarihi"]),
    ("delivery_hour", &["Teslim_Saati"]),
    ("delivery_code", &["Teslimat_Kodu"]),
    ("label", &["Label1"]),
];

const IDS: [&str; 23] = [
    "LabelIlkCikis",
    "cikis_subesi",
    "varis_subesi",
    "fatura_turu",
    "alici_adi_soyadi",
    "gonderici_adi_soyadi",
    "LabelCargoType",
    "Kargonun_Cinsi",
    "LabelCargoVolume",
    "LabelPackageCount",
    KIND,
    "cikis_tarihi",
    "FatNo",
    "gfatno",
    "labelShipmentCode",
    "labelTradingWaybillNumber",
    "Son_Durum",
    "Teslim_Alan",
    "Teslim_Tarihi",
    "Teslim_Saati",
    "Teslimat_Kodu",
    "Label1",
    "tabs",
];

/// The kind of the shipment: a page without it does not say whether it is a return.
pub(super) const KIND: &str = "LabelGonTipi";

/// Failed attempts; movements on the tab and on the page that has everything in one.
pub(super) const FAILED: &str = "notDeliveredDataGrid";
pub(super) const MOVEMENTS: &str = "transactionsDataGrid";
pub(super) const MOVEMENTS_IN_ONE: &str = "DataGrid1";

/// Everything that is looked for in any page.
pub(super) const ALL: Wanted<'static> = Wanted {
    ids: &IDS,
    tables: &[FAILED, MOVEMENTS, MOVEMENTS_IN_ONE],
};
