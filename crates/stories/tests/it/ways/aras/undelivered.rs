//! The list of the morning: parcels that were not delivered, and why.

use aras_tracking::query::Undelivered;
use aras_tracking::tracking::{NonDeliveryReason as Reason, TrackingStatus};
use kervan_sandbox::aras::{Move, Stage as At};

use super::{Shop, reference};

#[test]
fn parcels_wait_with_their_reasons_until_they_are_delivered() {
    let shop = Shop::open();
    for code in ["KV-1", "KV-2", "KV-3"] {
        shop.accepted(code);
        shop.moved(code, At::InTransfer);
        shop.moved(code, At::AtDeliveryBranch);
        shop.moved(code, At::OutForDelivery);
    }
    shop.moved_by(Move::new("KV-1", At::Undelivered).because("AY"));
    shop.moved_by(Move::new("KV-2", At::Undelivered).because("NT"));
    shop.moved("KV-3", At::Delivered);
    let list = || {
        let answer = shop.stage.run(shop.query.call(&Undelivered::new(())));
        let rows = answer.unwrap().value.rows.into_iter();
        let row = |parcel: aras_tracking::query::Parcel| {
            let reason = parcel.non_delivery();
            (parcel.reference.unwrap_or_default(), reason)
        };
        rows.map(row).collect::<Vec<_>>()
    };
    let waiting = list();
    let codes: Vec<_> = waiting.iter().map(|(code, _)| code.as_str()).collect();
    assert_eq!(codes, ["KV-1", "KV-2"]);
    assert_eq!(waiting[0].1, Some(Reason::WrongAddress));
    assert!(waiting[1].1.is_some());

    shop.moved("KV-1", At::OutForDelivery);
    shop.moved("KV-1", At::Delivered);
    let codes: Vec<_> = list().into_iter().map(|(code, _)| code).collect();
    assert_eq!(codes, ["KV-2"]);
    let delivered = shop.stage.run(shop.query.track(reference("KV-1"))).unwrap();
    assert_eq!(delivered[0].status, TrackingStatus::Delivered);
}

#[test]
fn a_parcel_that_comes_back_was_not_delivered() {
    let shop = Shop::open();
    shop.accepted("KV-1");
    shop.moved("KV-1", At::InTransfer);
    shop.moved("KV-1", At::AtDeliveryBranch);
    shop.moved("KV-1", At::OutForDelivery);
    shop.moved_by(Move::new("KV-1", At::Undelivered).because("KE"));
    shop.moved("KV-1", At::Returning);
    shop.moved("KV-1", At::Returned);
    let tracked = shop.stage.run(shop.query.track(reference("KV-1"))).unwrap();
    assert_ne!(tracked[0].status, TrackingStatus::Delivered);
}
