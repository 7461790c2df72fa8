//! The labels of an order, before its waybill or after it.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use rust_decimal::Decimal;

use super::order::{Order, text};
use super::parcel::Parcel;
use super::{Aras, branches, soap};
use crate::values::day::{iso, istanbul, turkish};
use crate::values::xml::Element;
use crate::{Answer, Moment};

/// A picture of one white point.
const PICTURE: &[u8] = &[
    0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, b'I', b'H', b'D', b'R', 0, 0, 0,
    1, 0, 0, 0, 1, 8, 0, 0, 0, 0, 0x3a, 0x7e, 0x9b, 0x55, 0, 0, 0, 10, b'I', b'D', b'A', b'T',
    0x78, 0x9c, 0x63, 0xf8, 0x0f, 0, 1, 1, 1, 0, 0x1b, 0xb6, 0xee, 0x56, 0, 0, 0, 0, b'I', b'E',
    b'N', b'D', 0xae, 0x42, 0x60, 0x82,
];

/// A file of PDF without pages.
const FILE: &[u8] = b"%PDF-1.4\ntrailer<</Root<<>>>>\n%%EOF\n";

const PLAIN: &str = "GetBarcode";
const WITH_NUMBER: &str = "GetLabelDummy";

/// The calls.
pub(super) const CALLS: [&str; 3] = [PLAIN, "GetArasBarcode", WITH_NUMBER];

/// Returns the GUID of a parcel's waybill.
pub(super) fn waybill_id(parcel: &Parcel) -> String {
    format!("00000000-0000-4000-8000-{:0>12.12}", parcel.tracking_number)
}

/// Answers a call of a login that may make it.
pub(super) fn barcodes(world: &Aras, call: &Element, now: Moment) -> Answer {
    let code = soap::argument(call, "integrationCode");
    let parcel = world.parcels.iter().rfind(|parcel| parcel.code == code);
    let order = world.orders.get(code);
    if code.is_empty() || parcel.is_none() && order.is_none() {
        let rule = "integrationCode: no such order";
        return refused(&call.name, "-1", "Entegrasyon kodu bulunamadı", rule);
    }
    let pieces = pieces(parcel, order);
    let zpl = |(barcode, _): &(String, Decimal)| {
        Element::text("string", &format!("^XA^FO40,40^BCN,120^FD{barcode}^FS^XZ"))
    };
    let epl = |(barcode, _): &(String, Decimal)| {
        Element::text(
            "string",
            &format!("N\nB40,40,0,1,2,4,120,B,\"{barcode}\"\nP1\n"),
        )
    };
    let picture = |_| Element::text("base64Binary", &STANDARD.encode(PICTURE));
    let models = (1..)
        .zip(&pieces)
        .map(|(piece, (barcode, desi))| {
            model(
                world,
                parcel,
                order,
                (piece, pieces.len()),
                barcode,
                *desi,
                now,
            )
        })
        .collect();
    let file = |_| Element::text("string", &STANDARD.encode(FILE));
    let mut result = vec![
        Element::of("Images", pieces.iter().map(picture).collect()),
        Element::of("ZebraZpl", pieces.iter().map(zpl).collect()),
        Element::of("ZebraEpl", pieces.iter().map(epl).collect()),
    ];
    if call.name != PLAIN {
        result.push(Element::of("ZebraPdf", pieces.iter().map(file).collect()));
    }
    result.extend([
        Element::of("BarcodeModelLst", models),
        Element::text("Message", "Başarılı"),
        Element::text("ResultCode", "0"),
    ]);
    if let Some(parcel) = parcel.filter(|_| call.name == WITH_NUMBER) {
        let number = Element::text("TrackingNumber", &parcel.tracking_number);
        result.push(number);
    }
    soap::result(&call.name, Some(Element::of("", result)))
}

/// A refusal: the text beside a model without values, whose numbers and times .NET writes all the same.
pub(super) fn refused(name: &str, code: &str, message: &str, rule: &str) -> Answer {
    let empty = Element::of("BarcodeModel", numbers(&[]));
    let result = vec![
        Element::of("BarcodeModelLst", vec![empty]),
        Element::text("Message", message),
        Element::text("ResultCode", code),
    ];
    soap::result(name, Some(Element::of("", result))).refusing(code, rule)
}

/// Barcode and size of each piece: those of Aras once there is a waybill, and those of the shipper until
/// then.
fn pieces(parcel: Option<&Parcel>, order: Option<&Order>) -> Vec<(String, Decimal)> {
    let size = |index: usize| {
        let piece = order.and_then(|order| order.pieces.get(index));
        let size = piece.and_then(|piece| text(piece, "VolumetricWeight")?.parse().ok());
        size.unwrap_or_default()
    };
    let barcodes: Vec<String> = match (parcel, order) {
        (Some(parcel), _) => parcel.piece_barcodes(),
        (None, Some(order)) => order.barcodes().map(str::to_owned).collect(),
        (None, None) => Vec::new(),
    };
    let barcodes = barcodes.into_iter().enumerate();
    barcodes
        .map(|(index, barcode)| (barcode, size(index)))
        .collect()
}

/// The members of .NET that are not texts, so that they are always there, in their order among
/// themselves.
fn numbers(given: &[(&str, String)]) -> Vec<Element> {
    let usual = [
        ("Volume", "0"),
        ("TotalVolume", "0"),
        ("BarcodeDate", "0001-01-01T00:00:00"),
        ("DeliveryUnitID", "0"),
        ("SourceUnitID", "0"),
        ("PieceNumber", "0"),
        ("PieceCount", "0"),
        ("CashPrice", "0"),
        ("WaybillID", "00000000-0000-0000-0000-000000000000"),
    ];
    let value = |name: &str, usual: &str| {
        let given = given.iter().find(|(listed, _)| *listed == name);
        given.map_or_else(|| usual.to_owned(), |(_, value)| value.clone())
    };
    usual
        .into_iter()
        .map(|(name, usual)| Element::text(name, &value(name, usual)))
        .collect()
}

fn model(
    world: &Aras,
    parcel: Option<&Parcel>,
    order: Option<&Order>,
    (piece, count): (usize, usize),
    barcode: &str,
    desi: Decimal,
    now: Moment,
) -> Element {
    let member = |name: &str| {
        order
            .and_then(|order| order.member(name))
            .map(str::to_owned)
    };
    let unit = |name: Option<&str>| {
        let branch = name.and_then(branches::named);
        branch.map(|branch| branch.code.trim_start_matches('0').to_owned())
    };
    let of = |text: fn(&Parcel) -> &String| parcel.map(|parcel| text(parcel).clone());
    let total = parcel.map_or(desi, |parcel| parcel.desi);
    let mut given = vec![
        ("Volume", desi.to_string()),
        ("TotalVolume", total.to_string()),
        ("BarcodeDate", iso(istanbul(now))),
        ("PieceNumber", piece.to_string()),
        ("PieceCount", count.to_string()),
    ];
    let destination = parcel.map(|parcel| parcel.destination.as_str());
    given.extend(parcel.map(|parcel| ("WaybillID", waybill_id(parcel))));
    given.extend(unit(destination).map(|code| ("DeliveryUnitID", code)));
    given.extend(unit(Some(&world.settings.branch)).map(|code| ("SourceUnitID", code)));
    if let Some(collection) = parcel.and_then(|parcel| parcel.collection.as_ref()) {
        given.push(("CashPrice", collection.amount.to_string()));
    }
    let recipient = of(|it| &it.recipient).or_else(|| member("ReceiverName"));
    let recipient_pays = match parcel {
        Some(parcel) => parcel.recipient_pays,
        None => member("PayorTypeCode").as_deref() == Some("2"),
    };
    let payer = if recipient_pays {
        "ALICI ÖDEMELİ"
    } else {
        "GÖNDERİCİ ÖDEMELİ"
    };
    let sent_from = branches::named(&world.settings.branch);
    // Null texts are left out.
    let texts = [
        ("SenderAccountName", Some(world.settings.sender.clone())),
        ("SenderAddress", sent_from.map(branches::Branch::address)),
        ("SenderPhone", sent_from.map(|it| it.phone.to_owned())),
        ("SenderHintCityName", sent_from.map(|it| it.city.to_owned())),
        (
            "SenderHintTownName",
            sent_from.map(|it| it.district.to_owned()),
        ),
        (
            "SenderAccountNameAndSurName",
            Some(world.settings.sender.clone()),
        ),
        ("ReceiverAccountName", recipient.clone()),
        ("ReceiverAccountNameAndSurName", recipient),
        ("LovShipmentTypeName", Some("NORMAL".to_owned())),
        ("LovPacketTypeName", Some("PAKET".to_owned())),
        ("LovPayorTypeName", Some(payer.to_owned())),
        ("SpecialField1", member("SpecialField1")),
        (
            "ReceiverAddress",
            of(|it| &it.address).or_else(|| member("ReceiverAddress")),
        ),
        (
            "ReceiverPhone",
            of(|it| &it.phone).or_else(|| member("ReceiverPhone1")),
        ),
        (
            "ReceiverTown",
            of(|it| &it.district).or_else(|| member("ReceiverTownName")),
        ),
        (
            "ReceiverCity",
            of(|it| &it.city).or_else(|| member("ReceiverCityName")),
        ),
        ("DeliveryUnitName", destination.map(str::to_owned)),
        ("SourceUnitName", Some(world.settings.branch.clone())),
        ("TrackingNumber", of(|it| &it.tracking_number)),
        (
            "IntegrationCode",
            of(|it| &it.code).or_else(|| order.map(|it| it.code.clone())),
        ),
        (
            "WaybillSerial",
            of(|it| &it.waybill).map(|waybill| waybill.chars().take(2).collect()),
        ),
        (
            "WaybillNumber",
            of(|it| &it.waybill).map(|waybill| waybill.chars().skip(2).collect()),
        ),
        (
            "WaybillDate",
            parcel.map(|it| turkish(istanbul(it.cut_at).date())),
        ),
        ("Barcode", Some(barcode.to_owned())),
    ];
    let mut members = numbers(&given);
    let texts = texts.into_iter();
    members.extend(texts.filter_map(|(name, text)| Some(Element::text(name, &text?))));
    members.sort_by_key(|member| ORDER.iter().position(|name| *name == member.name));
    Element::of("BarcodeModel", members)
}

/// All members, in the order of the service's description.
const ORDER: [&str; 46] = [
    "Volume",
    "TotalVolume",
    "SenderAccountName",
    "SenderAddress",
    "SenderAddress2",
    "ReceiverAccountName",
    "ReceiverAddress",
    "ReceiverAddress2",
    "ReceiverAddress3",
    "ReceiverPhone",
    "ReceiverPhone2",
    "ReceiverTown",
    "ReceiverCity",
    "BarcodeDate",
    "DeliveryUnitID",
    "DeliveryUnitName",
    "SourceUnitID",
    "SourceUnitName",
    "TrackingNumber",
    "IntegrationCode",
    "Msi",
    "MainServiceName",
    "RouteName",
    "WaybillSerial",
    "WaybillNumber",
    "LovShipmentTypeName",
    "LovPacketTypeName",
    "LovPayorTypeName",
    "SenderPhone",
    "PieceNumber",
    "PieceCount",
    "ExServiceCodes",
    "WaybillDate",
    "LovDeliveryTypeName",
    "Barcode",
    "PaymentType",
    "CashPrice",
    "WorkArea",
    "SenderHintCityName",
    "SenderHintTownName",
    "WaybillID",
    "ReceiverMobilePhone",
    "SenderMobilePhone",
    "SenderAccountNameAndSurName",
    "ReceiverAccountNameAndSurName",
    "SpecialField1",
];
