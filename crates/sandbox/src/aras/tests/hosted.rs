//! The account that a server opens, and the steps of people who are not clients.

use super::*;
use crate::{Hosted, PostBody};

pub(super) fn step(world: &mut Aras, json: &str) -> Result<Vec<Effect>, String> {
    let step: Step = serde_json::from_str(json).unwrap();
    world.act(step, NOON, &mut Chance::new(3))
}

/// Returns the state that tests wait for.
pub(super) fn state(world: &Aras, key: &str) -> &'static str {
    let states = world.states();
    let found = states.into_iter().find(|(listed, _)| listed == key);
    found.map_or("", |(_, state)| state.name())
}

const REGISTER: &str = r#"{"step": "register", "code": "KV-7", "members": {"ReceiverName": "AYŞE ÖRNEK",
    "ReceiverCityName": "BURSA", "ReceiverTownName": "OSMANGAZİ"}, "pieces": [{"BarcodeNumber": "P-1"}]}"#;

#[test]
fn an_account_has_the_published_login_or_one_of_its_own() {
    let published = Aras::open("http://127.0.0.1:1/aras", None);
    assert_eq!(published.settings(), &Settings::default());
    let mut chance = Chance::new(1);
    let one = Aras::open("", Some(&mut chance));
    let two = Aras::open("", Some(&mut chance));
    let names: Vec<&str> = one.login().into_iter().map(|(name, _)| name).collect();
    assert_eq!(names[..3], ["user_name", "password", "query_user_name"]);
    for ((name, ours), (_, theirs)) in one.login().into_iter().zip(two.login()) {
        assert_ne!(ours, theirs, "{name}");
        assert!(!ours.is_empty(), "{name}");
    }
    let of_shipments = by_code("CancelDispatch", "KV-1");
    let of_link = Request::new(
        "GET",
        "/mainpage.aspx?accountid=cbad417894b73048bbc058c09771cdb8&alici_kod=1",
        &[],
        "",
    );
    for request in [&of_shipments, &of_link] {
        assert!(published.is_login_of(request));
        assert!(!one.is_login_of(request));
    }
    assert!(!published.is_login_of(&Request::new("GET", "/mainpage.aspx?code=1", &[], "")));
}

#[test]
fn a_parcel_goes_from_its_order_to_its_recipient() {
    let mut world = Aras::demo();
    assert_eq!(step(&mut world, REGISTER).unwrap().len(), 1);
    assert_eq!(state(&world, "KV-7"), "registered");
    assert!(step(&mut world, REGISTER).is_err());
    let cut = step(&mut world, r#"{"step": "accept", "code": "KV-7"}"#).unwrap();
    let parcel = world.parcel("KV-7").unwrap().clone();
    let number = parcel.tracking_number.clone();
    let code = "KV-7".to_owned();
    let tracking_number = number.clone();
    assert_eq!(
        cut,
        [Effect::WaybillCut {
            code,
            tracking_number
        }]
    );
    assert_eq!((number.len(), parcel.cargo_code.len()), (13, 19));
    assert!(number.starts_with("6513") && parcel.cargo_code.starts_with("0805513"));
    // 27 November is the 331st day of 2026.
    assert_eq!(&parcel.cargo_code[13..17], "3316");
    assert_eq!(parcel.destination, "NİLÜFER");
    for again in ["accept", "cut_waybill"] {
        let json = format!(r#"{{"step": "{again}", "code": "KV-7"}}"#);
        assert!(step(&mut world, &json).is_err());
    }
    let next = format!(r#"{{"step": "next", "key": "{number}"}}"#);
    let mut states = Vec::new();
    while step(&mut world, &next).is_ok() {
        states.push(state(&world, &number));
    }
    let expected = [
        "in_transfer",
        "in_transfer",
        "at_delivery_branch",
        "out_for_delivery",
        "delivered",
    ];
    assert_eq!(states, expected);
    assert_eq!(state(&world, &parcel.waybill), "delivered");
}

#[test]
fn a_courier_names_the_state_and_the_reason() {
    let mut world = Aras::demo();
    let add = r#"{"step": "add_parcel", "code": "KV-8", "tracking_number": "6513000001001", "city": "İZMİR"}"#;
    step(&mut world, add).unwrap();
    assert!(step(&mut world, add).is_err());
    let to = |world: &mut Aras, rest: &str| {
        let json = format!(r#"{{"step": "move", "key": "KV-8", "to": {rest}}}"#);
        step(world, &json)
    };
    assert!(to(&mut world, r#""undelivered", "reason": "XX""#).is_err());
    to(
        &mut world,
        r#""undelivered", "reason": "11", "note": "ZİL ÇALIŞMIYOR""#,
    )
    .unwrap();
    let attempt = &world.parcel("KV-8").unwrap().attempts[0];
    assert_eq!(
        (attempt.code.as_str(), attempt.reason.as_str()),
        ("NT", "NOT BIRAKILDI")
    );
    to(&mut world, r#""redirected", "branch": "BORNOVA""#).unwrap();
    assert_eq!(world.parcel("KV-8").unwrap().destination, "BORNOVA");
    to(&mut world, r#""returning""#).unwrap();
    to(&mut world, r#""returned""#).unwrap();
    assert_eq!(state(&world, "6513000001001"), "returned");
    assert_eq!(
        to(&mut world, r#""delivered""#).unwrap_err(),
        "the parcel is returned"
    );
}

#[test]
fn the_documented_kinds_of_events_are_pushed() {
    let mut world = Aras::demo();
    step(&mut world, r#"{"step": "add_parcel", "code": "KV-0"}"#).unwrap();
    assert_eq!(world.take_posts(), []);
    world.settings_mut().push_to = Some("http://127.0.0.1:2/aras".to_owned());
    step(&mut world, r#"{"step": "add_parcel", "code": "KV-9"}"#).unwrap();
    for to in [
        "in_transfer",
        "out_for_delivery",
        "partly_delivered",
        "delivered",
    ] {
        let json = format!(r#"{{"step": "move", "key": "KV-9", "to": "{to}"}}"#);
        step(&mut world, &json).unwrap();
    }
    let posts = world.take_posts();
    assert!(posts.iter().all(|post| Aras::POSTS == [post.kind.as_str()]));
    let numbers: Vec<String> = posts
        .iter()
        .map(|post| {
            let PostBody::Text { text, .. } = &post.body else {
                panic!("{post:?}")
            };
            assert!(
                text.contains("<IntegrationCode>KV-9</IntegrationCode>"),
                "{text}"
            );
            assert!(
                text.contains("<ProcessDate>2026-11-27T12:00:00</ProcessDate>"),
                "{text}"
            );
            let (_, rest) = text.split_once("<CargoStatus>").unwrap();
            rest[..1].to_owned()
        })
        .collect();
    assert_eq!(numbers, ["4", "2", "3"]);
    assert_eq!(
        posts[0].about,
        world.parcel("KV-9").unwrap().tracking_number
    );
    assert_eq!(world.take_posts(), []);
}

#[test]
fn a_stored_world_is_the_same() {
    let mut world = Aras::open("http://127.0.0.1:1/aras", Some(&mut Chance::new(4)));
    world.settings_mut().push_to = Some("http://127.0.0.1:2/".to_owned());
    step(&mut world, REGISTER).unwrap();
    step(
        &mut world,
        r#"{"step": "add_parcel", "code": "KV-9", "collection": "149.90"}"#,
    )
    .unwrap();
    step(
        &mut world,
        r#"{"step": "move", "key": "KV-9", "to": "delivered"}"#,
    )
    .unwrap();
    let stored = serde_json::to_string(&world).unwrap();
    assert_eq!(serde_json::from_str::<Aras>(&stored).unwrap(), world);
}

#[test]
fn an_event_has_the_members_of_the_fixtures() {
    let loaded = contract_kit::case::load_of(&contract_kit::case::default_root(), "aras-tracking");
    let mut cases = loaded.cases.iter();
    let case = cases.find(|case| case.operation == "push" && case.name == "success");
    let theirs = xml::call(&case.unwrap().callback.as_ref().unwrap().body).unwrap();
    let mut world = Aras::demo();
    world.settings_mut().push_to = Some("http://127.0.0.1:2/aras".to_owned());
    step(&mut world, r#"{"step": "add_parcel", "code": "KV-9"}"#).unwrap();
    let PostBody::Text { text, .. } = world.take_posts()[0].body.clone() else {
        panic!("a text")
    };
    let ours = xml::call(text.as_bytes()).unwrap();
    let names = |event: &Element| {
        let names = event.children.iter().map(|member| member.name.clone());
        names.collect::<Vec<_>>()
    };
    assert_eq!(names(&ours), names(&theirs));
    assert_eq!(ours.name, theirs.name);
}
