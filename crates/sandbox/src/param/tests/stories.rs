//! Stories of several calls behind faults, compared with the truth.

use super::*;
use crate::{Delivered, Fault, Faulty, Origin, Plan};

const ENTER: &str = "Pazaryeri_TP_Siparis_Detay_Ekle";
const QUERY: &str = "Pazaryeri_TP_Islem_Sorgulama";

/// Returns a world with a payment of 100,00 and a seller.
fn shared() -> (Faulty<Param>, Moment, String, String) {
    let mut shop = Shop::open();
    let seller = shop.add_seller();
    let payment = shop.pay("order-1", "100,00").to_string();
    let now = shop.now;
    (Faulty::new(shop.world, 7), now, payment, seller)
}

fn entry(payment: &str, seller: &str) -> Request {
    let values = [
        ("SanalPOS_Islem_ID", payment),
        ("GUID_AltUyeIsyeri", seller),
        ("Tutar_Urun", "40,00"),
        ("Tutar_Odenecek", "35,00"),
    ];
    sample(ENTER, &values)
}

fn rows(answer: &Delivered) -> usize {
    Reply(xml::read(&answer.answer().unwrap().body).unwrap())
        .rows()
        .len()
}

#[test]
fn w1_a_late_entry_is_not_found_and_comes_later() {
    let (mut faulty, now, payment, seller) = shared();
    faulty.plan(Plan::on(ENTER, Fault::Late(1000)));
    let request = entry(&payment, &seller);
    let exchange = faulty.exchange(1, &request, now);
    assert_eq!(
        (exchange.answer, exchange.arrived),
        (Delivered::Silence, true)
    );
    let query = sample(QUERY, &[("PYSiparis_GUID", "")]);
    assert_eq!(rows(&faulty.exchange(2, &query, now.plus(400)).answer), 0);
    // A client that takes this for proof enters the seller twice.
    faulty.exchange(3, &request, now.plus(500));
    assert_eq!(rows(&faulty.exchange(4, &query, now.plus(2000)).answer), 2);
    let id = payment.parse().unwrap();
    assert_eq!(faulty.world().orders_of(id).len(), 2);
    let keys: Vec<_> = faulty
        .accepted()
        .map(|entry| entry.key.clone().unwrap())
        .collect();
    assert_eq!(keys, vec![format!("{payment}/{seller}"); 2]);
    assert!(faulty.unused().is_empty());
}

#[test]
fn a_lost_answer_leaves_a_charge_that_the_status_finds() {
    let (mut faulty, now, ..) = shared();
    faulty.plan(Plan::on("Pos_Odeme", Fault::AnswerLost));
    let pay = sample("Pos_Odeme", &[("Siparis_ID", "order-2")]);
    assert_eq!(faulty.exchange(1, &pay, now).answer, Delivered::Cut);
    assert_eq!(faulty.world().charges("order-2").len(), 1);
    let ask = sample(
        "TP_Islem_Sorgulama4",
        &[
            ("Dekont_ID", ""),
            ("Siparis_ID", "order-2"),
            ("Islem_ID", ""),
        ],
    );
    let exchange = faulty.exchange(2, &ask, now);
    assert!(exchange.answer.answer().unwrap().text().contains("SUCCESS"));
}

#[test]
fn a_stale_query_does_not_have_the_new_row() {
    let (mut faulty, now, payment, seller) = shared();
    faulty.plan(Plan::on(QUERY, Fault::StaleRead));
    faulty.exchange(1, &entry(&payment, &seller), now);
    let query = sample(QUERY, &[("PYSiparis_GUID", "")]);
    assert_eq!(rows(&faulty.exchange(2, &query, now).answer), 0);
    assert_eq!(rows(&faulty.exchange(3, &query, now).answer), 1);
}

#[test]
fn the_customers_step_is_in_the_journal_and_is_no_write_of_the_shop() {
    let (mut faulty, now, ..) = shared();
    let pay = sample(
        "Pos_Odeme",
        &[("Siparis_ID", "order-2"), ("Islem_Guvenlik_Tip", "3D")],
    );
    faulty.exchange(1, &pay, now);
    let session = faulty.world().payments().last().unwrap().session.clone();
    let form = faulty.act(now, |world, chance| {
        let (form, effects) = world
            .customer(&session, Customer::Proves, now, chance)
            .unwrap();
        (form, effects)
    });
    assert_eq!(form.get("TURKPOS_RETVAL_Sonuc"), "1");
    let last = faulty.journal().last().unwrap();
    assert_eq!((last.origin, last.effects.len()), (Origin::Outside, 1));
    assert_eq!(faulty.accepted().count(), 1);
}

#[test]
fn no_drawn_story_loses_money_and_each_can_be_repeated() {
    let run = |seed: u64| {
        let (mut faulty, mut now, payment, seller) = shared();
        faulty.draw(300);
        let mut luck = Chance::new(seed);
        for step in 0..50 {
            now = now.plus(i64::try_from(luck.below(7_200_000)).unwrap());
            let world = faulty.world();
            let entries = world.orders_of(payment.parse().unwrap());
            let key = entries
                .last()
                .map_or_else(|| "none".to_owned(), |one| one.key.clone());
            let order = format!("order-{}", luck.below(4));
            let amount = format!("{}.{:02}", luck.below(20), luck.below(100));
            let kind = *luck.pick(&["IPTAL", "IADE"]).unwrap();
            let request = match luck.below(6) {
                0 => entry(&payment, &seller),
                1 => sample("Pos_Odeme", &[("Siparis_ID", &order)]),
                2 => sample(
                    "Pazaryeri_TP_Siparis_Onay",
                    &[
                        ("PYSiparis_GUID", &key),
                        ("Durum", luck.pick(&["0", "1", "-1"]).unwrap()),
                    ],
                ),
                3 => sample(
                    "Pazaryeri_TP_Iptal_Iade",
                    &[
                        ("PYSiparis_GUID", &key),
                        ("Durum", kind),
                        ("Siparis_ID", "order-1"),
                        ("SiparisTutar", &amount),
                        ("OdenecekTutar", "1"),
                    ],
                ),
                4 => sample(
                    "TP_Islem_Iptal_Iade_Kismi2",
                    &[("Durum", kind), ("Siparis_ID", &order), ("Tutar", &amount)],
                ),
                _ => sample(QUERY, &[("PYSiparis_GUID", "")]),
            };
            faulty.exchange(step % 5, &request, now);
            faulty.world().check_sums().unwrap();
        }
        faulty.tick(now.plus(86_400_000));
        faulty.world().check_sums().unwrap();
        let lines: Vec<String> = faulty.journal().iter().map(ToString::to_string).collect();
        lines.join("\n")
    };
    for seed in 0..12 {
        assert_eq!(run(seed), run(seed));
    }
    assert_ne!(run(1), run(2));
}
