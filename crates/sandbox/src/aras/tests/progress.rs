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

#[test]
fn steps_of_several_parcels_are_pushed_in_the_order_of_time() {
    let mut world = world();
    world.register(Order::new("KV-1002", NOON.plus(1_800_000)));
    world.settings_mut().progress = Progress::After(3_600_000);
    world.settings_mut().push_to = Some("http://127.0.0.1:1/".to_owned());
    world.tick(NOON.plus(86_400_000), &mut Chance::new(1));
    let about: Vec<String> = world
        .take_posts()
        .into_iter()
        .map(|post| post.about)
        .collect();
    let number = |code: &str| world.parcel(code).unwrap().tracking_number.clone();
    let (one, two) = (number("KV-1001"), number("KV-1002"));
    assert_eq!(about, [one.clone(), two.clone(), one, two]);
}

#[test]
fn a_page_counts_as_an_answer_but_its_redirect_and_refusal_do_not() {
    let mut world = world();
    world.cut_waybill("KV-1001");
    world.settings_mut().progress = Progress::AfterReads(1);
    let number = world.parcel("KV-1001").unwrap().tracking_number.clone();
    let get = |world: &mut Aras, path: &str| {
        let request = Request::new("GET", path, &[], "");
        world.handle(&request, NOON, &mut Chance::new(1)).1.len()
    };
    assert_eq!(get(&mut world, &format!("/mainpage.aspx?code={number}")), 0);
    assert_eq!(
        get(&mut world, "/mainpage.aspx?accountid=1&alici_kod=KV-1001"),
        0
    );
    assert_eq!(state(&world, "KV-1001"), "at_origin");
    assert_eq!(
        get(&mut world, &format!("/kargotakip.aspx?code={number}")),
        1
    );
    assert_eq!(state(&world, "KV-1001"), "in_transfer");
}
