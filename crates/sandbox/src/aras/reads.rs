//! The shipment service's calls that only read: who may make them, and which part of the world answers.

use super::parcel::Parcel;
use super::stage::Stage;
use super::{Aras, Effect, addresses, labels, moves, places, soap, tables};
use crate::values::day::{iso, istanbul, turkish};
use crate::values::xml::Element;
use crate::{Answer, Chance, Moment};

/// The calls that answer with deliveries.
const DELIVERIES: [&str; 2] = ["GetDeliveryInfodocID", "GetDeliveryInfo"];

/// Returns the calls, which an account for orders only may not make.
pub(super) fn calls() -> impl Iterator<Item = &'static str> {
    let lists = labels::CALLS.into_iter().chain(tables::CALLS);
    let lists = lists.chain(DELIVERIES).chain(places::CALLS);
    lists.chain(addresses::CALLS)
}

const NO_RIGHT: &str = "Yetkiniz yok.";

/// How a call spells user name and password.
fn spelling(name: &str) -> (&'static str, &'static str) {
    if labels::CALLS.contains(&name) || name == addresses::BY_CUSTOMER {
        ("Username", "Password")
    } else if tables::CALLS.contains(&name) || places::CALLS.contains(&name) {
        ("username", "password")
    } else {
        ("userName", "password")
    }
}

/// Answers one of the calls.
pub(super) fn answer(
    world: &mut Aras,
    call: &Element,
    now: Moment,
    chance: &mut Chance,
) -> (Answer, Vec<Effect>) {
    let name = call.name.as_str();
    // One call has all its arguments, the login too, in one.
    let arguments = match name {
        addresses::BY_CUSTOMER => call.child("request").unwrap_or(call),
        _ => call,
    };
    let (user, password) = spelling(name);
    let has_code = labels::CALLS.contains(&name) || name == addresses::BY_CUSTOMER;
    if !world.has_login(arguments, user, password) {
        let rule = format!("{user}, {password}: not those of the account");
        let answer = if has_code {
            refused(name, "-2", "Kullanıcı adı veya şifre hatalı", &rule)
        } else {
            soap::list(name, Vec::new()).refusing("", rule)
        };
        return (answer, Vec::new());
    }
    if world.settings.only_orders {
        let rule = "the account may register, read back and cancel orders only";
        let answer = if has_code {
            refused(name, "-1", NO_RIGHT, rule)
        } else {
            soap::written(name, NO_RIGHT).refusing("", rule)
        };
        return (answer, Vec::new());
    }
    if tables::has_customer_code(name)
        && soap::argument(call, "customerCode") != world.settings.customer_code
    {
        let answer = tables::none(name);
        let rule = "customerCode: not that of the account";
        return (answer.refusing("", rule), Vec::new());
    }
    let code = soap::argument(call, "integrationCode").to_owned();
    let effects = moves::asked(world, &code, now, chance);
    let answer = if labels::CALLS.contains(&name) {
        labels::barcodes(world, call, now)
    } else if tables::CALLS.contains(&name) {
        tables::answer(world, call, now)
    } else if places::CALLS.contains(&name) {
        places::answer(call)
    } else if addresses::CALLS.contains(&name) {
        addresses::answer(world, name, arguments)
    } else {
        deliveries(world, call)
    };
    (answer, effects)
}

fn refused(name: &str, code: &str, message: &str, rule: &str) -> Answer {
    if name == addresses::BY_CUSTOMER {
        addresses::refused(name, code, message, rule)
    } else {
        labels::refused(name, code, message, rule)
    }
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
