//! Every documented success is one in a world that has what it speaks of.

use super::*;
use crate::Kurus;

pub(super) const SELLER: &str = "7f2b9c1e-0000-4000-8000-0000000000a1";
pub(super) const ENTRY: &str = "1d4e8a77-0000-4000-8000-0000000000b2";
pub(super) const CARD: &str = "5f2b9c1e-0000-4000-8000-0000000000c3";

/// Returns the objects that the documented requests name.
pub(super) fn prepared() -> Shop {
    let mut shop = Shop::open();
    let at = shop.now;
    let world = &mut shop.world;
    world.seed_seller(SELLER, &[("Tip", "1"), ("Ad_Soyad", "Fatma Örnek")], at);
    world.seed_payment(1_247_910_825, "KV-2001", Kurus(10_000), at);
    let amounts = (Kurus(5000), Kurus(4000));
    world.seed_entry(ENTRY, 1_247_910_825, SELLER, amounts, at);
    for owner in ["", "customer-42"] {
        world.seed_card(CARD, owner, "4546711234567894", at);
    }
    shop
}

#[test]
fn every_documented_success_is_one() {
    let mut played = 0;
    for (operation, _) in OPERATIONS {
        // A proof is drawn by the world, so no written one fits.
        if operation == "TP_WMD_Pay" {
            continue;
        }
        for case in good(operation) {
            let request = read(case);
            let body = String::from_utf8(request.body.clone()).unwrap();
            let mut shop = prepared();
            let at = shop.now;
            if operation.contains("Iptal_Iade") {
                shop.world
                    .seed_payment(6_021_847_062, "order222", Kurus(100_025), at);
            } else if operation.contains("OnProv_Kapa") || operation.contains("Iptal_OnProv") {
                shop.world
                    .seed_reservation(6_021_847_062, "order222", Kurus(100_025), at);
            }
            if body.contains("<Durum>IADE<") {
                shop.next_day();
            }
            let answer = shop.send(&request);
            let root = xml::read(&answer.body).unwrap();
            let result = find(&root, &format!("{operation}Result")).unwrap();
            let codes = ["Sonuc", "Response_Code", "ResultCode"];
            let code = codes.iter().find_map(|code| result.child(code));
            let code = code.map_or_else(|| "1".to_owned(), Element::text);
            let shown = case.id();
            // Their totals fit no rate of two decimals, 1050,30 on 1000,25.
            let expected = if body.contains("1050,30") {
                "-202"
            } else {
                "1"
            };
            assert_eq!(code, expected, "{shown}: {}", Reply(root).get("Sonuc_Str"));
            assert_eq!(
                shop.effects.is_empty(),
                shop.world.is_read(&request) || code != "1",
                "{shown}"
            );
            played += usize::from(code == "1");
        }
    }
    assert!(played > 150, "{played}");
}

#[test]
pub(super) fn prepared_numbers_are_not_drawn_again() {
    let mut shop = Shop::open();
    let at = shop.now;
    shop.world
        .seed_payment(6_021_900_000, "order-1", Kurus(100), at);
    assert!(shop.pay("order-2", "1,00") > 6_021_900_000);
    assert_eq!(shop.world.sellers().len(), 0);
    shop.world
        .seed_seller(SELLER, &[("IBAN_No", "TR1"), ("unknown", "x")], at);
    assert_eq!(shop.world.sellers()[0].value("IBAN_No"), "TR1");
}
