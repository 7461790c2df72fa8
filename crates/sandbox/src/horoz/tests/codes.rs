//! The codes of the pages, and which of them a rule reaches; and settings of a world.

use std::collections::BTreeSet;

use super::*;
use crate::values::replay;

/// The result codes of the pages of all nine methods.
const CODES: [&str; 13] = [
    "STA-100",
    "ERR-20001",
    "ERR-20002",
    "ERR-20003",
    "ERR-20004",
    "ERR-20005",
    "ERR-20006",
    "ERR-20007",
    "ERR-20008",
    "ERR-20009",
    "ERR-20012",
    "ERR-20056",
    "ERR-20071",
];
/// The states of a movement.
const MOVEMENTS: [&str; 5] = ["BEKLİYOR", "GİRİŞ", "ÇIKIŞ", "TESLİM SORUN", "TESLİM"];

#[test]
fn every_code_is_reached_by_a_rule() {
    let mut seen = BTreeSet::new();
    let mut story = Story::new();
    for (from, to) in [
        ("\"requestNumber\": \"KV-1001\"", "\"requestNumber\": \"\""),
        ("801452", "801453"),
        ("\"recipientCode\": 0", "\"recipientCode\": 5"),
        ("\"shipmentCount\": 2", "\"shipmentCount\": null"),
        ("\"productName\": \"YATAK\"", "\"productName\": \"\""),
        ("\"desi\": 320.5", "\"desi\": 0"),
        ("\"totalDesi\": 320.5", "\"totalDesi\": 0"),
        ("\"PaysSupplier\"", "\"\""),
        ("KARŞIYAKA", "KARŞIYAKKA"),
        ("KARŞIYAKA", "KARŞIYAKKA"),
        ("", ""),
        ("", ""),
    ] {
        seen.insert(story.code(CREATE, &order().replacen(from, to, 1)));
    }
    let tracked = story.track("KV-1001");
    seen.insert(tracked["responseCode"].as_str().unwrap().to_owned());
    story.world.settings_mut().process_key = "another".to_owned();
    seen.insert(story.code(CREATE, &order()));
    let invented: BTreeSet<String> = INVENTED
        .iter()
        .map(|(code, _)| (*code).to_owned())
        .collect();
    let documented: BTreeSet<String> = seen.difference(&invented).cloned().collect();
    assert_eq!(documented, CODES.map(str::to_owned).into());
    replay::print_codes(
        "horoz-shipping",
        &[&CODES[..], &MOVEMENTS].concat(),
        &[],
        &[],
    );
}

#[test]
fn every_movement_is_reached() {
    let mut story = Story::new();
    story.world.settings_mut().tracking_pause = 0;
    story.code(CREATE, &order());
    story.world.accept("KV-1001", NOON, &mut story.chance);
    for kind in [
        MovementKind::Entered,
        MovementKind::Left,
        MovementKind::Problem("ADRESTE YOK".to_owned()),
        MovementKind::Delivered,
    ] {
        story.world.move_parcel("KV-1001", kind, NOON);
    }
    let answer = story.track("KV-1001");
    let rows = answer["listOfMovements"].as_array().unwrap();
    let words: Vec<_> = rows
        .iter()
        .map(|row| row["status"].as_str().unwrap())
        .collect();
    assert_eq!(words, MOVEMENTS);
    assert!(
        rows.iter()
            .all(|row| row["status"] == row["deliveryStatus"])
    );
    assert_eq!(
        answer["shippingDeliveryState"]["receiverPhone"],
        "05550000001"
    );
}

#[test]
fn parcels_arrive_at_once() {
    let mut story = Story::new();
    story.world.settings_mut().progress = Progress::AtOnce;
    let (_, effects) = story.post(CREATE, &order());
    assert!(matches!(effects[0], Effect::OrderCreated { .. }));
    let delivered = Effect::Moved {
        number: "KV-1001".to_owned(),
        to: MovementKind::Delivered,
    };
    assert_eq!(effects.last(), Some(&delivered));
    assert_eq!(
        story.world.order("KV-1001").unwrap().word().name(),
        "delivered"
    );
    assert_eq!(story.world.tick(NOON, &mut story.chance), []);
}

#[test]
fn orders_of_the_supplier_get_labels_where_the_world_allows_it() {
    let mut story = Story::new();
    story.code(CREATE, &order());
    assert_eq!(story.code("createBarcode", NUMBER), "ERR-29002");
    story.world.settings_mut().labels_supplier_orders = true;
    assert_eq!(story.code("createBarcode", NUMBER), "STA-100");
    let labels = story.world.labels_of("KV-1001");
    assert_eq!(labels.len(), 2);
    let cancel = format!(
        r#"{{"atfId": "{}", "requestNumber": "KV-1001"}}"#,
        &labels[0][..11]
    );
    assert_eq!(story.code("cancelBarcode", &cancel), "STA-100");
    assert!(story.world.labels_of("KV-1001").is_empty());
}

#[test]
fn a_cancelled_number_is_free_where_the_world_allows_it() {
    let mut story = Story::new();
    story.world.settings_mut().frees_cancelled_numbers = true;
    for _ in 0..2 {
        assert_eq!(story.code(CREATE, &order()), "STA-100");
        assert_eq!(story.code(CREATE, &order()), "ERR-20003");
        assert_eq!(story.code("cancelPaysSupplierShipping", NUMBER), "STA-100");
    }
}

#[test]
fn a_world_reads_one_spelling_where_it_says_so() {
    let table = order().replace("recipientAdress", "recipientAddress");
    let prose = order().replace("\"PaysSupplier\"", "\"PaySupplier\"");
    let of = |change: &dyn Fn(&mut Dialect), body: &str| {
        let mut story = Story::new();
        change(&mut story.world.settings_mut().dialect);
        story.code(CREATE, body)
    };
    let sample: &dyn Fn(&mut Dialect) = &|dialect| {
        dialect.address_key = AddressKey::Sample;
        dialect.delivery_type = DeliveryType::Sample;
    };
    let other: &dyn Fn(&mut Dialect) = &|dialect| {
        dialect.address_key = AddressKey::Table;
        dialect.delivery_type = DeliveryType::Prose;
    };
    assert_eq!(of(sample, &order()), "STA-100");
    assert_eq!(of(sample, &table), "ERR-29090");
    assert_eq!(of(sample, &prose), "ERR-29090");
    assert_eq!(
        of(other, &table.replace("PaysSupplier", "PaySupplier")),
        "STA-100"
    );
    assert_eq!(of(other, &prose), "ERR-29090");
    assert_eq!(of(other, &table), "ERR-29090");
    assert_eq!(of(&|_| {}, &prose), "STA-100");
}

#[test]
fn a_list_that_lags_refuses_new_districts() {
    let mut story = Story::new();
    let listed = vec![("ADANA".to_owned(), "ALADAĞ".to_owned())];
    story.world.settings_mut().places = Places::Only(listed);
    assert_eq!(story.code(CREATE, &order()), "ERR-29005");
    let listed = order()
        .replace("İZMİR", "ADANA")
        .replace("KARŞIYAKA", "ALADAĞ");
    assert_eq!(story.code(CREATE, &listed), "STA-100");
}
