//! Orders of both kinds: made once, corrected, cancelled, sent back, many at once.

use std::time::Duration;

use horoz_shipping::{
    Attempt, CancelShippingOrder, CancelSupplierPaysOrder, CreateSupplierPaysOrder, Direction,
    ListCounties, Outcome, RejectionKind, Resumed, Sent, Settled, from_stored,
};
use kervan_bulk::{Bulk, BulkState, RunPlan};
use kervan_ledger::{Account, ContentsKey, Ledger, MemoryStore};
use kervan_sandbox::Fault;
use kervan_sandbox::horoz::{Effect, Method, State, Step};

use super::{Shop, consumer, line, supplier};

fn created(shop: &Shop, number: &str) -> usize {
    let effects = shop.stage.caused().into_iter();
    effects
        .filter(
            |effect| matches!(effect, Effect::OrderCreated { number: own, .. } if own == number),
        )
        .count()
}

#[test]
fn an_order_whose_answer_is_lost_is_there_once() {
    let shop = Shop::open();
    shop.stage.faults([Fault::AnswerLost]);
    let sent = shop
        .stage
        .run(shop.client.send_or_settle(&shop.order("KV-1")));
    assert!(matches!(sent, Ok(Sent::Exists)), "{sent:?}");
    assert_eq!(created(&shop, "KV-1"), 1);
    let truth = shop
        .stage
        .ask(|world| world.order("KV-1").cloned())
        .unwrap();
    assert_eq!((truth.method, truth.pieces), (Method::SupplierPays, 2));
    assert_eq!(truth.recipient, "AYŞE ÖRNEK");
}

#[test]
fn an_order_is_resumed_after_a_crash() {
    let shop = Shop::open();
    let order = shop.order("KV-1");
    let attempt = shop.stage.run(shop.client.prepare(&order)).unwrap();
    let kept = serde_json::to_string(&attempt).unwrap();
    shop.stage.faults([Fault::Late(120_000)]);
    assert!(shop.stage.run(shop.client.send(&order, &attempt)).is_err());
    shop.stage.pass(Duration::from_secs(700));
    let attempt = from_stored::<Attempt>(&kept).unwrap();
    let resumed = shop.stage.run(shop.client.resume(&order, &attempt));
    let Ok(Resumed::Settled(settled)) = resumed else {
        panic!("settled: {resumed:?}");
    };
    assert!(
        matches!(settled, Settled::Done(_) | Settled::Exists),
        "{settled:?}"
    );
    assert_eq!(created(&shop, "KV-1"), 1);
}

#[test]
fn a_number_of_another_order_is_refused() {
    let shop = Shop::open();
    shop.stage
        .run(shop.client.send_or_settle(&shop.order("KV-1")))
        .unwrap();
    let again = shop
        .stage
        .run(shop.client.send_or_settle(&shop.order("KV-1")));
    let failed = again.unwrap_err();
    assert_eq!(failed.outcome(), Outcome::NotDone);
    let kind = failed.error.rejection().map(|no| no.kind);
    assert_eq!(kind, Some(RejectionKind::NumberTaken));
    assert_eq!(created(&shop, "KV-1"), 1);
}

#[test]
fn broken_places_are_corrected_under_the_same_number() {
    let shop = Shop::open();
    let mut order = shop.order("KV-1");
    if let Direction::Delivery { recipient, .. } = &mut order.direction {
        *recipient = consumer().county("Merkez");
    }
    // Horoz keeps it in a broken state, and says so when it comes again.
    for _ in 0..2 {
        let refused = shop.stage.run(shop.client.call(&order));
        assert!(refused.is_err());
    }
    let refused = shop.stage.run(shop.client.call(&order)).unwrap_err();
    assert_eq!(
        refused.rejection().map(|no| no.kind),
        Some(RejectionKind::BrokenPlaces)
    );
    assert!(!shop.is_active("KV-1"));
    let state = shop
        .stage
        .ask(|world| world.order("KV-1").map(|one| one.state.clone()));
    assert_eq!(state, Some(State::Broken));

    let counties = shop.stage.run(shop.client.call(&ListCounties::new()));
    let places = counties.unwrap().value.place_book();
    let careful = shop.careful(places);
    let problems = careful.check(&order);
    let codes: Vec<_> = problems.iter().map(horoz_shipping::Problem::code).collect();
    assert_eq!(codes, ["horoz.place_unknown"]);
    let order = shop.order("KV-1");
    let sent = shop.stage.run(shop.client.send_or_settle(&order));
    assert!(matches!(sent, Ok(Sent::Done(_) | Sent::Exists)), "{sent:?}");
    assert!(shop.is_active("KV-1"));
    assert_eq!(created(&shop, "KV-1"), 1);
}

#[test]
fn an_order_of_the_suppliers_account_is_made_and_cancelled() {
    let shop = Shop::open();
    shop.stage
        .run(shop.client.call(&shop.plain("KV-1")))
        .unwrap();
    let method = shop
        .stage
        .ask(|world| world.order("KV-1").map(|one| one.method));
    assert_eq!(method, Some(Method::Plain));
    // Nothing settles it: a lost answer is for a person.
    shop.stage.faults([Fault::AnswerLost]);
    let lost = shop
        .stage
        .run(shop.client.call(&shop.plain("KV-2")))
        .unwrap_err();
    assert_eq!(lost.outcome(), Outcome::Unknown);
    assert!(shop.is_active("KV-2"));
    shop.stage
        .run(shop.client.call(&CancelShippingOrder::new("KV-1")))
        .unwrap();
    assert!(!shop.is_active("KV-1"));
}

#[test]
fn an_order_is_cancelled_until_its_goods_are_accepted() {
    let shop = Shop::open();
    for number in ["KV-1", "KV-2"] {
        shop.stage
            .run(shop.client.send_or_settle(&shop.order(number)))
            .unwrap();
    }
    shop.stage
        .run(shop.client.call(&CancelSupplierPaysOrder::new("KV-1")))
        .unwrap();
    assert!(!shop.is_active("KV-1"));
    let order = "KV-2".to_owned();
    shop.stage.act(Step::Accept { order });
    let late = shop
        .stage
        .run(shop.client.call(&CancelSupplierPaysOrder::new("KV-2")));
    assert!(late.is_err());
    assert!(shop.is_active("KV-2"));
}

#[test]
fn a_return_has_a_number_of_its_own_and_goes_to_the_supplier() {
    let shop = Shop::open();
    let days = shop.days();
    let back = CreateSupplierPaysOrder::return_to_supplier("R-1", supplier(), consumer(), days)
        .line(line());
    shop.stage.run(shop.client.send_or_settle(&back)).unwrap();
    let truth = shop.stage.ask(|world| world.order("R-1").cloned()).unwrap();
    assert_eq!((truth.sender_code, truth.recipient_code), (0, 801_452));
    assert_eq!(truth.sender, "AYŞE ÖRNEK");
}

#[test]
fn many_orders_are_made_once_each_though_answers_are_lost() {
    let shop = Shop::open();
    let numbers: Vec<_> = (1..=20).map(|number| format!("KV-{number}")).collect();
    let orders: Vec<_> = numbers.iter().map(|number| shop.order(number)).collect();
    // One is there already, by somebody else.
    shop.stage.run(shop.client.call(&orders[4])).unwrap();
    let faults = [Fault::AnswerLost, Fault::None, Fault::RequestLost];
    shop.stage.faults(faults.into_iter().cycle().take(12));
    let host = shop.stage.host();
    let ledger = Ledger::new(MemoryStore::new(), host, ContentsKey::new([7; 32]));
    let account = Account {
        provider: "horoz".to_owned(),
        merchant: "test".to_owned(),
    };
    let (bulk, plan) = (
        Bulk::new(&ledger, &shop.client, &account),
        RunPlan::default(),
    );
    let mut taken = Vec::new();
    let run = bulk.run::<CreateSupplierPaysOrder, _>(&orders, &plan, |result| {
        if result.state == BulkState::KeyTaken {
            taken.push(result.key.clone());
        }
    });
    let report = shop.stage.run(run).unwrap();
    assert_eq!(report.done + report.already_there, 19);
    assert_eq!(taken, ["KV-5"]);
    for number in &numbers {
        assert_eq!(created(&shop, number), 1, "{number}");
    }
}
