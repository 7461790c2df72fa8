//! The tables of the shipment service: one parcel, searches, and lists of a day.

use super::parcel::Parcel;
use super::query::{self, Row};
use super::stage::Stage;
use super::{Aras, labels, soap};
use crate::values::day::{day, turkish};
use crate::values::xml::Element;
use crate::{Answer, Moment};

/// The calls.
pub(super) const CALLS: [&str; 15] = [
    "GetCargoInfo",
    "GetCargoTransaction",
    "GetCargoTransactionByWaybillId",
    "GetCargoSearch",
    "GetCargoSearchByCode",
    "GetSortedCargoInfo",
    "GetCargoReturn",
    "GetUndeliveredCargoSearch",
    "GetWaitingCargoList",
    "GetDeliveryList",
    "GetDeliveryList2",
    "GetCargoSendList",
    "GetCargoPieceList",
    "GetRedirectionList",
    "GetBackList",
];

/// The tables that the description names; their rows are probably called so too.
const PARCELS: &str = "IrsData";
const MOVEMENTS: &str = "WEBCARGODATA13";

/// Returns whether a call has the customer code behind its login.
pub(super) fn has_customer_code(name: &str) -> bool {
    let of_parcel = ["GetCargoInfo", "GetCargoReturn", "GetWaitingCargoList"];
    of_parcel.contains(&name) || day_argument(name).is_some()
}

/// Returns the argument with the day of a list.
fn day_argument(name: &str) -> Option<&'static str> {
    match name {
        "GetDeliveryList2" => Some("testarih"),
        "GetDeliveryList" | "GetCargoSendList" | "GetCargoPieceList" | "GetRedirectionList"
        | "GetBackList" => Some("tarih"),
        _ => None,
    }
}

/// Returns a table without rows.
pub(super) fn none(name: &str) -> Answer {
    table(name, PARCELS, Vec::new())
}

fn table(name: &str, rows_name: &'static str, rows: Vec<Row>) -> Answer {
    soap::written(name, &query::data_set_of(rows_name, rows))
}

/// Answers a call of a login that may make it.
pub(super) fn answer(world: &Aras, call: &Element, now: Moment) -> Answer {
    let name = call.name.as_str();
    let argument = |name: &str| soap::argument(call, name).trim();
    let code = argument("integrationCode");
    let parcels = |is_wanted: &dyn Fn(&Parcel) -> bool| {
        table(name, PARCELS, query::parcel_rows(world, is_wanted, now))
    };
    let movements = |is_wanted: &dyn Fn(&Parcel) -> bool| {
        table(name, MOVEMENTS, query::step_rows(world, is_wanted))
    };
    match name {
        "GetCargoInfo" => parcels(&|parcel| parcel.is_of(code)),
        "GetCargoTransaction" => {
            let wanted = argument("code");
            movements(&|parcel| {
                parcel.is_of(code) && (wanted.is_empty() || parcel.cargo_code == wanted)
            })
        }
        "GetCargoTransactionByWaybillId" => {
            let wanted = argument("waybillId");
            movements(&|parcel| labels::waybill_id(parcel).eq_ignore_ascii_case(wanted))
        }
        "GetCargoSearch" => {
            let waybill = format!("{}{}", argument("seri"), argument("document_no"));
            let reference = Some(argument("ref_code")).filter(|code| !code.is_empty());
            parcels(&|parcel| {
                let is_waybill = waybill.is_empty() || parcel.waybill == waybill;
                let is_reference = reference.is_none() || parcel.reference.as_deref() == reference;
                !(waybill.is_empty() && reference.is_none()) && is_waybill && is_reference
            })
        }
        "GetCargoSearchByCode" => {
            let wanted = argument("code");
            parcels(&|parcel| parcel.is_named(wanted))
        }
        "GetSortedCargoInfo" => {
            let wanted = argument("barcode");
            parcels(&|parcel| {
                let own = parcel.piece_barcodes();
                let barcodes = own.iter().chain(&parcel.pieces).chain([&parcel.cargo_code]);
                !wanted.is_empty() && barcodes.into_iter().any(|barcode| barcode == wanted)
            })
        }
        "GetCargoReturn" => match argument("ukod").parse::<i32>() {
            Ok(_) => parcels(&|parcel| parcel.is_of(code) && parcel.is_return()),
            Err(_) => soap::not_read("ukod: not an int"),
        },
        "GetUndeliveredCargoSearch" => {
            parcels(&|parcel| parcel.is_of(code) && parcel.stage == Stage::Undelivered)
        }
        "GetWaitingCargoList" => {
            parcels(&|parcel| !parcel.is_incoming && parcel.stage == Stage::Undelivered)
        }
        _ => of_day(world, call, now),
    }
}

/// Lists the parcels to which something happened on a day.
fn of_day(world: &Aras, call: &Element, now: Moment) -> Answer {
    let name = call.name.as_str();
    let date = soap::argument(call, day_argument(name).unwrap_or_default()).trim();
    let is_on = |at: Moment| turkish(day(at)) == date;
    let delivered = |parcel: &Parcel| parcel.delivery.as_ref().is_some_and(|it| is_on(it.at));
    let is_wanted = |parcel: &Parcel| {
        !parcel.is_incoming
            && match name {
                "GetDeliveryList" | "GetDeliveryList2" => !parcel.is_return() && delivered(parcel),
                "GetRedirectionList" => parcel.redirections.iter().any(|it| is_on(it.at)),
                "GetBackList" => parcel.is_return() && is_on(parcel.changed_at()),
                _ => is_on(parcel.cut_at),
            }
    };
    if name != "GetCargoPieceList" {
        return table(name, PARCELS, query::parcel_rows(world, is_wanted, now));
    }
    let found = world.parcels.iter().filter(|parcel| is_wanted(parcel));
    let pieces = found.flat_map(|parcel| {
        let barcodes = parcel.piece_barcodes().into_iter();
        barcodes.map(|barcode| {
            vec![
                ("MUSTERI_OZEL_KODU", parcel.code.clone()),
                ("KARGO_TAKIP_NO", parcel.tracking_number.clone()),
                ("BARKOD", barcode),
            ]
        })
    });
    table(name, PARCELS, pieces.collect())
}
