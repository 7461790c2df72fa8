//! A world as a server holds it: logins, steps and states.

use super::*;
use crate::Hosted;

fn step(world: &mut Horoz, json: &str) -> Result<Vec<Effect>, String> {
    let step: Step = serde_json::from_str(json).unwrap();
    let again = serde_json::to_string(&step).unwrap();
    assert_eq!(serde_json::from_str::<Step>(&again).unwrap(), step);
    world.act(step, NOON, &mut Chance::new(3))
}

#[test]
fn logins_differ_between_worlds() {
    let example = <Horoz as Hosted>::open("http://127.0.0.1:1/horoz", None);
    let login = [
        ("process_key", KEY.to_owned()),
        ("supplier_code", "801452".to_owned()),
    ];
    assert_eq!(example.login(), login);
    let mut chance = Chance::new(1);
    let first = <Horoz as Hosted>::open("http://127.0.0.1:1/horoz", Some(&mut chance));
    let second = <Horoz as Hosted>::open("http://127.0.0.1:1/horoz", Some(&mut chance));
    assert_ne!(first.login()[0], second.login()[0]);
    assert_eq!(first.login()[0].1.len(), 32);

    let request = get("/listCounties");
    assert!(example.is_login_of(&request) && !first.is_login_of(&request));
    let without = Request::new("GET", "/listCounties", &[], "");
    assert!(!example.is_login_of(&without));
}

#[test]
fn the_drawn_account_makes_orders() {
    let mut world = <Horoz as Hosted>::open("http://127.0.0.1:1", Some(&mut Chance::new(5)));
    let [(_, key), (_, account)] = &world.login()[..] else {
        panic!("{}", world.login().len());
    };
    let request = Request::new(
        "POST",
        "/w/1/horoz/createPaysSupplierShipping",
        &[("processKey", key), ("Content-Type", "application/json")],
        order().replace("801452", account),
    );
    let (answer, effects) = world.handle(&request, NOON, &mut Chance::new(1));
    assert_eq!(effects.len(), 1, "{}", text(&answer));
    assert_eq!(world.operation(&request), CREATE);
    assert_eq!(world.own_key(&request).unwrap(), "KV-1001");
}

#[test]
fn steps_move_an_order_to_its_end() {
    let mut story = Story::new();
    let unknown = r#"{"step": "accept", "order": "KV-1001"}"#;
    assert_eq!(
        step(&mut story.world, unknown).unwrap_err(),
        "no order has this number"
    );
    story.code(CREATE, &order());
    let state = |world: &Horoz| world.states()[0].1.name();
    let mut seen = vec![state(&story.world)];
    let next = r#"{"step": "next", "order": "KV-1001"}"#;
    while step(&mut story.world, next).is_ok() {
        seen.push(state(&story.world));
    }
    assert_eq!(
        seen,
        ["waiting", "accepted", "entered", "left", "delivered"]
    );
    let problem = r#"{"step": "move", "order": "KV-1001", "to": {"problem": "ADRESTE YOK"}}"#;
    assert_eq!(step(&mut story.world, problem).unwrap().len(), 1);
    assert_eq!(state(&story.world), "problem");
    let accept = r#"{"step": "accept", "order": "KV-1001"}"#;
    assert_eq!(
        step(&mut story.world, accept).unwrap_err(),
        "the order's state is `problem`"
    );
}

#[test]
fn steps_change_the_list_the_accounts_and_the_labels() {
    let mut story = Story::new();
    step(&mut story.world, r#"{"step": "block_address"}"#).unwrap();
    let (answer, _) = story.send_raw(&get("/serviceControl"));
    assert_eq!(answer.status, 403);
    step(&mut story.world, r#"{"step": "allow_address"}"#).unwrap();
    let foreign = order().replace("801452", "5");
    assert_eq!(story.code(CREATE, &foreign), "ERR-20005");
    step(&mut story.world, r#"{"step": "add_account", "code": 5}"#).unwrap();
    let plain = foreign.replace("PaysSupplier", "Standart");
    assert_eq!(story.code("createShipping", &plain), "STA-100");
    let read = r#"{"step": "read_label", "order": "KV-1001"}"#;
    assert!(step(&mut story.world, read).is_err());
    story.code("createBarcode", NUMBER);
    step(&mut story.world, read).unwrap();
    assert!(story.world.order("KV-1001").unwrap().is_label_read);
    let progress = r#"{"step": "progress", "how": {"after_reads": 2}}"#;
    step(&mut story.world, progress).unwrap();
    assert_eq!(story.world.settings().progress, Progress::AfterReads(2));
    assert_eq!(story.world.take_posts(), []);
}
