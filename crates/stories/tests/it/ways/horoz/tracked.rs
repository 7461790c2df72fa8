//! A parcel from waiting to its delivery, and a return.

use std::time::Duration;

use horoz_shipping::tracking::TrackingStatus;
use horoz_shipping::{
    CreateSupplierPaysOrder, GoodsDirection, RejectionKind, TrackError, TrackOrder,
};
use kervan_sandbox::horoz::{MovementKind, Step};

use super::{Shop, consumer, line, supplier};

const HOUR: Duration = Duration::from_secs(3_601);

/// Moves the parcel on, waits for an hour, and asks where it is.
fn after(shop: &Shop, query: &TrackOrder, to: MovementKind) -> TrackingStatus {
    let order = query.number.as_str().to_owned();
    shop.stage.act(Step::Move { order, to });
    shop.stage.pass(HOUR);
    let tracked = shop.stage.run(shop.client.track_order(query)).unwrap();
    tracked.value.tracking.status
}

#[test]
fn a_parcel_is_tracked_from_waiting_to_its_delivery() {
    let shop = Shop::open();
    shop.stage
        .run(shop.client.send_or_settle(&shop.order("KV-1")))
        .unwrap();
    let query = TrackOrder::new("KV-1");
    let unknown = shop.stage.run(shop.client.track_order(&query)).unwrap_err();
    let TrackError::Call(unknown) = unknown else {
        panic!("asked for the first time");
    };
    let kind = unknown.rejection().map(|no| no.kind);
    assert_eq!(kind, Some(RejectionKind::NotAcceptedYet));

    let order = "KV-1".to_owned();
    shop.stage.act(Step::Accept { order });
    shop.stage.pass(HOUR);
    let first = shop.stage.run(shop.client.track_order(&query)).unwrap();
    assert_ne!(first.tracking.status, TrackingStatus::Delivered);
    // The client itself keeps the pause.
    let soon = shop.stage.run(shop.client.track_order(&query));
    assert!(matches!(soon, Err(TrackError::TooSoon { .. })));
    let soon = shop.stage.run(shop.client.call(&query)).unwrap_err();
    assert_eq!(
        soon.rejection().map(|no| no.kind),
        Some(RejectionKind::AskedTooSoon)
    );

    assert_eq!(
        after(&shop, &query, MovementKind::Entered),
        TrackingStatus::InTransit
    );
    assert_eq!(
        after(&shop, &query, MovementKind::Left),
        TrackingStatus::InTransit
    );
    let problem = MovementKind::Problem("ADRES YETERSİZ".to_owned());
    let problem = after(&shop, &query, problem);
    assert_ne!(problem, TrackingStatus::Delivered);
    assert_eq!(
        after(&shop, &query, MovementKind::Delivered),
        TrackingStatus::Delivered
    );
}

#[test]
fn a_return_is_delivered_to_its_supplier() {
    let shop = Shop::open();
    let days = shop.days();
    let back = CreateSupplierPaysOrder::return_to_supplier("R-1", supplier(), consumer(), days)
        .line(line());
    shop.stage.run(shop.client.send_or_settle(&back)).unwrap();
    let order = "R-1".to_owned();
    shop.stage.act(Step::Accept { order });
    let query = TrackOrder::new("R-1").way(GoodsDirection::Return);
    let status = after(&shop, &query, MovementKind::Delivered);
    assert_ne!(status, TrackingStatus::Delivered, "not to a customer");
}
