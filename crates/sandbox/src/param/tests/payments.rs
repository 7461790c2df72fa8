//! Card payments: at once, with both kinds of 3-D, and what goes back.

use super::*;
use crate::Kurus;

const STATUS: &str = "TP_Islem_Sorgulama4";
const REFUND: &str = "TP_Islem_Iptal_Iade_Kismi2";
const HISTORY: &str = "TP_Islem_Izleme";
const WEEK: [(&str, &str); 4] = [
    ("Tarih_Bas", "25.11.2026 00:00:00"),
    ("Tarih_Bit", "01.12.2026 23:59:59"),
    ("Islem_Tip", ""),
    ("Islem_Durum", ""),
];

fn status(shop: &mut Shop, order: &str) -> Reply {
    shop.call(
        STATUS,
        &[("Dekont_ID", ""), ("Siparis_ID", order), ("Islem_ID", "")],
    )
}

fn refund(shop: &mut Shop, kind: &str, order: &str, amount: &str) -> String {
    let values = [("Durum", kind), ("Siparis_ID", order), ("Tutar", amount)];
    shop.call(REFUND, &values).get("Sonuc")
}

#[test]
fn a_payment_without_3d_is_charged_and_found() {
    let mut shop = Shop::open();
    let id = shop.pay("order-1", "1000,25");
    let payment = shop.world.payment(id).unwrap().clone();
    let charged = Effect::Charged {
        payment: id,
        order: "order-1".to_owned(),
        key: "order-1".to_owned(),
        amount: Kurus(100_025),
    };
    assert_eq!(shop.effects, [charged]);
    let found = status(&mut shop, "order-1");
    assert_eq!(found.get("Durum"), "SUCCESS");
    assert_eq!(found.get("Odeme_Sonuc"), "1");
    assert_eq!(found.get("Dekont_ID"), payment.receipt.to_string());
    assert_eq!(found.get("Toplam_Tutar"), "1000.25");
    assert_eq!(found.get("Komisyon_Tutar"), "17.5");
    assert_eq!(found.get("Tarih"), "28.11.2026 10:00:00");
    assert_eq!(found.get("KK_No"), "454671******7894");
    let nothing = status(&mut shop, "order-9");
    assert_eq!(
        (
            nothing.get("Sonuc").as_str(),
            find(&nothing.0, "DT_Bilgi").is_none()
        ),
        ("1", true)
    );
    let by_key = [
        ("Dekont_ID", ""),
        ("Siparis_ID", ""),
        ("Islem_ID", "order-1"),
    ];
    assert_eq!(shop.call(STATUS, &by_key).get("Siparis_ID"), "order-1");
    let by_none = [("Dekont_ID", ""), ("Siparis_ID", ""), ("Islem_ID", "")];
    assert_eq!(shop.refused(STATUS, &by_none), -209);
}

#[test]
fn a_used_order_number_is_replaced_or_refused() {
    let mut shop = Shop::open();
    shop.pay("order-1", "10,00");
    let again = shop.call("Pos_Odeme", &[("Siparis_ID", "order-1")]);
    assert_eq!(again.get("Siparis_ID"), "order-1_1");
    assert_eq!(
        shop.call("Pos_Odeme", &[("Siparis_ID", "order-1")])
            .get("Siparis_ID"),
        "order-1_2"
    );
    for operation in ["TP_WMD_UCD", "TP_WMD_UCD_v2"] {
        let reply = shop.call(operation, &[("Siparis_ID", "order-1")]);
        assert_eq!(
            (
                reply.get("Sonuc"),
                reply.get("Islem_ID"),
                reply.get("Banka_Sonuc_Kod")
            ),
            ("-400".to_owned(), "0".to_owned(), "0".to_owned())
        );
        assert!(find(&reply.0, "UCD_HTML").is_none());
    }
    // An order whose payment failed may be paid.
    shop.world
        .set_bank("4546711234567894", Verdict::Refuses(99));
    assert_eq!(shop.refused("TP_WMD_UCD", &[("Siparis_ID", "order-2")]), -1);
    shop.world.set_bank("4546711234567894", Verdict::Approves);
    assert_eq!(
        shop.call("TP_WMD_UCD", &[("Siparis_ID", "order-2")])
            .get("Sonuc"),
        "1"
    );
    assert_eq!(shop.world.charges("order-2").len(), 1);
}

#[test]
fn a_bank_that_refuses_leaves_its_code_and_a_row() {
    let mut shop = Shop::open();
    shop.world
        .set_bank("4546711234567894", Verdict::Refuses(51));
    let reply = shop.call("Pos_Odeme", &[("Siparis_ID", "order-1")]);
    assert_eq!(
        (reply.get("Sonuc"), reply.get("Banka_Sonuc_Kod")),
        ("-1".to_owned(), "51".to_owned())
    );
    assert_eq!(
        (reply.get("UCD_URL"), reply.get("Islem_ID")),
        ("NONSECURE".to_owned(), "0".to_owned())
    );
    assert_eq!(shop.effects, []);
    let found = status(&mut shop, "order-1");
    assert_eq!(
        (
            found.get("Durum"),
            found.get("Odeme_Sonuc"),
            found.get("Dekont_ID")
        ),
        ("BANK_FAIL".to_owned(), "2".to_owned(), "0".to_owned())
    );
    let history = shop.call(HISTORY, &WEEK);
    assert_eq!(
        (history.cell(0, "Sonuc"), history.cell(0, "PB")),
        ("2".to_owned(), String::new())
    );
    shop.world
        .set_bank("4546711234567894", Verdict::ApprovesSingle);
    assert_eq!(
        shop.refused("Pos_Odeme", &[("Siparis_ID", "order-2"), ("Taksit", "2")]),
        -220
    );
}

#[test]
fn three_d_pay_charges_when_the_customer_proves() {
    let mut shop = Shop::open();
    let values = [
        ("Siparis_ID", "order-1"),
        ("Islem_Guvenlik_Tip", "3D"),
        ("Islem_ID", "KV-1"),
    ];
    let reply = shop.call("Pos_Odeme", &values);
    let url = reply.get("UCD_URL");
    let session = url.rsplit('=').next().unwrap();
    assert!(url.starts_with("https://") && session.len() == 36, "{url}");
    assert!(shop.world.charges("order-1").is_empty());
    assert!(find(&status(&mut shop, "order-1").0, "DT_Bilgi").is_none());
    let now = shop.now;
    let (form, effects) = shop
        .world
        .customer(session, Customer::Proves, now, &mut shop.chance)
        .unwrap();
    assert_eq!(effects.len(), 1);
    let payment = shop.world.charges("KV-1")[0].clone();
    assert_eq!(reply.get("Islem_ID"), payment.id.to_string());
    assert_eq!(form.url, "https://domain.com/success");
    let field = |name: &str| form.get(&format!("TURKPOS_RETVAL_{name}"));
    assert_eq!(field("Dekont_ID"), payment.receipt.to_string());
    assert_eq!(field("SanalPOS_Islem_ID"), payment.id.to_string());
    assert_eq!(
        (field("Tahsilat_Tutari"), field("Odeme_Tutari")),
        ("1000,25", "982,75")
    );
    let signed = [
        "10738",
        field("GUID"),
        field("Dekont_ID"),
        field("Tahsilat_Tutari"),
        "order-1",
        "KV-1",
    ];
    assert_eq!(field("Hash"), hash(&signed));
    assert_eq!(form.fields.len(), 17);
    assert!(
        shop.world
            .customer(session, Customer::Proves, now, &mut shop.chance)
            .is_none()
    );
}

#[test]
fn the_3d_model_charges_when_the_shop_completes() {
    let mut shop = Shop::open();
    let start = [("Siparis_ID", "order-1"), ("Islem_Guvenlik_Tip", "3D")];
    let reply = shop.call("TP_WMD_UCD", &start);
    let session = reply.get("Islem_GUID");
    assert!(reply.get("UCD_HTML").contains(&session));
    let complete = |shop: &mut Shop, proof: &str| {
        let values = [
            ("UCD_MD", proof),
            ("Islem_GUID", session.as_str()),
            ("Siparis_ID", "order-1"),
        ];
        shop.call("TP_WMD_Pay", &values)
    };
    assert_eq!(complete(&mut shop, "x").get("Sonuc"), "-1");
    let now = shop.now;
    let (form, effects) = shop
        .world
        .customer(&session, Customer::Proves, now, &mut shop.chance)
        .unwrap();
    assert_eq!(effects.len(), 1);
    assert!(shop.world.charges("order-1").is_empty());
    let signed = [
        form.get("islemGUID"),
        form.get("md"),
        "1",
        "order-1",
        &shop.world.account().key.to_lowercase(),
    ];
    assert_eq!(form.get("islemHash"), hash(&signed));
    let wrong = complete(&mut shop, "x");
    assert_eq!(
        (
            wrong.get("Sonuc_Ack").is_empty(),
            wrong.get("Bank_Sonuc_Kod")
        ),
        (false, "-1".to_owned())
    );
    let done = complete(&mut shop, form.get("md"));
    let payment = shop.world.charges("order-1")[0];
    assert_eq!(done.get("Dekont_ID"), payment.receipt.to_string());
    assert_eq!(complete(&mut shop, form.get("md")).get("Sonuc"), "-1");
    assert_eq!(shop.world.charges("order-1").len(), 1);
}

#[test]
fn a_customer_who_fails_leaves_nothing_but_a_row() {
    let mut shop = Shop::open();
    for operation in ["Pos_Odeme", "TP_WMD_UCD"] {
        let start = [("Siparis_ID", operation), ("Islem_Guvenlik_Tip", "3D")];
        shop.call(operation, &start);
        let session = shop.world.payments().last().unwrap().session.clone();
        let now = shop.now;
        let (form, effects) = shop
            .world
            .customer(&session, Customer::Fails, now, &mut shop.chance)
            .unwrap();
        assert_eq!(
            (effects.len(), form.url.as_str()),
            (0, "https://domain.com/fail")
        );
        let found = status(&mut shop, operation);
        assert_eq!(
            (found.get("Durum"), found.get("Odeme_Sonuc")),
            ("FAIL".to_owned(), "-1".to_owned())
        );
    }
}

#[test]
fn the_second_version_says_the_net_amount() {
    let mut shop = Shop::open();
    let values = [
        ("Siparis_ID", "order-1"),
        ("Islem_Tutar", "50,00"),
        ("Toplam_Tutar", "50,00"),
    ];
    let reply = shop.call("TP_WMD_UCD_v2", &values);
    let names = ["Net_Tutar", "Komisyon_Tutar", "Komisyon_Oran"];
    assert_eq!(names.map(|name| reply.get(name)), ["49.12", "0.88", "1.75"]);
}

#[test]
fn foreign_currency_is_kept() {
    let mut shop = Shop::open();
    let reply = shop.call(
        "TP_Islem_Odeme_WD",
        &[
            ("Siparis_ID", "order-1"),
            ("Islem_Guvenlik_Tip", "NS"),
            ("Doviz_Kodu", "1002"),
        ],
    );
    assert_eq!(reply.get("Sonuc"), "1");
    assert_eq!(shop.world.charges("order-1")[0].currency, "EUR");
}

#[test]
fn a_payment_is_cancelled_on_its_day_and_refunded_later() {
    let mut shop = Shop::open();
    shop.pay("order-1", "10,00");
    shop.pay("order-2", "10,00");
    assert_eq!(refund(&mut shop, "IADE", "order-1", "10.00"), "-214");
    assert_eq!(refund(&mut shop, "IPTAL", "order-1", "9.99"), "-1");
    assert_eq!(refund(&mut shop, "IPTAL", "order-1", "0.00"), "-113");
    assert_eq!(refund(&mut shop, "IPTAL", "order-1", "10.00"), "1");
    assert_eq!(refund(&mut shop, "IPTAL", "order-1", "10.00"), "-211");
    assert_eq!(status(&mut shop, "order-1").get("Durum"), "CANCEL");
    shop.next_day();
    assert_eq!(refund(&mut shop, "IPTAL", "order-2", "10.00"), "-213");
    assert_eq!(refund(&mut shop, "IADE", "order-2", "4.00"), "1");
    assert_eq!(status(&mut shop, "order-2").get("Durum"), "PARTIAL_REFUND");
    assert_eq!(refund(&mut shop, "IADE", "order-2", "6.01"), "-221");
    let values = [("Durum", "IADE"), ("Siparis_ID", "order-2"), ("Tutar", "6")];
    let reply = shop.call("TP_Islem_Iptal_Iade_Kismi4", &values);
    let payment = shop.world.charges("order-2")[0].clone();
    assert_eq!(reply.get("Orjinal_Dekont_ID"), payment.receipt.to_string());
    assert_eq!(
        reply.get("Iade_Dekont_ID"),
        payment.given_back[1].receipt.to_string()
    );
    let found = status(&mut shop, "order-2");
    assert_eq!(
        (found.get("Durum"), found.get("Toplam_Iade_Tutar")),
        ("REFUND".to_owned(), "10".to_owned())
    );
    assert_eq!(refund(&mut shop, "IADE", "order-2", "1"), "-212");
    assert_eq!(refund(&mut shop, "IADE", "order-9", "1"), "-210");
}

#[test]
fn a_shared_payment_goes_back_through_the_marketplace_only() {
    let mut shop = Shop::open();
    let seller = shop.add_seller();
    let payment = shop.pay("order-1", "10,00");
    shop.enter(payment, &seller, "5,00", "4,00");
    assert_eq!(refund(&mut shop, "IPTAL", "order-1", "10.00"), "-210");
    assert_eq!(shop.world.returned("order-1"), Kurus::ZERO);
}

#[test]
fn the_history_has_a_row_for_each_step() {
    let mut shop = Shop::open();
    let id = shop.pay("order-1", "10,00");
    shop.pay("order-2", "20,00");
    refund(&mut shop, "IPTAL", "order-2", "20.00");
    shop.next_day();
    refund(&mut shop, "IADE", "order-1", "4.00");
    let history = shop.call(HISTORY, &WEEK);
    let column = |name: &str| {
        (0..history.rows().len())
            .map(|row| history.cell(row, name))
            .collect::<Vec<_>>()
    };
    assert_eq!(column("Tip_Str"), ["Satış", "Satış", "İptal", "İade"]);
    assert_eq!(
        column("Tutar"),
        ["10.0000", "20.0000", "-20.0000", "-4.0000"]
    );
    assert_eq!(column("Sonuc"), ["1", "12", "1", "1"]);
    assert_eq!(column("SanalPOS_Islem_ID_Orj")[3], id.to_string());
    assert_eq!(column("Tarih")[3], "2026-11-29T00:00:00+03:00");
    let refunds = [WEEK[0], WEEK[1], ("Islem_Tip", "İade"), WEEK[3]];
    assert_eq!(shop.call(HISTORY, &refunds).rows().len(), 1);
    let failed = [WEEK[0], WEEK[1], WEEK[2], ("Islem_Durum", "Başarısız")];
    assert_eq!(shop.call(HISTORY, &failed).rows().len(), 0);
    let summary = shop.call("TP_Mutabakat_Ozet", &WEEK[..2]);
    let cells = [
        "Basarili_Islem_Sayi",
        "Basarili_Islem_Toplam_Tutar",
        "Iptal_Islem_Toplam_Tutar",
        "Iade_Islem_Toplam_Tutar",
    ];
    assert_eq!(
        cells.map(|name| summary.cell(0, name)),
        ["2", "30.0000", "20.0000", "4.0000"]
    );
    let long = [
        WEEK[0],
        ("Tarih_Bit", "02.12.2026 00:00:01"),
        WEEK[2],
        WEEK[3],
    ];
    assert_eq!(shop.refused(HISTORY, &long), -222);
}
