//! Reservations: reserve, capture, release.

use super::*;
use crate::Kurus;

const CAPTURE: &str = "TP_Islem_Odeme_OnProv_Kapa";
const RELEASE: &str = "TP_Islem_Iptal_OnProv";

fn reserve(shop: &mut Shop, operation: &str, order: &str) -> Reply {
    let values = [("Siparis_ID", order), ("Islem_Guvenlik_Tip", "NS")];
    shop.call(operation, &values)
}

#[test]
fn a_reservation_is_captured_once_and_keeps_its_number() {
    let mut shop = Shop::open();
    let reply = reserve(&mut shop, "TP_Islem_Odeme_OnProv", "order-1");
    let id = shop.world.payments()[0].id;
    assert_eq!(reply.get("Islem_ID"), id.to_string());
    assert!(matches!(shop.effects[0], Effect::Reserved { .. }));
    let ask = |shop: &mut Shop| {
        let values = [
            ("Dekont_ID", ""),
            ("Siparis_ID", "order-1"),
            ("Islem_ID", ""),
        ];
        let reply = shop.call("TP_Islem_Sorgulama4", &values);
        ["Islem_Tip", "Durum", "Dekont_ID"].map(|name| reply.get(name))
    };
    let reserved = ["PRE_AUTH".to_owned(), "SUCCESS".to_owned(), id.to_string()];
    assert_eq!(ask(&mut shop), reserved);
    let more = [
        ("Prov_ID", ""),
        ("Prov_Tutar", "10,21"),
        ("Siparis_ID", "order-1"),
    ];
    let reply = shop.call(CAPTURE, &more);
    assert_eq!(reply.get("Prov_ID"), id.to_string());
    assert_eq!(
        reply.get("Dekont_ID"),
        shop.world.payments()[0].receipt.to_string()
    );
    assert_eq!(shop.world.charges("order-1")[0].amount, Kurus(1021));
    assert_eq!(ask(&mut shop), reserved);
    shop.world.rules.captures_show = true;
    assert_eq!(ask(&mut shop)[0], "POST_AUTH");
    assert_eq!(shop.refused(CAPTURE, &more), -209);
    assert_eq!(
        shop.refused(RELEASE, &[("Prov_ID", ""), ("Siparis_ID", "order-1")]),
        -210
    );
    assert_eq!(shop.refused(CAPTURE, &[("Siparis_ID", "order-9")]), -209);
}

#[test]
fn a_reservation_is_released_once() {
    let mut shop = Shop::open();
    reserve(&mut shop, "TP_Islem_Odeme_OnProv_WMD", "order-1");
    let number = shop.world.payments()[0].id.to_string();
    let values = [("Prov_ID", number.as_str()), ("Siparis_ID", "order-1")];
    assert_eq!(shop.call(RELEASE, &values).get("Sonuc"), "1");
    assert!(matches!(shop.effects[0], Effect::Released { .. }));
    assert_eq!(shop.refused(RELEASE, &values), -211);
    assert_eq!(
        shop.refused(CAPTURE, &[("Prov_ID", ""), ("Siparis_ID", "order-1")]),
        -209
    );
    assert_eq!(
        shop.refused(RELEASE, &[("Prov_ID", "1"), ("Siparis_ID", "order-1")]),
        -210
    );
    assert!(shop.world.charges("order-1").is_empty());
}

#[test]
fn with_3d_a_reservation_waits_for_proof_and_completion() {
    let mut shop = Shop::open();
    let reply = shop.call(
        "TP_Islem_Odeme_OnProv_WMD",
        &[("Siparis_ID", "order-1"), ("Islem_Guvenlik_Tip", "3D")],
    );
    let session = reply.get("Islem_GUID");
    let now = shop.now;
    let (form, _) = shop
        .world
        .customer(&session, Customer::Proves, now, &mut shop.chance)
        .unwrap();
    let values = [
        ("UCD_MD", form.get("md")),
        ("Islem_GUID", session.as_str()),
        ("Siparis_ID", "order-1"),
    ];
    let reply = shop.call("TP_WMD_Pay", &values);
    assert_eq!(
        reply.get("Dekont_ID"),
        shop.world.payments()[0].id.to_string()
    );
    assert_eq!(shop.world.payments()[0].state, PaymentState::Reserved);
    // A reservation is no charge: it cannot be refunded.
    let refund = [
        ("Durum", "IPTAL"),
        ("Siparis_ID", "order-1"),
        ("Tutar", "10.01"),
    ];
    assert_eq!(shop.refused("TP_Islem_Iptal_Iade_Kismi2", &refund), -210);
}

#[test]
fn a_prepared_proof_is_good_for_one_completion() {
    let mut shop = Shop::open();
    let now = shop.now;
    let numbers = ("order-1", "key-1");
    let (session, proof) = shop
        .world
        .seed_proof(6_000_000_001, numbers, Kurus(1001), false, now);
    let values = [
        ("UCD_MD", proof.as_str()),
        ("Islem_GUID", session.as_str()),
        ("Siparis_ID", "order-1"),
    ];
    assert_eq!(shop.call("TP_WMD_Pay", &values).get("Sonuc"), "1");
    assert_eq!(shop.refused("TP_WMD_Pay", &values), -1);
    let charges = shop.world.charges("key-1");
    assert_eq!((charges.len(), charges[0].amount), (1, Kurus(1001)));
}
