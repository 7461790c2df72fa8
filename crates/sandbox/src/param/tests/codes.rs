//! Every result code of the provider's lists: reached by a rule, or only by an order.

use std::collections::BTreeSet;

use super::*;
use crate::Kurus;
use crate::values::replay;

const POS: &str = "Pos_Odeme";
const BACK: &str = "TP_Islem_Iptal_Iade_Kismi2";

/// The codes of refusals of both lists, that of the payments and that of the marketplace. Between -215
/// and -220 none has a public meaning.
fn listed() -> BTreeSet<i64> {
    let mut codes = BTreeSet::from([-1, -220, -221, -222, -400]);
    codes.extend(-121..=-100);
    codes.extend(-215..=-200);
    codes
}

/// Returns a code that a rule of the world refuses with.
fn by_rule(code: i64) -> Option<i64> {
    let mut shop = Shop::open();
    let long = "x".repeat(37);
    let value = match code {
        -100 => ("CLIENT_CODE", "1"),
        -101 => ("CLIENT_PASSWORD", "wrong"),
        -102 => ("Islem_Hash", "zdIBpbUnRfvlCIgHo01yfIfMXXx="),
        -103 => ("GUID", "0c13d406"),
        -104 => ("Siparis_ID", long.as_str()),
        -105 => ("KK_CVC", "00"),
        -106 => ("KK_SK_Yil", "202"),
        -107 => ("KK_SK_Ay", "13"),
        -108 => ("KK_Sahibi_GSM", "555111223"),
        -110 => ("Taksit", "13"),
        -111 => ("IPAdr", "here"),
        -112 => ("Islem_Tutar", "1000.25"),
        -113 => ("Islem_Tutar", "0,00"),
        -115 => ("Islem_Tutar", "1000"),
        -116 => ("Hata_URL", ""),
        -117 => ("KK_Sahibi_GSM", "555111223x"),
        -118 => ("KK_No", "454671123456"),
        -119 => ("KK_No", "4546 711234567894"),
        -121 => ("KK_Sahibi", ""),
        -202 => ("Toplam_Tutar", "1000,26"),
        _ => return after_a_start(code, &mut shop),
    };
    Some(shop.refused(POS, &[value]))
}

/// Returns a code that needs a state, or another operation.
fn after_a_start(code: i64, shop: &mut Shop) -> Option<i64> {
    let at = shop.now;
    shop.world.seed_payment(700, "order-1", Kurus(1000), at);
    let back = |durum, amount| {
        [
            ("Durum", durum),
            ("Siparis_ID", "order-1"),
            ("Tutar", amount),
        ]
    };
    let code = match code {
        -1 => shop.refused(BACK, &back("IPTAL", "1.00")),
        -120 => shop.refused("TP_Mutabakat_Detay", &[("Tarih", "today")]),
        -201 => {
            shop.world.rules.customer_rates[1] = -1;
            shop.refused(POS, &[("Taksit", "2")])
        }
        -208 => shop.refused("BIN_SanalPos", &[("BIN", "000000")]),
        -209 => shop.refused("Pazaryeri_TP_Siparis_Onay", &[]),
        -210 => shop.refused(BACK, &[("Siparis_ID", "order-9")]),
        -211 => {
            shop.call(BACK, &back("IPTAL", "10.00"));
            shop.refused(BACK, &back("IPTAL", "10.00"))
        }
        -212 => {
            shop.next_day();
            shop.call(BACK, &back("IADE", "10.00"));
            shop.refused(BACK, &back("IADE", "10.00"))
        }
        -213 => {
            shop.next_day();
            shop.refused(BACK, &back("IPTAL", "10.00"))
        }
        -214 => shop.refused(BACK, &back("IADE", "10.00")),
        -220 => {
            let card = "4546711234567894";
            shop.world.set_bank(card, Verdict::ApprovesSingle);
            shop.refused(POS, &[("KK_No", card), ("Taksit", "2")])
        }
        -221 => {
            shop.next_day();
            shop.refused(BACK, &back("IADE", "10.01"))
        }
        -222 => {
            let days = [
                ("Tarih_Bas", "01.11.2026 00:00:00"),
                ("Tarih_Bit", "08.11.2026 00:00:01"),
            ];
            shop.refused("TP_Islem_Izleme", &days)
        }
        -400 => shop.refused("TP_WMD_UCD", &[("Siparis_ID", "order-1")]),
        _ => return None,
    };
    Some(code)
}

/// Returns the codes of a line of the module's page, such as "- By a rule: -1, -100 to -102.".
fn documented(begins: &str) -> BTreeSet<i64> {
    let page = include_str!("../../param.rs");
    let lines = page
        .lines()
        .map(|line| line.trim_start_matches("//! ").trim_end());
    let text: Vec<&str> = lines.skip_while(|line| *line != "# Result codes").collect();
    let from = text.iter().position(|line| line.starts_with(begins));
    let text = &text[from.unwrap_or_else(|| panic!("no line {begins}"))..];
    let own = text
        .iter()
        .skip(1)
        .take_while(|line| line.starts_with("  "));
    let joined: String = own.fold(text[0].to_owned(), |all, line| all + line);
    let mut codes = BTreeSet::new();
    for part in joined[begins.len()..].trim_end_matches('.').split(',') {
        let (first, last) = part.split_once(" to ").unwrap_or((part, part));
        let number = |text: &str| -> Option<i64> { text.trim().parse().ok() };
        if let (Some(first), Some(last)) = (number(first), number(last)) {
            codes.extend(last..=first);
        }
    }
    codes
}

#[test]
fn the_page_says_of_each_code_whether_a_rule_or_only_an_order_reaches_it() {
    let (mut ruled, mut ordered) = (BTreeSet::new(), BTreeSet::new());
    for code in listed() {
        if let Some(reached) = by_rule(code) {
            assert_eq!(reached, code);
            ruled.insert(code);
            continue;
        }
        let mut shop = Shop::open();
        shop.world.refuse_next(POS, code);
        assert_eq!(shop.refused(POS, &[]), code);
        ordered.insert(code);
    }
    let texts = |codes: &BTreeSet<i64>| codes.iter().map(ToString::to_string).collect::<Vec<_>>();
    let (by_rule, by_order) = (texts(&ruled), texts(&ordered));
    let by_rule: Vec<&str> = by_rule.iter().map(String::as_str).collect();
    let by_order: Vec<&str> = by_order.iter().map(String::as_str).collect();
    replay::print_codes("param-marketplace", &by_rule, &by_order, &[]);
    assert_eq!(documented("- By a rule:"), ruled);
    assert_eq!(documented("- By an order only:"), ordered);
    // An order reaches every code, so that none is left.
    assert_eq!(documented("- By neither:"), BTreeSet::new());
}
