//! The shipment service's calls that only read parcels: tables, deliveries and labels.

use super::parcel::Parcel;
use super::stage::Stage;
use super::{Aras, Effect, labels, moves, query, soap};
use crate::values::day::{iso, istanbul, turkish};
use crate::values::xml::Element;
use crate::{Answer, Chance, Moment};

/// The calls, which an account for orders only may not make.
pub(super) const CALLS: [&str; 5] = [
    "GetBarcode",
    "GetCargoInfo",
    "GetCargoTransaction",
    "GetDeliveryInfodocID",
    "GetDeliveryInfo",
];

const NO_RIGHT: &str = "Yetkiniz yok.";

/// Answers one of the calls.
pub(super) fn answer(
    world: &mut Aras,
    call: &Element,
    now: Moment,
    chance: &mut Chance,
) -> (Answer, Vec<Effect>) {
    let (user, password) = match call.name.as_str() {
        "GetBarcode" => ("Username", "Password"),
        "GetCargoInfo" | "GetCargoTransaction" => ("username", "password"),
        _ => ("userName", "password"),
    };
    let is_label = call.name == "GetBarcode";
    if !world.has_login(call, user, password) {
        let rule = format!("{user}, {password}: not those of the account");
        let answer = if is_label {
            labels::refused(&call.name, "-2", "Kullanıcı adı veya şifre hatalı", &rule)
        } else {
            soap::list(&call.name, Vec::new()).refusing("", rule)
        };
        return (answer, Vec::new());
    }
    if world.settings.only_orders {
        let rule = "the account may register, read back and cancel orders only";
        let answer = if is_label {
            labels::refused(&call.name, "-1", NO_RIGHT, rule)
        } else {
            soap::written(&call.name, NO_RIGHT).refusing("", rule)
        };
        return (answer, Vec::new());
    }
    if call.name == "GetCargoInfo"
        && soap::argument(call, "customerCode") != world.settings.customer_code
    {
        let answer = table(call, "IrsData", Vec::new());
        let rule = "customerCode: not that of the account";
        return (answer.refusing("", rule), Vec::new());
    }
    let code = soap::argument(call, "integrationCode").to_owned();
    let effects = moves::asked(world, &code, now, chance);
    let answer = match call.name.as_str() {
        "GetBarcode" => labels::barcodes(world, call, now),
        "GetCargoInfo" => table(call, "IrsData", query::parcel_rows(world, &code, now)),
        "GetCargoTransaction" => {
            let wanted = soap::argument(call, "code").trim();
            let rows = query::step_rows(world, &code, |parcel| {
                wanted.is_empty() || parcel.cargo_code == wanted
            });
            table(call, "WEBCARGODATA13", rows)
        }
        _ => deliveries(world, call),
    };
    (answer, effects)
}

fn table(call: &Element, name: &'static str, rows: Vec<query::Row>) -> Answer {
    soap::written(&call.name, &query::data_set_of(name, rows))
}

/// Deliveries by the numbers of waybills, or the last ones.
fn deliveries(world: &Aras, call: &Element) -> Answer {
    let parcels: Vec<&Parcel> = if let Some(documents) = call.child("docID") {
        let named = |document: &Element| {
            let mut parcels = world.parcels.iter();
            parcels.find(|parcel| parcel.waybill == document.text.trim())
        };
        documents.children.iter().filter_map(named).collect()
    } else {
        let most = soap::argument(call, "recordCount")
            .trim()
            .parse()
            .unwrap_or(0);
        let delivered = world.parcels.iter().rev();
        let delivered = delivered.filter(|parcel| parcel.delivery.is_some());
        delivered.take(most).collect()
    };
    let rows = parcels.into_iter().map(delivery).collect();
    soap::list(&call.name, rows)
}

/// The members of `DeliveryInfo` that the world fills, in their order; null ones are left out.
fn delivery(parcel: &Parcel) -> Element {
    let arrival = parcel
        .movements
        .iter()
        .find(|movement| Some(movement.operation.as_str()) == Stage::AtDeliveryBranch.operation());
    let delivery = parcel.delivery.as_ref();
    let handed_over = delivery.map(|delivery| istanbul(delivery.at));
    let is_delivered = parcel.stage == Stage::Delivered;
    let attempt = parcel.attempts.last().filter(|_| !is_delivered);
    let members = [
        ("OrgDocNumber", parcel.dispatch_note.clone()),
        ("DocID", Some(parcel.waybill.clone())),
        ("DeliveryUnitName", Some(parcel.destination.clone())),
        (
            "ArrivalDate",
            arrival.map(|movement| iso(istanbul(movement.at))),
        ),
        ("DeliveryDate", handed_over.map(|at| turkish(at.date()))),
        (
            "DeliveryTime",
            handed_over.map(|at| at.format("%H:%M").to_string()),
        ),
        (
            "DeliveryPerson",
            delivery.map(|delivery| delivery.to.clone()),
        ),
        (
            "DeliveryAddressStatus",
            is_delivered.then(|| "1".to_owned()),
        ),
        (
            "DeliveryStatus",
            Some(match attempt {
                Some(_) => "TESLİM EDİLEMEDİ".to_owned(),
                None => parcel.stage.turkish().to_owned(),
            }),
        ),
        ("StatusFlag", Some(parcel.stage.code().to_owned())),
        (
            "NotDeliveredReason",
            attempt.map(|attempt| attempt.reason.clone()),
        ),
    ];
    let members = members
        .into_iter()
        .filter_map(|(name, text)| Some(Element::text(name, &text?)));
    Element::of("DeliveryInfo", members.collect())
}
