//! Checks that no fixture shows: limits to the letter, properties, places.

use horoz_shipping::{CreateSupplierPaysOrder, Language, Party, Problems, ProductCodeCase, rules};
use proptest::prelude::*;

use crate::support::{client, consumer, days, line, order, supplier};

fn check(order: &CreateSupplierPaysOrder) -> Problems {
    client("https://horoz.example", 1).check(order)
}

fn codes(order: &CreateSupplierPaysOrder) -> Vec<(&'static str, String)> {
    check(order)
        .iter()
        .map(|problem| (problem.code(), problem.path().to_owned()))
        .collect()
}

#[test]
fn an_order_at_every_limit_holds() {
    let mut order = order()
        .tax_office("V".repeat(20))
        .tax_number("1".repeat(20))
        .reference("R".repeat(50));
    order.number = "N".repeat(50).into();
    order.lines[0].product_code = "ş".repeat(50);
    order.lines[0].product_name = "ı".repeat(100);
    order.lines[0].category = "ğ".repeat(100);
    assert_eq!(codes(&order), []);
}

#[test]
fn lengths_are_those_of_the_text_as_sent() {
    // Upper case makes two letters of this one.
    let mut order = order();
    order.lines[0].product_code = "ß".repeat(26);
    assert_eq!(
        codes(&order),
        [("text.too_long", "lines[0].product_code".to_owned())]
    );
}

#[test]
fn the_suppliers_details_are_checked_in_both_directions() {
    let half = Party::new("D".repeat(101)).city("İzmir").county("");
    let delivery = order().supplier_details(half.clone());
    assert_eq!(
        codes(&delivery),
        [
            ("text.too_long", "sender.title".to_owned()),
            ("horoz.place_not_in_table", "sender.county".to_owned())
        ]
    );
    let back = CreateSupplierPaysOrder::return_to_supplier("R", supplier(), consumer(), days());
    let back = back.line(line()).supplier_details(half);
    assert_eq!(
        codes(&back)[0],
        ("text.too_long", "recipient.title".to_owned())
    );
    assert_eq!(codes(&back).len(), 2);
}

#[test]
fn a_request_number_is_a_key_that_can_be_seen() {
    let numbered = |number: &str| {
        let mut order = order();
        order.number = number.into();
        codes(&order).into_iter().next().map(|(code, _)| code)
    };
    assert_eq!(numbered("KV 1/ş"), None);
    assert_eq!(numbered(" KV-1\n"), None);
    assert_eq!(numbered("KV-1\nKV-2"), Some("horoz.number_unprintable"));
    for unseen in [
        "\u{202e}", "\u{ad}", "\u{200d}", "\u{fe0f}", "\u{34f}", "\u{3164}",
    ] {
        let number = format!("KV{unseen}1");
        assert_eq!(numbered(&number), Some("horoz.number_unprintable"));
    }
    // What spreadsheets put around a value is no part of it, and a blank is a blank.
    assert_eq!(numbered("\u{feff}KV-1"), None);
    assert_eq!(numbered("KV\u{a0}1"), Some("line.blanks"));
    assert_eq!(numbered("KV\0"), Some("text.control_character"));
}

#[test]
fn a_weight_of_zero_is_odd_and_one_below_is_wrong() {
    let weighed = |weight: &str| {
        let mut order = order();
        order.lines[0].weight_kg = Some(weight.parse().unwrap());
        codes(&order).into_iter().next().map(|(code, _)| code)
    };
    assert_eq!(weighed("0.001"), None);
    assert_eq!(weighed("0"), Some("horoz.weight_zero"));
    assert_eq!(weighed("-0.001"), Some("horoz.weight_negative"));
}

#[test]
fn delivery_on_the_day_of_the_request_is_no_problem() {
    let mut order = order();
    order.days.delivery = order.days.request;
    assert_eq!(codes(&order), []);
    let week = horoz_shipping::OrderDays::from_today(order.days.request, 7);
    assert_eq!((week.delivery - week.request).num_days(), 7);
}

#[test]
fn a_suggestion_is_offered_but_not_printed() {
    let mut order = order();
    let horoz_shipping::Direction::Delivery { recipient, .. } = &mut order.direction else {
        panic!("a delivery")
    };
    *recipient = std::mem::take(recipient).city("İzmir").county("Karşıyka");
    let problems = check(&order);
    let problem = problems.warnings().next().unwrap();
    assert_eq!(problem.code(), rules::PLACE_NOT_IN_TABLE.code);
    assert_eq!(
        problem.suggestions().first().map(String::as_str),
        Some("İZMİR/KARŞIYAKA")
    );
    for language in [Language::English, Language::Turkish] {
        let text = problems.text(language);
        let text = kervan_turkiye::text::to_upper(&text);
        assert!(
            !text.contains("KARŞIY") && !text.contains("İZMİR"),
            "{text}"
        );
    }
}

#[test]
fn every_rule_has_texts_in_both_languages_and_its_own_code() {
    let mut seen = std::collections::HashSet::new();
    for rule in rules::ALL {
        assert!(seen.insert(rule.code), "{} twice", rule.code);
        assert!(
            rule.en.contains("{path}") && rule.tr.contains("{path}"),
            "{}",
            rule.code
        );
        for placeholder in ["{limit}", "{actual}"] {
            assert_eq!(
                rule.en.contains(placeholder),
                rule.tr.contains(placeholder),
                "{}",
                rule.code
            );
        }
    }
}

proptest! {
    #[test]
    fn merging_keeps_the_totals_and_leaves_no_product_twice(
        goods in prop::collection::vec((0_usize..4, 1_u32..50, 1_u32..5_000), 1..20)
    ) {
        let mut order = order();
        order.lines = goods
            .iter()
            .map(|&(product, quantity, desi)| {
                let mut line = line();
                line.product_code = ["a", "İ", "A", "b"][product].to_owned();
                line.quantity = quantity;
                line.desi = format!("{}.{:03}", desi / 1000, desi % 1000).parse().unwrap();
                line
            })
            .collect();
        let before = goods.iter().map(|good| u64::from(good.1)).sum();
        let desi: u32 = goods.iter().map(|good| good.2).sum();
        let desi = format!("{}.{:03}", desi / 1000, desi % 1000).parse().unwrap();
        let merged = order.merge_equal_products(ProductCodeCase::Capitals).declare_totals(before, desi);
        prop_assert_eq!(codes(&merged), []);
    }

    #[test]
    fn whatever_passes_the_check_can_be_written(
        number in "\\PC{0,60}",
        title in "\\PC{0,120}",
        city in "\\PC{0,20}",
        quantity in 0_u32..,
    ) {
        use horoz_shipping::Operation;
        let client = client("https://horoz.example", 1);
        let mut order = order();
        order.number = number.into();
        order.lines[0].quantity = quantity;
        if let horoz_shipping::Direction::Delivery { recipient, .. } = &mut order.direction {
            recipient.title = title.into();
            recipient.city = city.into();
        }
        if !client.check(&order).stop_the_call() {
            let body = order.encode(&client.context()).unwrap().body;
            let body: serde_json::Value = serde_json::from_slice(&body).unwrap();
            prop_assert_eq!(body["requestNumber"].as_str(), Some(order.number.as_str()));
        }
    }
}
