//! Entries of sellers: sums, states, read-backs, and what goes back.

use super::*;
use crate::Kurus;

const ENTER: &str = "Pazaryeri_TP_Siparis_Detay_Ekle";
const APPROVE: &str = "Pazaryeri_TP_Siparis_Onay";
const BACK: &str = "Pazaryeri_TP_Iptal_Iade";
const QUERY: &str = "Pazaryeri_TP_Islem_Sorgulama";
const NO_TIME: [(&str, &str); 2] = [("Tarih_Bas", ""), ("Tarih_Bit", "")];

/// Returns a shop with a payment of 100,00 and two entries.
fn shared() -> (Shop, i64, [String; 2]) {
    let mut shop = Shop::open();
    let sellers = [shop.add_seller(), shop.add_seller()];
    let payment = shop.pay("order-1", "100,00");
    let first = shop.enter(payment, &sellers[0], "50,00", "45,00");
    let second = shop.enter(payment, &sellers[1], "48,25", "40,00");
    (shop, payment, [first, second])
}

fn back(kind: &str, key: &str, amount: &str, payable: &str) -> [(&'static str, String); 5] {
    [
        ("PYSiparis_GUID", key.to_owned()),
        ("Durum", kind.to_owned()),
        ("Siparis_ID", "order-1".to_owned()),
        ("SiparisTutar", amount.to_owned()),
        ("OdenecekTutar", payable.to_owned()),
    ]
}

fn pairs<'a>(values: &'a [(&'static str, String)]) -> Vec<(&'a str, &'a str)> {
    values
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect()
}

fn set(shop: &mut Shop, key: &str, state: &str) -> String {
    let reply = shop.call(APPROVE, &[("PYSiparis_GUID", key), ("Durum", state)]);
    reply.get("Sonuc")
}

#[test]
fn an_entry_is_found_by_every_filter() {
    let (mut shop, payment, keys) = shared();
    let seller = shop.world.order(&keys[1]).unwrap().seller.to_uppercase();
    let number = payment.to_string();
    let none = [
        ("GUID_AltUyeIsyeri", ""),
        ("PYSiparis_GUID", ""),
        ("SanalPOS_Islem_ID", "0"),
        ("Siparis_ID", "order-1"),
    ];
    let query = |shop: &mut Shop, values: &[(&str, &str)]| {
        let request = read(named(QUERY, "success-by-seller-and-time").unwrap());
        let mut body = String::from_utf8(request.body.clone()).unwrap();
        for (name, value) in none.iter().chain(&NO_TIME).chain(values) {
            body = replaced(&body, name, value);
        }
        let answer = shop.send(&Request {
            body: body.into_bytes(),
            ..request
        });
        Reply(xml::read(&answer.body).unwrap())
    };
    assert_eq!(query(&mut shop, &[]).rows().len(), 2);
    let one = query(&mut shop, &[("GUID_AltUyeIsyeri", &seller)]);
    assert_eq!(
        (one.rows().len(), one.cell(0, "PYSiparis_GUID")),
        (1, keys[1].clone())
    );
    assert_eq!(
        (one.cell(0, "Tutar_Urun"), one.cell(0, "Tutar_Odenecek")),
        ("48.2500".to_owned(), "40.0000".to_owned())
    );
    assert_eq!(
        query(&mut shop, &[("PYSiparis_GUID", &keys[0].to_uppercase())])
            .rows()
            .len(),
        1
    );
    assert_eq!(
        query(&mut shop, &[("SanalPOS_Islem_ID", &number)])
            .rows()
            .len(),
        2
    );
    assert_eq!(
        query(&mut shop, &[("SanalPOS_Islem_ID", "1")]).rows().len(),
        0
    );
    assert_eq!(
        query(&mut shop, &[("Siparis_ID", "order-2")]).rows().len(),
        0
    );
    let of_the_second = [
        ("Tarih_Bas", "28.11.2026 10:00:00"),
        ("Tarih_Bit", "28.11.2026 10:00:00"),
    ];
    assert_eq!(query(&mut shop, &of_the_second).rows().len(), 2);
    let later = [("Tarih_Bas", "28.11.2026 10:00:01"), ("Tarih_Bit", "")];
    let empty = query(&mut shop, &later);
    assert_eq!((empty.rows().len(), empty.get("Sonuc").as_str()), (0, "1"));
    let trace = shop.call(
        "Param_Pazaryeri_Islem_Izleme",
        &[("GUID_AltUyeIsyeri", &seller), NO_TIME[0], NO_TIME[1]],
    );
    assert_eq!(
        (trace.rows().len(), trace.get("tutar_urun")),
        (1, "48,25".to_owned())
    );
    assert_eq!(trace.get("Valör"), "29.11.2026");
}

#[test]
fn entries_stay_within_the_net_amount() {
    let (mut shop, payment, _) = shared();
    // 100,00 less 1.75 percent is 98,25, and all of it is given.
    assert_eq!(shop.world.payment(payment).unwrap().net(), Kurus(9825));
    let seller = shop.world.sellers()[0].key.clone();
    let number = payment.to_string();
    let entry = |number: &str, product: &str, payable: &str, seller: &str| {
        [
            ("SanalPOS_Islem_ID", number.to_owned()),
            ("GUID_AltUyeIsyeri", seller.to_owned()),
            ("Tutar_Urun", product.to_owned()),
            ("Tutar_Odenecek", payable.to_owned()),
        ]
    };
    let request = entry(&number, "0,01", "0,01", &seller);
    assert_eq!(shop.refused(ENTER, &pairs(&request)), -1);
    assert_eq!(
        shop.refused(ENTER, &pairs(&entry("1", "1,00", "1,00", &seller))),
        -209
    );
    let unknown = "7f2b9c1e-0000-4000-8000-0000000000ff";
    assert_eq!(
        shop.refused(ENTER, &pairs(&entry(&number, "1,00", "1,00", unknown))),
        -209
    );
    let other = shop.pay("order-2", "50,00");
    let receipt = shop.world.payment(other).unwrap().receipt.to_string();
    let other = other.to_string();
    assert_eq!(
        shop.refused(ENTER, &pairs(&entry(&other, "49,13", "1,00", &seller))),
        -1
    );
    assert_eq!(
        shop.refused(ENTER, &pairs(&entry(&receipt, "1,00", "1,00", &seller))),
        -209
    );
    shop.world.rules.entry_by_receipt = true;
    shop.call(ENTER, &pairs(&entry(&receipt, "1,00", "1,00", &seller)));
    assert_eq!(shop.effects.len(), 1);
    // Without a commission the stricter page counts: as much as was collected is too much.
    shop.world.rules.commission = 0;
    let whole = shop.pay("order-3", "10,00").to_string();
    assert_eq!(
        shop.refused(ENTER, &pairs(&entry(&whole, "10,00", "9,00", &seller))),
        -1
    );
    assert_eq!(
        shop.refused(ENTER, &pairs(&entry(&whole, "0,00", "9,00", &seller))),
        -113
    );
}

#[test]
fn one_seller_can_be_entered_twice() {
    let mut shop = Shop::open();
    let seller = shop.add_seller();
    let payment = shop.pay("order-1", "10,00");
    shop.enter(payment, &seller, "4,00", "3,00");
    shop.enter(payment, &seller.to_uppercase(), "4,00", "3,00");
    assert_eq!(shop.world.orders_of(payment).len(), 2);
    assert_eq!(shop.world.orders_of(payment)[1].seller, seller);
}

#[test]
fn states_follow_their_order() {
    let (mut shop, _, [key, _]) = shared();
    assert_eq!(set(&mut shop, &key, "1"), "1");
    assert_eq!(shop.effects, [Effect::OrderApproved { key: key.clone() }]);
    assert_eq!(set(&mut shop, &key, "-1"), "-1");
    assert_eq!(set(&mut shop, &key, "0"), "1");
    assert_eq!(set(&mut shop, &key.to_uppercase(), "-1"), "1");
    assert_eq!(shop.effects, [Effect::OrderCancelled { key: key.clone() }]);
    assert_eq!(set(&mut shop, &key, "1"), "-211");
    assert_eq!(
        shop.refused(APPROVE, &[("PYSiparis_GUID", "unknown"), ("Durum", "1")]),
        -209
    );
    assert_eq!(shop.world.order(&key).unwrap().state.code(), -1);
}

#[test]
fn a_whole_payment_goes_back_once() {
    let (mut shop, payment, [first, second]) = shared();
    assert_eq!(set(&mut shop, &first, "1"), "1");
    let refund = back("IADE", &first, "0", "0");
    assert_eq!(shop.refused(BACK, &pairs(&refund)), -214);
    let cancel = back("IPTAL", &first, "0", "0");
    let reply = shop.call(BACK, &pairs(&cancel));
    assert_eq!(
        (reply.get("Sonuc"), reply.get("Durum")),
        ("1".to_owned(), "12".to_owned())
    );
    let whole = Effect::Cancelled {
        payment,
        entry: None,
        amount: Kurus(10_000),
    };
    assert_eq!(shop.effects, [whole]);
    for key in [&first, &second] {
        assert_eq!(
            shop.world.order(key).unwrap().state,
            OrderState::PaymentCancelled
        );
        assert_eq!(set(&mut shop, key, "1"), "-211");
    }
    assert_eq!(shop.refused(BACK, &pairs(&cancel)), -211);
    shop.next_day();
    assert_eq!(shop.refused(BACK, &pairs(&refund)), -211);
    assert_eq!(shop.world.returned("order-1"), Kurus(10_000));
}

#[test]
fn the_day_of_istanbul_decides_between_cancel_and_refund() {
    let (mut shop, _, [first, second]) = shared();
    shop.now = Moment(shop.now.next_midnight().0 - 1);
    assert_eq!(
        shop.refused(BACK, &pairs(&back("IADE", &first, "0", "0"))),
        -214
    );
    shop.next_day();
    assert_eq!(
        shop.refused(BACK, &pairs(&back("IPTAL", &first, "0", "0"))),
        -213
    );
    assert_eq!(
        shop.call(BACK, &pairs(&back("IADE", &first, "0", "0")))
            .get("Durum"),
        "13"
    );
    assert_eq!(set(&mut shop, &second, "1"), "-212");
    assert_eq!(
        shop.refused(BACK, &pairs(&back("IADE", &second, "0", "0"))),
        -212
    );
}

#[test]
fn parts_of_an_entry_go_back_until_nothing_is_left() {
    let (mut shop, payment, [first, second]) = shared();
    shop.next_day();
    assert_eq!(
        shop.refused(BACK, &pairs(&back("IADE", &first, "50.01", "0"))),
        -221
    );
    assert_eq!(
        shop.refused(BACK, &pairs(&back("IADE", &first, "20.00", "30.01"))),
        -1
    );
    let reply = shop.call(BACK, &pairs(&back("IADE", &first, "20.00", "25.00")));
    assert_eq!(
        (reply.get("Sonuc"), reply.get("Durum")),
        ("1".to_owned(), "13".to_owned())
    );
    let part = Effect::Refunded {
        payment,
        entry: Some(first.clone()),
        amount: Kurus(2000),
    };
    assert_eq!(shop.effects, [part]);
    let entry = shop.world.order(&first).unwrap();
    assert_eq!((entry.product, entry.payable), (Kurus(3000), Kurus(2500)));
    assert_eq!(entry.state, OrderState::Waiting);
    // The same words again are a second refund.
    shop.call(BACK, &pairs(&back("IADE", &first, "20.00", "5")));
    assert_eq!(shop.world.refunded(&first), Kurus(4000));
    shop.call(BACK, &pairs(&back("IADE", &first, "10.0", "0")));
    assert_eq!(
        shop.world.order(&first).unwrap().state,
        OrderState::Refunded
    );
    assert_eq!(
        shop.refused(BACK, &pairs(&back("IADE", &first, "1", "0"))),
        -212
    );
    // The rest of the payment is the other seller's and the commission.
    shop.call(BACK, &pairs(&back("IADE", &second, "0", "0")));
    assert_eq!(shop.world.returned("order-1"), Kurus(10_000));
    assert_eq!(shop.world.refunded(&second), Kurus::ZERO);
}

#[test]
fn what_the_documents_leave_open_has_switches() {
    let (mut shop, _, [first, _]) = shared();
    shop.world.rules.part_changes_state = true;
    shop.world.rules.payable_within_refund = true;
    shop.next_day();
    assert_eq!(
        shop.refused(BACK, &pairs(&back("IADE", &first, "10", "10.01"))),
        -1
    );
    shop.call(BACK, &pairs(&back("IADE", &first, "10", "9")));
    let values = [
        ("PYSiparis_GUID", first.as_str()),
        ("GUID_AltUyeIsyeri", ""),
    ];
    let row = shop.call(QUERY, &[&values[..1]].concat());
    assert_eq!(row.cell(0, "Durum"), "13");
    assert_eq!(set(&mut shop, &first, "1"), "-212");
}

#[test]
fn a_part_never_says_that_the_payment_is_cancelled() {
    for part_changes_state in [false, true] {
        let (mut shop, _, [first, _]) = shared();
        shop.world.rules.part_changes_state = part_changes_state;
        shop.world.rules.whole_clears_shares = true;
        shop.call(BACK, &pairs(&back("IPTAL", &first, "10", "9")));
        let shown = |shop: &Shop| shop.world.order(&first).unwrap().shown_state();
        let expected = if part_changes_state {
            OrderState::Refunded
        } else {
            OrderState::Waiting
        };
        assert_eq!(shown(&shop), expected);
        assert!(shop.world.order(&first).unwrap().payable.is_positive());
        shop.call(BACK, &pairs(&back("IPTAL", &first, "0", "0")));
        assert_eq!(shown(&shop), OrderState::PaymentCancelled);
        assert_eq!(shop.world.order(&first).unwrap().payable, Kurus::ZERO);
    }
}

#[test]
fn a_refund_needs_the_order_of_its_entry() {
    let (mut shop, _, [first, _]) = shared();
    shop.pay("order-2", "10,00");
    let mut request = back("IPTAL", &first, "0", "0");
    request[2].1 = "order-2".to_owned();
    assert_eq!(shop.refused(BACK, &pairs(&request)), -209);
    request[2].1 = "order-9".to_owned();
    assert_eq!(shop.refused(BACK, &pairs(&request)), -210);
    assert_eq!(
        shop.refused(BACK, &pairs(&back("IPTAL", "unknown", "0", "0"))),
        -209
    );
}

#[test]
fn a_payment_that_is_gone_takes_no_entry() {
    let (mut shop, payment, [first, _]) = shared();
    let seller = shop.world.sellers()[0].key.clone();
    shop.call(BACK, &pairs(&back("IPTAL", &first, "0", "0")));
    let number = payment.to_string();
    let values = [
        ("SanalPOS_Islem_ID", number.as_str()),
        ("GUID_AltUyeIsyeri", &seller),
    ];
    assert_eq!(shop.refused(ENTER, &values), -211);
}
