//! The cases of the fixtures, played at a world that has their parcels.

use std::collections::BTreeSet;

use super::differences::OTHER_SHAPES;
use super::*;
use crate::Hosted;
use crate::values::replay;

/// 28 November 2026, noon.
fn today() -> Moment {
    Moment::parse_turkish("28.11.2026 12:00:00").unwrap()
}

fn at(text: &str) -> Moment {
    Moment::parse_turkish(text).unwrap()
}

/// Cases about a parcel that is on its way instead of a delivered one.
const ON_ITS_WAY: [&str; 5] = [
    "success-beside",
    "success-new-column",
    "success-not-escaped",
    "success-numbers",
    "success-row-name",
];

/// Cases about one parcel, beside those whose names say so.
const LONE: [&str; 13] = [
    "success-cdata",
    "success-code",
    "success-delivery",
    "success-due",
    "success-escaped-column",
    "success-escaping",
    "success-iso-8859-9",
    "success-json-null",
    "success-odd-date",
    "success-printed-names",
    "success-returned",
    "success-row-directly",
    "success-without-code",
];

/// Returns a world with the parcels and the settings of a case.
fn known(case: &str) -> Aras {
    let mut world = Aras::demo();
    let (operation, name) = case.split_once('/').unwrap();
    let has_none = ["no-row", "null", "empty", "nil"];
    if has_none.iter().any(|part| name.contains(part)) {
        if name == "success-empty-result" {
            world.settings_mut().nothing = Nothing::Empty;
        }
        return world;
    }
    if matches!(
        operation,
        "CancelDispatch"
            | "GetOrder"
            | "GetOrderWithIntegrationCode"
            | "UpdateInvoiceWaybillNumber"
    ) {
        for (code, note) in [("KV-1001", "S-1"), ("KV-1002", "S-2")] {
            let mut order = Order::new(code, at("20.11.2026 09:00:00"));
            order = order.with("TradingWaybillNumber", note);
            for name in [
                "InvoiceNumber",
                "ReceiverName",
                "ReceiverAddress",
                "ReceiverPhone1",
                "ReceiverCityName",
                "PieceCount",
            ] {
                order = order.with(name, "1");
            }
            world.register(order);
        }
        return world;
    }
    let is_on_its_way = ON_ITS_WAY.contains(&name);
    let is_lone = is_on_its_way
        || LONE.contains(&name)
        || name.contains("one-")
        || name.contains("by-")
        || name.contains("without-customer-code");
    if !is_on_its_way {
        add(&mut world, case, false);
    }
    if !is_lone || is_on_its_way {
        add(&mut world, case, true);
    }
    world
}

fn add(world: &mut Aras, case: &str, is_second: bool) {
    let (operation, name) = case.split_once('/').unwrap();
    let number = operation.rsplit('-').next().unwrap();
    let is_of = |numbers: &[&str]| numbers.contains(&number);
    let act = |world: &mut Aras, step: Step, time: &str| {
        world.act(step, at(time), &mut Chance::new(9)).unwrap()
    };
    let of_documents = operation.starts_with("GetDeliveryInfo");
    // Two parcels may have one code, so that a query for one key finds two.
    let mut new = NewParcel::new(match name {
        "success-escaping" => "A&B <1> ]]> \"ş\"",
        _ if is_second && is_of(&["11", "39", "100"]) => "KV-1002",
        _ => "KV-1001",
    });
    let numbers = match (is_second, of_documents) {
        (false, false) => ["6513100200317", "0805513100200322615", "AB100200"],
        (true, false) => ["6513100201327", "0805513100201322615", "AB100201"],
        (false, true) => ["6513100200317", "0805513100200322615", "D-1"],
        (true, true) => ["6513100201327", "0805513100201322615", "D-2"],
    };
    let numbers = numbers.map(|number| Some(number.to_owned()));
    [new.tracking_number, new.cargo_code, new.waybill] = numbers;
    new.pieces = vec!["KV-1001".to_owned()];
    if operation == "GetBarcode" && name == "success" {
        new.pieces.push("KV-1002".to_owned());
    }
    new.reference = Some("R-1".to_owned());
    new.dispatch_note = (!of_documents || !is_second).then(|| "S-1".to_owned());
    new.is_incoming = number == "30";
    new.collection = Some("149.90".parse().unwrap());
    new.way_back = is_of(&["7"]).then(|| "AB100300".to_owned());
    let is_of_the_day = is_of(&["2", "4", "7"]);
    let day = if is_of_the_day {
        "20.11.2026"
    } else {
        "18.11.2026"
    };
    act(
        world,
        Step::AddParcel(Box::new(new)),
        &format!("{day} 08:10:00"),
    );
    let key = if is_second {
        "6513100201327"
    } else {
        "6513100200317"
    };
    let to = |world: &mut Aras, to: Stage, time: &str| {
        let mut to = Move::new(key, to);
        if to.to == Stage::Undelivered {
            to.reason = Some("NT".to_owned());
            to.note = Some("AYŞE ÖRNEK YOK".to_owned());
        }
        act(world, Step::Move(to), &format!("20.11.2026 {time}"));
    };
    to(world, Stage::InTransfer, "08:20:00");
    if is_of(&["9", "15"]) && name != "success" {
        return;
    }
    to(world, Stage::InTransfer, "08:30:00");
    to(world, Stage::AtDeliveryBranch, "08:40:00");
    if is_of(&["5", "16", "19", "37", "39"]) || is_second && of_documents {
        to(world, Stage::Undelivered, "09:00:00");
    }
    if is_of(&["6", "19"]) {
        to(world, Stage::Redirected, "10:00:00");
    }
    if operation.ends_with("Recall") {
        let parcel = world.parcels.last_mut().unwrap();
        parcel.recalled_at = (operation == "CancelRecall").then(today);
    } else if number == "8" {
        to(world, Stage::Returning, "10:00:00");
    } else if name == "success-returned" {
        to(world, Stage::Returned, "10:00:00");
    } else if !is_of(&["5", "6"]) && (!is_second || is_of(&["3", "4", "7", "13", "25"])) {
        to(world, Stage::Delivered, "11:05:00");
    }
}

/// The inside of a data set's schema lists the columns, and the cases leave it out.
fn shape(answer: &Answer) -> BTreeSet<String> {
    let shape = replay::shape(answer);
    shape
        .into_iter()
        .filter(|path| !path.contains("/schema/"))
        .collect()
}

#[test]
fn every_case_is_answered_in_its_own_shape() {
    let cases = replay::documented("aras-tracking");
    let play = |case: &replay::Case, _| {
        let mut world = known(&case.name);
        let (answer, _) = world.handle(&case.request, today(), &mut Chance::new(1));
        let body = answer.text();
        assert!(
            answer.status != 501 && answer.refused.is_none(),
            "{}: {:?} {body}",
            case.name,
            answer.refused
        );
        answer
    };
    replay::compare("aras-tracking", &cases, OTHER_SHAPES, shape, play);
}
