//! A parcel from its acceptance to its delivery: by the query service, the shipment service and its page.

use aras_tracking::shipments::{GetCargoInfo, GetCargoTransaction, GetDeliveryInfoOf};
use aras_tracking::tracking::TrackingStatus;
use aras_tracking::{
    AccountId, AccountLink, LinkReport, ParcelLookup, Secret, ShareableLink, TrackingNumber,
};
use kervan_sandbox::aras::Stage as At;

use super::{Shop, reference};

/// Returns the state that each service shows: by reference, and by number on the page.
fn states(shop: &Shop, code: &str) -> [TrackingStatus; 2] {
    let tracked = shop.stage.run(shop.query.track(reference(code))).unwrap();
    assert_eq!(tracked.len(), 1);
    let number = shop.parcel(code).tracking_number;
    let number = TrackingNumber::new(number).unwrap();
    let page = shop
        .stage
        .run(shop.pages.fetch_number(number))
        .unwrap()
        .value;
    let ParcelLookup::Found(page) = page else {
        panic!("found: {page:?}");
    };
    let rows = shop
        .stage
        .run(shop.shipments.call(&GetCargoInfo::new(reference(code))));
    assert_eq!(rows.unwrap().rows.len(), 1);
    [tracked[0].status.clone(), page.tracking().status]
}

#[test]
fn a_parcel_is_tracked_from_its_acceptance_to_its_delivery() {
    let shop = Shop::open();
    shop.registered("KV-1");
    let none = shop.stage.run(shop.query.track(reference("KV-1"))).unwrap();
    assert!(none.is_empty(), "there is no parcel yet");
    let parcel = shop.taken("KV-1");
    let both = |status: TrackingStatus| [status.clone(), status];
    let accepted = states(&shop, "KV-1");
    assert!(
        !accepted.contains(&TrackingStatus::Delivered),
        "{accepted:?}"
    );
    shop.moved("KV-1", At::InTransfer);
    assert_eq!(states(&shop, "KV-1"), both(TrackingStatus::InTransit));
    shop.moved("KV-1", At::AtDeliveryBranch);
    shop.moved("KV-1", At::OutForDelivery);
    assert_eq!(states(&shop, "KV-1"), both(TrackingStatus::OutForDelivery));
    shop.moved("KV-1", At::Delivered);
    assert_eq!(states(&shop, "KV-1"), both(TrackingStatus::Delivered));

    let tracked = shop.stage.run(shop.query.track(reference("KV-1"))).unwrap();
    let steps = tracked[0].timeline.events().len();
    assert!(steps >= shop.parcel("KV-1").movements.len(), "{steps}");
    let movements = GetCargoTransaction::new(reference("KV-1"));
    let rows = shop.stage.run(shop.shipments.call(&movements)).unwrap();
    assert!(!rows.rows.is_empty());
    let delivery = GetDeliveryInfoOf::new([parcel.waybill]);
    let delivery = shop.stage.run(shop.shipments.call(&delivery)).unwrap();
    assert_eq!(delivery.rows.len(), 1);
}

#[test]
fn a_pasted_link_leads_to_the_status() {
    let shop = Shop::open();
    let parcel = shop.accepted("KV-1");
    shop.moved("KV-1", At::InTransfer);
    let found = |pasted: &str| {
        let report = LinkReport::of(pasted);
        let link = report.link().unwrap();
        let found = shop.stage.run(shop.pages.fetch_parcel(link)).unwrap();
        (found.value, link.to_shareable().is_some())
    };
    let number = TrackingNumber::new(parcel.tracking_number.as_str()).unwrap();
    let shared = ShareableLink::by_tracking_number(number);
    let (page, is_shown) = found(&shared.to_string());
    let status = page.found().map(|page| page.tracking().status);
    assert_eq!((status, is_shown), (Some(TrackingStatus::InTransit), true));
    // Behind the link of the account is a picture for a person, and it is never shown to anybody.
    let account = shop.stage.ask(|world| world.settings().account_id.clone());
    let password = shop
        .stage
        .ask(|world| world.settings().link_password.clone());
    let account = AccountLink::new(AccountId::new(account).unwrap(), reference("KV-1"));
    let account = account.password(Secret::new(password)).expose_url();
    assert_eq!(found(&account), (ParcelLookup::NeedsPerson, false));
    let unknown = TrackingNumber::new("9999999999999").unwrap();
    let unknown = shop.stage.run(shop.pages.fetch_number(unknown)).unwrap();
    assert!(matches!(unknown.value, ParcelLookup::NotFound));
}
