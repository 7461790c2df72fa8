//! An order that was registered: read back, labelled, cancelled, and too late for that.

use aras_tracking::shipments::{CancelDispatch, FetchLabel, FindOrder, ListOrders};
use aras_tracking::{Outcome, Sent, Settled};
use kervan_sandbox::Fault;
use kervan_turkiye::time::istanbul_day_at;

use super::{Shop, reference};

#[test]
fn an_order_is_read_back_labelled_and_cancelled() {
    let shop = Shop::open();
    shop.registered("KV-1");
    let find = FindOrder::new(reference("KV-1"));
    let found = shop.stage.run(shop.shipments.call(&find)).unwrap();
    assert_eq!(found.rows.len(), 1);
    assert_eq!(found.rows[0].reference.as_deref(), Some("KV-1"));
    assert_eq!(found.rows[0].trading_waybill.as_deref(), Some("S-1"));
    let today = istanbul_day_at(kervan_core::Host::now(&shop.stage.host()));
    let list = shop.stage.run(shop.shipments.call(&ListOrders::new(today)));
    assert!(list.is_ok());
    let label = FetchLabel::new(reference("KV-1"));
    let label = shop.stage.run(shop.shipments.call(&label)).unwrap();
    assert_eq!(label.pieces.len(), 1);

    // The answer gets lost, and the order is not there any more.
    let cancel = CancelDispatch::new(reference("KV-1"));
    let attempt = shop.stage.run(shop.shipments.prepare(&cancel)).unwrap();
    shop.stage.faults([Fault::AnswerLost]);
    assert!(
        shop.stage
            .run(shop.shipments.send(&cancel, &attempt))
            .is_err()
    );
    let settled = shop.stage.run(shop.shipments.settle(&cancel, &attempt));
    assert!(
        matches!(settled, Settled::Done(_) | Settled::InState),
        "{settled:?}"
    );
    assert!(!shop.stage.ask(|world| world.is_active("KV-1")));
    let found = shop.stage.run(shop.shipments.call(&find)).unwrap();
    assert!(found.is_not_found());
}

#[test]
fn an_order_whose_waybill_is_cut_is_not_cancelled() {
    let shop = Shop::open();
    shop.accepted("KV-1");
    let cancel = CancelDispatch::new(reference("KV-1"));
    let late = shop.stage.run(shop.shipments.send_or_settle(&cancel));
    let failed = late.unwrap_err();
    assert_eq!(failed.outcome(), Outcome::NotDone);
    assert!(shop.stage.ask(|world| world.is_active("KV-1")));
}

#[test]
fn one_order_is_cancelled_and_the_other_stays() {
    let shop = Shop::open();
    shop.registered("KV-1");
    shop.registered("KV-2");
    let cancel = CancelDispatch::new(reference("KV-1"));
    let sent = shop.stage.run(shop.shipments.send_or_settle(&cancel));
    assert!(matches!(sent, Ok(Sent::Done(_))), "{sent:?}");
    let states = shop
        .stage
        .ask(|world| ["KV-1", "KV-2"].map(|code| world.is_active(code)));
    assert_eq!(states, [false, true]);
}
