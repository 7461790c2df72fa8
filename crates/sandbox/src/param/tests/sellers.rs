//! Sellers: what is added is listed, changed, removed; individuals have a limit.

use super::*;

const ADD: &str = "Pazaryeri_TP_AltUyeIsyeri_Ekleme";
const UPDATE: &str = "Pazaryeri_TP_AltUyeIsyeri_Guncelleme";
const REMOVE: &str = "Pazaryeri_TP_AltUyeIsyeri_Silme";
const LIST: &str = "Pazaryeri_TP_AltUyeIsyeri_Liste";
const LIMIT: &str = "Pazaryeri_TP_Limit_Kontrol";

#[test]
fn a_seller_is_added_changed_listed_and_removed() {
    let mut shop = Shop::open();
    let key = shop.add_seller();
    assert_eq!(shop.effects, [Effect::SellerAdded { key: key.clone() }]);
    let capitals = key.to_uppercase();
    let values = [
        ("GUID_AltUyeIsyeri", capitals.as_str()),
        ("Adres", "Yeni Sokak 2"),
        ("EPosta", ""),
    ];
    assert_eq!(shop.call(UPDATE, &values).get("Sonuc"), "1");
    assert_eq!(shop.effects, [Effect::SellerUpdated { key: key.clone() }]);
    let list = shop.call(LIST, &[("Limit", ""), ("Skip", "")]);
    assert_eq!(list.get("Toplam_Kayit"), "1");
    assert_eq!(list.cell(0, "GUID"), key);
    assert_eq!(list.cell(0, "Adres"), "Yeni Sokak 2");
    assert_eq!(list.cell(0, "Tarih"), "2026-11-28T10:00:00+03:00");
    assert_eq!(
        shop.call(REMOVE, &[("GUID_AltUyeIsyeri", &capitals)])
            .get("Sonuc"),
        "1"
    );
    assert_eq!(shop.effects, [Effect::SellerRemoved { key: key.clone() }]);
    assert!(shop.call(LIST, &[]).rows().is_empty());
    assert_eq!(shop.refused(REMOVE, &[("GUID_AltUyeIsyeri", &key)]), -209);
    assert_eq!(shop.refused(UPDATE, &[("GUID_AltUyeIsyeri", &key)]), -209);
    assert_eq!(shop.world.sellers().len(), 1);
    assert!(shop.world.sellers()[0].removed.is_some());
}

#[test]
fn the_second_version_takes_numbers_of_shop_systems() {
    let mut shop = Shop::open();
    let reply = shop.call("Pazaryeri_TP_AltUyeIsyeri_Ekleme_v2", &[("SAPId", "S-1")]);
    let key = reply.get("GUID_AltUyeIsyeri");
    assert_eq!(shop.world.sellers()[0].value("SAPId"), "S-1");
    let values = [("GUID_AltUyeIsyeri", key.as_str()), ("SAPId", "S-2")];
    shop.call("Pazaryeri_TP_AltUyeIsyeri_Guncelleme_v2", &values);
    assert_eq!(shop.world.sellers()[0].value("SAPId"), "S-2");
}

#[test]
fn lists_are_cut_by_limit_and_skip() {
    let mut shop = Shop::open();
    let keys: Vec<String> = (0..5).map(|_| shop.add_seller()).collect();
    let list = shop.call(LIST, &[("Limit", "2"), ("Skip", "1")]);
    assert_eq!(list.get("Toplam_Kayit"), "5");
    assert_eq!(list.rows().len(), 2);
    assert_eq!(
        (list.cell(0, "GUID"), list.cell(0, "ID")),
        (keys[1].clone(), "2".to_owned())
    );
}

#[test]
fn one_person_can_be_added_twice() {
    let mut shop = Shop::open();
    assert_ne!(shop.add_seller(), shop.add_seller());
}

#[test]
fn individuals_have_a_limit() {
    let mut shop = Shop::open();
    let key = shop.add_seller();
    let payment = shop.pay("order-1", "9000,00");
    shop.enter(payment, &key, "4900,00", "4800,00");
    let ask = |shop: &mut Shop, amount: &str| {
        let reply = shop.call(
            LIMIT,
            &[("GUID_AltUyeIsyeri", &key), ("Tutar_Odenecek", amount)],
        );
        let names = [
            "Odeme_Alma_Durumu",
            "Toplam_Tahsilat_Tutari",
            "Pazaryeri_Limit",
            "Yeni_Odenecek_Tutar",
        ];
        names.map(|name| reply.get(name)).join(" ")
    };
    assert_eq!(ask(&mut shop, "200,00"), "true 4800 5000 5000");
    assert_eq!(ask(&mut shop, "200,01"), "false 4800 5000 5000");
    let values = [
        ("SanalPOS_Islem_ID", payment.to_string()),
        ("GUID_AltUyeIsyeri", key.clone()),
        ("Tutar_Urun", "300,00".to_owned()),
        ("Tutar_Odenecek", "200,01".to_owned()),
    ];
    let values: Vec<(&str, &str)> = values.iter().map(|(n, v)| (*n, v.as_str())).collect();
    assert_eq!(shop.refused("Pazaryeri_TP_Siparis_Detay_Ekle", &values), -1);
    // A company has none.
    let company = read(named(ADD, "success-company").unwrap());
    let answer = shop.send(&company);
    let reply = Reply(xml::read(&answer.body).unwrap());
    let key = reply.get("GUID_AltUyeIsyeri");
    let values = [
        ("GUID_AltUyeIsyeri", key.as_str()),
        ("Tutar_Odenecek", "99999,00"),
    ];
    assert_eq!(shop.call(LIMIT, &values).get("Odeme_Alma_Durumu"), "true");
}
