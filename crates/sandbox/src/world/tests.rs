//! A world as a whole: its log, its clock, and a file of it.

mod random;

use std::collections::BTreeMap;

use serde_json::json;

use super::*;
use crate::Plan;
use crate::outbox::Rule;

const KEY: (&str, &str) = ("processKey", "0123456789abcdef0123456789abcdef");

fn noon() -> Moment {
    Moment::parse_turkish("28.11.2026 12:00:00").unwrap()
}

fn world() -> World {
    let settings = NewWorld::new("http://127.0.0.1:1/", 1).clock(Clock::Manual(noon()));
    World::new(&settings)
}

fn counties() -> Request {
    Request::new("GET", "/listCounties", &[KEY], "")
}

fn ask(world: &mut World, request: &Request) -> Delivered {
    let reaction = world.exchange("horoz", 1, request, Moment(0)).unwrap();
    reaction.delivered
}

#[test]
fn calls_are_written_down_without_logins() {
    let mut world = world();
    ask(&mut world, &counties());
    let record = world.records().next().unwrap();
    assert_eq!(
        (record.number, record.operation.as_str()),
        (1, "listCounties")
    );
    assert_eq!(record.outcome, Some(Outcome::Answer));
    let shown = format!("{:?}{:?}{record}", record.request, record.answer);
    assert!(!shown.contains(KEY.1), "{shown}");
    assert!(shown.contains("ADANA"));
}

#[test]
fn a_refusal_says_why() {
    let mut world = world();
    ask(&mut world, &Request::new("GET", "/nowhere", &[KEY], ""));
    let record = world.records().next().unwrap();
    assert!(record.refused.is_some(), "{record}");
}

#[test]
fn a_call_that_never_arrives_is_written_down_too() {
    let mut world = world();
    world
        .plan("horoz", Plan::next(crate::Fault::RequestLost))
        .unwrap();
    assert_eq!(ask(&mut world, &counties()), Delivered::Silence);
    let record = world.records().next().unwrap();
    assert_eq!((record.status, record.outcome), (0, Some(Outcome::Silence)));
    assert!(world.unused().is_empty());
}

#[test]
fn the_log_keeps_the_last_thousand_records() {
    let mut world = world();
    for _ in 0..1002 {
        ask(&mut world, &counties());
    }
    let numbers: Vec<u64> = world.records().map(|record| record.number).collect();
    assert_eq!(numbers, (3..=1002).collect::<Vec<u64>>());
}

#[test]
fn a_rule_that_no_post_has_met_is_unused() {
    let mut world = world();
    let rule = Rule::on("haso", "callback", crate::outbox::How::Never);
    world.rule(rule).unwrap();
    let sentence = "haso: never for a post of callback was not applied";
    assert_eq!(world.unused(), [sentence]);
    world.forget_unused();
    assert_eq!(world.unused(), [""; 0]);
}

#[test]
fn no_provider_has_another_name() {
    let mut world = world();
    assert!(world.exchange("dhl", 1, &counties(), Moment(0)).is_none());
    assert!(world.plan("dhl", Plan::next(crate::Fault::Page)).is_err());
    assert!(world.act("dhl", json!({ "step": "x" }), Moment(0)).is_err());
    assert!(world.login("dhl").is_empty());
    assert_eq!(world.provider::<Horoz>().unwrap().orders().count(), 0);
}

#[test]
fn worlds_of_one_seed_are_equal_and_logins_differ_by_seed() {
    let login = |seed: u64| {
        let settings = NewWorld::new("http://127.0.0.1:1/w/a", seed).own_logins();
        World::new(&settings).login("param")
    };
    assert_eq!(login(1), login(1));
    assert_ne!(login(1), login(2));
    assert_ne!(login(1), world().login("param"));
    for provider in PROVIDERS {
        assert!(!world().login(provider).is_empty(), "{provider}");
    }
}

#[test]
fn a_login_belongs_to_its_world() {
    let (mine, other) = (
        world(),
        World::new(&NewWorld::new("http://x", 9).own_logins()),
    );
    assert!(mine.is_login_of("horoz", &counties()));
    assert!(!other.is_login_of("horoz", &counties()));
    let none = Request::new("GET", "/listCounties", &[], "");
    assert!(!mine.is_login_of("horoz", &none));
}

#[test]
fn a_file_of_a_world_is_read_back_equal() {
    let mut first = world();
    ask(&mut first, &counties());
    let file = first.export().unwrap();
    let text = serde_json::to_string_pretty(&file).unwrap();
    let mut second = world();
    second
        .import(&WorldFile::read(&text).unwrap(), Moment(0))
        .unwrap();
    assert_eq!(second.export().unwrap(), file);
}

#[test]
fn a_wrong_file_changes_nothing() {
    let mut world = world();
    let before = world.export().unwrap();
    let mut file = before.clone();
    file.steps = vec![json!({ "provider": "horoz", "step": "no such step" })];
    let why = world.import(&file, Moment(0)).unwrap_err();
    assert!(why.starts_with("steps[0]: "), "{why}");
    assert_eq!(world.export().unwrap(), before);
    for text in ["", "{}", r#"{"version": 9}"#, r#"{"version": 1, "x": 1}"#] {
        assert!(WorldFile::read(text).is_err(), "{text}");
    }
}

#[test]
fn the_clock_of_a_used_world_does_not_go_back() {
    let mut world = world();
    let earlier = Clock::Manual(noon().plus(-1));
    world.set_clock(earlier, Moment(0)).unwrap();
    ask(&mut world, &counties());
    assert!(
        world
            .set_clock(Clock::Manual(noon().plus(-2)), Moment(0))
            .is_err()
    );
    world.to_istanbul_midnight(Moment(0));
    let midnight = Moment::parse_turkish("29.11.2026").unwrap();
    assert_eq!(world.clock(), Clock::Manual(midnight));
}

#[test]
fn a_misspelled_member_of_a_step_is_refused() {
    let mut world = world();
    for (provider, step, name) in [
        (
            "param",
            json!({ "step": "set_rules", "rules": { "comission": 200 } }),
            "comission",
        ),
        (
            "haso",
            json!({ "step": "add_customer", "customer": "7", "limitt": "1" }),
            "limitt",
        ),
        (
            "haso",
            json!({ "step": "complete", "order": "A", "instalments": 2 }),
            "instalments",
        ),
        (
            "horoz",
            json!({ "step": "add_account", "code": 1, "nme": "x" }),
            "nme",
        ),
        (
            "aras",
            json!({ "step": "add_parcel", "code": "A", "citty": "x" }),
            "citty",
        ),
    ] {
        let why = world.act(provider, step, Moment(0)).unwrap_err();
        let sentence = format!("not a step of {provider}: it has no member `{name}`");
        assert_eq!(why, sentence);
    }
    assert_eq!(world.records().count(), 0);
}

/// The part of a file that is the state of Aras.
fn aras(file: &mut WorldFile) -> &mut Value {
    &mut file.state.get_mut("aras").unwrap()["world"]
}

/// Late requests, rules, posts and the log belong to everything.
#[test]
fn a_file_whose_step_fails_leaves_everything_as_it_was() {
    let mut world = world();
    let late = Plan::next(crate::Fault::Late(5000));
    world.plan("horoz", late).unwrap();
    ask(&mut world, &counties());
    world.rule(Rule::next(crate::outbox::How::Never)).unwrap();
    let add = json!({ "provider": "horoz", "step": "add_account", "code": 5 });
    let parcel = json!({ "provider": "aras", "step": "add_parcel", "code": "A" });
    let mut file = world.export().unwrap();
    let pushes = json!("http://127.0.0.1:1/");
    aras(&mut file)["settings"]["push_to"] = pushes;
    file.steps = vec![add, parcel, json!({ "provider": "horoz" })];
    let (before, records) = (world.export().unwrap(), world.records().count());
    let why = world.import(&file, Moment(0)).unwrap_err();
    assert!(why.starts_with("steps[2]: "), "{why}");
    assert_eq!(world.export().unwrap(), before);
    assert_eq!(world.records().count(), records);
    assert_eq!(
        (world.unused().len(), world.outbox().entries().count()),
        (1, 0)
    );
    assert_eq!(world.next_due(), Some(noon().plus(5000)));
}

#[test]
fn a_file_of_steps_alone_leaves_posts_alone() {
    let mut world = world();
    let mut file = world.export().unwrap();
    aras(&mut file)["settings"]["push_to"] = json!("http://127.0.0.1:1/");
    file.steps = vec![json!({ "provider": "aras", "step": "add_parcel", "code": "A" })];
    world.import(&file, Moment(0)).unwrap();
    assert_eq!(world.outbox().entries().count(), 1);
    let steps = WorldFile {
        clock: None,
        state: BTreeMap::default(),
        steps: vec![json!({ "provider": "horoz", "step": "add_account", "code": 5 })],
        ..world.export().unwrap()
    };
    let steps = WorldFile {
        callbacks: Vec::new(),
        ..steps
    };
    world.import(&steps, Moment(0)).unwrap();
    assert_eq!(world.outbox().entries().count(), 1);
    let back = WorldFile {
        clock: Some(Clock::Manual(noon().plus(-1))),
        ..steps
    };
    assert!(
        world
            .import(&back, Moment(0))
            .unwrap_err()
            .starts_with("clock: ")
    );
}

#[test]
fn misspelt_members_of_a_file_are_named() {
    let mut world = world();
    let mut file = world.export().unwrap();
    aras(&mut file)["settings"]["push_too"] = json!(5);
    let why = world.import(&file, Moment(0)).unwrap_err();
    assert!(why.ends_with("it has no member `push_too`"), "{why}");
}

/// A shop may have `page` in the path before a provider's own.
#[test]
fn only_a_page_of_the_provider_is_a_browser_on_a_page() {
    let world = world();
    let is_page = |provider: &str, path: &str| {
        let stand = world.stand(provider).unwrap();
        stand.is_page(&Request::new("POST", path, &[], ""))
    };
    assert!(is_page("haso", "/page/123"));
    assert!(is_page("param", "/page/modal/pay.aspx?id=1"));
    for (provider, path) in [
        ("haso", "/page/ServletV2/Transaction"),
        ("horoz", "/page/createShipping"),
        ("aras", "/page/arascargoservice.asmx"),
        ("param", "/pages/service_turkpos_prod.asmx"),
    ] {
        assert!(!is_page(provider, path), "{provider}{path}");
    }
}
