//! Tables that only depend on the question: cards, provinces and districts, and the rows of a day.

use super::*;

fn codes(reply: &Reply, column: &str) -> Vec<String> {
    let rows = 0..reply.rows().len();
    rows.map(|row| reply.cell(row, column)).collect()
}

#[test]
fn cards_are_found_by_six_or_eight_digits_or_all() {
    let mut shop = Shop::open();
    let six = shop.call("BIN_SanalPos", &[("BIN", "454671")]);
    assert_eq!(codes(&six, "SanalPOS_ID"), ["1013"]);
    // A longer question finds the six digits that it begins with.
    let eight = shop.call("BIN_SanalPos", &[("BIN", "45467112")]);
    assert_eq!(codes(&eight, "BIN"), ["454671"]);
    let debit = shop.call("BIN_SanalPos", &[("BIN", "979204")]);
    assert_eq!(
        (debit.cell(0, "DKK"), debit.cell(0, "Kart_Tip")),
        ("0".into(), "Debit Card".into())
    );
    assert_eq!(shop.call("BIN_SanalPos", &[("BIN", "")]).rows().len(), 30);
    for unknown in ["000000", "45467"] {
        assert_eq!(shop.refused("BIN_SanalPos", &[("BIN", unknown)]), -208);
    }
}

#[test]
fn provinces_and_districts_have_their_codes() {
    let mut shop = Shop::open();
    for operation in ["IL_LISTESI", "Il_Liste"] {
        let provinces = shop.call(operation, &[]);
        assert_eq!(provinces.rows().len(), 81, "{operation}");
        assert_eq!(
            (provinces.cell(33, "Plaka"), provinces.cell(33, "IL")),
            ("34".into(), "İSTANBUL".into())
        );
    }
    assert!(find(&shop.call("Il_Liste", &[]).0, "DT").is_some());
    let districts = shop.call("ILCE_LISTESI", &[("Il_Plaka", "34")]);
    assert_eq!(districts.rows().len(), 39);
    assert_eq!(districts.get("Toplam_Kayit"), "0");
    let padded = shop.call("ILCE_LISTESI", &[("Il_Plaka", "06")]);
    assert_eq!(codes(&padded, "ID")[0], "601");
    for unknown in ["0", "82"] {
        let none = shop.call("ILCE_LISTESI", &[("Il_Plaka", unknown)]);
        assert_eq!((none.get("Sonuc"), none.rows().len()), ("1".into(), 0));
    }
    let wrong = [("ETS_GUID", "1c13d406-873b-403b-9c09-a5766840d98c")];
    assert_eq!(shop.refused("IL_LISTESI", &wrong), -101);
}

#[test]
fn a_day_has_its_sales_and_what_went_back() {
    const DETAIL: &str = "TP_Mutabakat_Detay";
    let mut shop = Shop::open();
    let day = shop.now.turkish();
    shop.pay("order-1", "1000,00");
    let three = [
        ("Taksit", "3"),
        ("Islem_Tutar", "30,00"),
        ("Toplam_Tutar", "30,00"),
        ("Siparis_ID", "order-2"),
    ];
    assert_eq!(shop.call("Pos_Odeme", &three).get("Sonuc"), "1");
    let detail = shop.call(DETAIL, &[("Tarih", &day)]);
    assert_eq!(
        codes(&detail, "SIPARIS_NO"),
        ["order-1", "order-2", "order-2", "order-2"]
    );
    assert_eq!(codes(&detail, "TAKSIT_SIRASI"), ["1", "1", "2", "3"]);
    assert_eq!(detail.cell(0, "PROVIZYON_TUTARI"), "1.000,00");
    assert_eq!(detail.cell(0, "NET_TUTAR"), "982,50");
    shop.next_day();
    let back = [
        ("Durum", "IADE"),
        ("Siparis_ID", "order-1"),
        ("Tutar", "1.50"),
    ];
    shop.call("TP_Islem_Iptal_Iade_Kismi2", &back);
    shop.world.rules.old_reconciliation = true;
    let next = shop.now.turkish();
    let detail = shop.call(DETAIL, &[("Tarih", &next)]);
    assert_eq!(codes(&detail, "TRANSACTION_TIPI"), ["İade"]);
    assert_eq!(codes(&detail, "TAKSIT_SIRA"), ["1"]);
    assert_eq!(detail.cell(0, "PROVIZYON_TUTARI"), "-1,50");
    assert_eq!(shop.refused(DETAIL, &[("Tarih", "x")]), -120);
}
