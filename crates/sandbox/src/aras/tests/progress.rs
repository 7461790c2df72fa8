//! Parcels that move by themselves.

use super::hosted::state;
use super::query::json;
use super::*;
use crate::Hosted;

const CODE: &str = "<IntegrationCode>KV-1001</IntegrationCode>";

fn status(world: &mut Aras) -> String {
    let rows = json(world, "1", CODE);
    rows["Cargo"]["DURUM_KODU"]
        .as_str()
        .unwrap_or("-")
        .to_owned()
}

#[test]
fn by_hand_time_changes_nothing() {
    let mut world = world();
    assert_eq!(world.tick(NOON.plus(86_400_000), &mut Chance::new(1)), []);
    assert_eq!(state(&world, "KV-1001"), "registered");
}

#[test]
fn at_once_a_parcel_is_delivered_by_the_next_tick() {
    let mut world = world();
    world.settings_mut().progress = Progress::AtOnce;
    let effects = world.tick(NOON, &mut Chance::new(1));
    assert_eq!(effects.len(), 6);
    assert_eq!(state(&world, "KV-1001"), "delivered");
    assert_eq!(world.tick(NOON, &mut Chance::new(1)), []);
}

#[test]
fn after_a_time_each_step_has_its_own_moment() {
    let mut world = world();
    world.settings_mut().progress = Progress::After(3_600_000);
    let hour = |hours: i64| NOON.plus(hours * 3_600_000);
    assert_eq!(world.tick(hour(1).plus(-1), &mut Chance::new(1)), []);
    assert_eq!(world.tick(hour(1), &mut Chance::new(1)).len(), 1);
    assert_eq!(state(&world, "KV-1001"), "at_origin");
    assert_eq!(world.tick(hour(4), &mut Chance::new(1)).len(), 3);
    assert_eq!(state(&world, "KV-1001"), "at_delivery_branch");
    let movements = &world.parcel("KV-1001").unwrap().movements;
    let times: Vec<Moment> = movements.iter().map(|movement| movement.at).collect();
    assert_eq!(times, [hour(2), hour(3), hour(4)]);
    assert_eq!(world.tick(hour(100), &mut Chance::new(1)).len(), 2);
    assert_eq!(world.parcel("KV-1001").unwrap().changed_at(), hour(6));
}

#[test]
fn after_reads_each_second_answer_shows_the_next_state() {
    let mut world = world();
    world.settings_mut().progress = Progress::AfterReads(2);
    let seen: Vec<String> = (0..13).map(|_| status(&mut world)).collect();
    let expected = [
        "-", "1", "1", "2", "2", "2", "2", "3", "3", "4", "4", "6", "6",
    ];
    // The first waybill is cut by the second read, and counts its own reads.
    assert_eq!(seen, expected);
    assert_eq!(state(&world, "KV-1001"), "delivered");
    let cancel = by_code("CancelDispatch", "KV-1001");
    let (answer, _) = world.handle(&cancel, NOON, &mut Chance::new(1));
    assert_eq!(answer.refused.unwrap().code, "999");
    assert_eq!(world.take_posts(), []);
}
