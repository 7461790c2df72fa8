//! Stored cards.

use super::*;

const STORE: &str = "KS_Kart_Ekle";
const REMOVE: &str = "KS_Kart_Sil";

fn store(shop: &mut Shop, owner: &str) -> String {
    let reply = shop.call(STORE, &[("KK_Islem_ID", owner), ("KK_Kart_Adi", "A")]);
    let key = reply.get("KS_GUID");
    assert_eq!(shop.effects, [Effect::CardStored { key: key.clone() }]);
    key
}

#[test]
fn a_card_is_stored_listed_charged_and_removed() {
    let mut shop = Shop::open();
    let key = store(&mut shop, "customer-1");
    store(&mut shop, "customer-2");
    let list = shop.call(
        "KS_Kart_Liste",
        &[("KK_Kart_Adi", ""), ("KK_Islem_ID", "customer-1")],
    );
    assert_eq!(
        (list.rows().len(), list.cell(0, "KK_GUID")),
        (1, key.clone())
    );
    assert!(list.cell(0, "KK_No").contains("******"));
    let charge = [
        ("KS_GUID", key.to_uppercase()),
        ("Siparis_ID", "order-1".to_owned()),
        ("KK_Islem_ID", "customer-1".to_owned()),
    ];
    let charge: Vec<(&str, &str)> = charge.iter().map(|(n, v)| (*n, v.as_str())).collect();
    let reply = shop.call("KS_Tahsilat", &charge);
    assert_eq!(reply.get("UCD_URL"), "NONSECURE");
    assert_eq!(
        reply.get("Islem_ID"),
        shop.world.charges("order-1")[0].receipt.to_string()
    );
    assert!(find(&reply.0, "Siparis_ID").is_none());
    // The number stays, so a second charge is one.
    shop.call("KS_Tahsilat", &charge);
    assert_eq!(shop.world.charges("order-1").len(), 2);
    assert_eq!(
        shop.refused(REMOVE, &[("KS_GUID", &key), ("KK_Islem_ID", "customer-2")]),
        -209
    );
    let values = [("KS_GUID", key.as_str()), ("KK_Islem_ID", "customer-1")];
    assert_eq!(shop.call(REMOVE, &values).get("Sonuc"), "1");
    assert_eq!(shop.refused(REMOVE, &values), -209);
    assert_eq!(shop.refused("KS_Tahsilat", &charge), -208);
    assert_eq!(shop.world.stored_cards().len(), 1);
}

#[test]
fn pages_of_the_list_begin_at_one() {
    let mut shop = Shop::open();
    let keys: Vec<String> = (0..3).map(|_| store(&mut shop, "c")).collect();
    let page = |shop: &mut Shop, index: &str| {
        let values = [
            ("KK_Kart_Adi", ""),
            ("KK_Islem_ID", ""),
            ("Sayfa_Sayi", "2"),
            ("Sayfa_Index", index),
        ];
        shop.call("KS_Kart_Liste_Pagination", &values)
    };
    assert_eq!(page(&mut shop, "1").rows().len(), 2);
    assert_eq!(page(&mut shop, "2").cell(0, "KK_GUID"), keys[2]);
    assert!(page(&mut shop, "3").rows().is_empty());
}

#[test]
fn with_3d_the_card_code_is_needed() {
    let mut shop = Shop::open();
    let key = store(&mut shop, "c");
    let values = [
        ("KS_GUID", key.as_str()),
        ("KK_Islem_ID", "c"),
        ("Siparis_ID", "order-1"),
        ("Islem_Guvenlik_Tip", "3D"),
        ("CVV", ""),
    ];
    for operation in ["KS_Tahsilat", "KS_Tahsilat_UCD"] {
        assert_eq!(shop.refused(operation, &values), -105);
    }
    let mut with_code = values;
    with_code[4].1 = "000";
    let reply = shop.call("KS_Tahsilat_UCD", &with_code);
    let session = reply.get("Islem_GUID");
    let now = shop.now;
    let (form, _) = shop
        .world
        .customer(&session, Customer::Proves, now, &mut shop.chance)
        .unwrap();
    let complete = [
        ("UCD_MD", form.get("md")),
        ("Islem_GUID", session.as_str()),
        ("Siparis_ID", "order-1"),
    ];
    assert_eq!(shop.call("TP_WMD_Pay", &complete).get("Sonuc"), "1");
    assert_eq!(shop.world.charges("order-1").len(), 1);
    // The form of a stored card in 3D Pay has no signature.
    shop.call("KS_Tahsilat", &with_code);
    let session = shop.world.payments().last().unwrap().session.clone();
    let (form, _) = shop
        .world
        .customer(&session, Customer::Proves, now, &mut shop.chance)
        .unwrap();
    assert_eq!(
        (
            form.get("TURKPOS_RETVAL_Hash"),
            form.get("TURKPOS_RETVAL_Sonuc")
        ),
        ("", "1")
    );
}
