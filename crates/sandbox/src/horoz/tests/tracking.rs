//! Tracking, and parcels that move by themselves.

use super::*;

#[test]
fn tracking_needs_goods_and_patience() {
    let mut story = Story::new();
    story.code(CREATE, &order());
    assert_eq!(story.track("KV-9")["responseCode"], "ERR-20004");
    assert_eq!(story.track("KV-1001")["responseCode"], "ERR-20004");
    let accepted = story.world.accept("KV-1001", NOON, &mut story.chance);
    assert_eq!(accepted.len(), 1);
    assert_eq!(
        story.code("cancelPaysSupplierShipping", NUMBER),
        "ERR-29001"
    );
    assert_eq!(story.track("KV-1001")["responseCode"], "STA-100");
    assert_eq!(story.track("KV-1001")["responseCode"], "ERR-20002");
    let problem = MovementKind::Problem("ADRESTE YOK".to_owned());
    story.world.move_parcel("KV-1001", problem, NOON);
    story.now = Moment(NOON.0 + HOUR);
    let answer = story.track("KV-1001");
    assert_eq!(
        answer["shippingDeliveryState"]["deliveryStatus"],
        "TESLİM SORUN"
    );
    assert_eq!(answer["listOfMovements"][0]["status"], "BEKLİYOR");
    assert_eq!(
        answer["listOfMovements"][0]["statusDate"],
        "27.11.2026 12:00"
    );
    assert_eq!(
        answer["listOfMovements"][1]["deliveryProblem"],
        "ADRESTE YOK"
    );
    assert_eq!(answer["listOfShipments"][0]["weight"], 41.3);
    assert_eq!(story.world.queries_of("KV-1001"), 4);
}

#[test]
fn parcels_move_by_time_or_by_queries() {
    let mut story = Story::new();
    story.world.settings_mut().progress = Progress::After(HOUR);
    story.code(CREATE, &order());
    let later = Moment(NOON.0 + 2 * HOUR);
    assert_eq!(story.world.tick(later, &mut story.chance).len(), 2);
    assert_eq!(story.world.tick(later, &mut story.chance), []);
    let much_later = Moment(NOON.0 + 100 * HOUR);
    let moved = story.world.tick(much_later, &mut story.chance);
    let to = |kind| Effect::Moved {
        number: "KV-1001".to_owned(),
        to: kind,
    };
    assert_eq!(moved, [to(MovementKind::Left), to(MovementKind::Delivered)]);

    let mut story = Story::new();
    story.world.settings_mut().progress = Progress::AfterReads(2);
    story.world.settings_mut().tracking_pause = 0;
    story.code(CREATE, &order());
    story.world.accept("KV-1001", NOON, &mut story.chance);
    let states: Vec<Value> = (0..6)
        .map(|_| story.track("KV-1001")["shippingDeliveryState"]["deliveryStatus"].clone())
        .collect();
    assert_eq!(
        states,
        ["BEKLİYOR", "GİRİŞ", "GİRİŞ", "ÇIKIŞ", "ÇIKIŞ", "TESLİM"]
    );
}
