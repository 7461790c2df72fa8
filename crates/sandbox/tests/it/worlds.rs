//! Worlds under one server: apart from each other, and gone when they are closed.

use std::thread;

use serde_json::{Value, json};

use crate::http::Site;

const JSON: (&str, &str) = ("Content-Type", "application/json");

fn open(site: &Site, body: &str) -> Value {
    let answer = site.call("POST", "/_sandbox/worlds", &[JSON], body);
    assert_eq!(answer.status, 201, "{}", answer.text());
    answer.json()
}

fn key(world: &Value) -> String {
    world["logins"]["horoz"]["process_key"]
        .as_str()
        .unwrap()
        .to_owned()
}

/// The path of a provider's address.
fn path(site: &Site, world: &Value) -> String {
    let address = world["addresses"]["horoz"].as_str().unwrap();
    address.strip_prefix(&site.root).unwrap().to_owned()
}

#[test]
fn a_world_is_chosen_by_its_address_or_by_its_login() {
    let site = Site::start();
    let world = open(
        &site,
        r#"{"name": "a", "seed": 3, "manual": "2026-11-28T12:00:00+03:00"}"#,
    );
    assert_eq!(
        (world["name"].as_str(), world["seed"].as_u64()),
        (Some("a"), Some(3))
    );
    assert_eq!(world["clock"]["now"], "2026-11-28T12:00:00+03:00");
    let header = [("processKey", key(&world))];
    let header: Vec<(&str, &str)> = header
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    let list = |target: &str| site.call("GET", target, &header, "").json();
    assert_eq!(
        list("/w/a/horoz/listCounties")["listCountiesOutput"]["responseCode"],
        "STA-100"
    );
    assert_eq!(
        list("/horoz/listCounties")["listCountiesOutput"]["responseCode"],
        "STA-100"
    );
    let calls = site.get("/_sandbox/worlds/a/calls").json();
    assert_eq!(calls["records"].as_array().unwrap().len(), 2);
    assert_eq!(site.ask("/calls")["records"], json!([]));
    // The default world refuses the login of another one at its own address.
    let wrong = list("/w/default/horoz/listCounties");
    assert_eq!(wrong["listCountiesOutput"]["responseCode"], "ERR-20001");
}

#[test]
fn a_closed_world_is_gone_and_an_unused_fault_is_a_failure() {
    let site = Site::start();
    open(&site, r#"{"name": "a"}"#);
    let fault = r#"{"provider": "haso", "operation": "GetToken", "fault": "answer_lost"}"#;
    site.call("POST", "/_sandbox/worlds/a/faults", &[JSON], fault);
    let closed = site.call("DELETE", "/_sandbox/worlds/a", &[], "");
    assert_eq!(closed.status, 409);
    let unused = &closed.json()["unused"][0];
    assert_eq!(unused, "haso: answer_lost for GetToken was not applied");
    assert_eq!(site.get("/_sandbox/worlds/a").status, 404);
    open(&site, r#"{"name": "a"}"#);
    assert_eq!(
        site.call("DELETE", "/_sandbox/worlds/a", &[], "").status,
        200
    );
    assert_eq!(
        site.call("DELETE", "/_sandbox/worlds/default", &[], "")
            .status,
        400
    );
}

#[test]
fn a_closed_world_ends_what_waits_in_it() {
    let site = Site::start();
    open(&site, r#"{"name": "a"}"#);
    thread::scope(|scope| {
        let waiting = scope.spawn(|| site.get("/_sandbox/worlds/a/wait?for=call&timeout_ms=60000"));
        // Whether it waits already or not.
        assert_eq!(
            site.call("DELETE", "/_sandbox/worlds/a", &[], "").status,
            200
        );
        assert_eq!(waiting.join().unwrap().status, 404);
    });
}

#[test]
fn names_and_times_of_worlds_are_checked() {
    let site = Site::start();
    open(&site, r#"{"name": "a"}"#);
    for body in [
        r#"{"name": "a"}"#,
        r#"{"name": "a b"}"#,
        r#"{"name": 1}"#,
        r#"{"manual": "noon"}"#,
        r#"{"sed": 1}"#,
        "[",
    ] {
        let answer = site.call("POST", "/_sandbox/worlds", &[JSON], body);
        assert_eq!(answer.status, 400, "{body}");
    }
}

/// Each of many tests at a time sees its own orders alone.
#[test]
fn worlds_beside_each_other_do_not_mix() {
    let site = Site::start();
    thread::scope(|scope| {
        let site = &site;
        let all: Vec<_> = (0..40)
            .map(|number| {
                scope.spawn(move || {
                    let world = open(site, "{}");
                    let (path, key) = (path(site, &world), key(&world));
                    let mut line = site.line();
                    let headers = [("processKey", key.as_str()), JSON];
                    for _ in 0..=number % 5 {
                        let target = format!("{path}/listCounties");
                        assert_eq!(line.call("GET", &target, &headers, "").unwrap().status, 200);
                    }
                    let name = world["name"].as_str().unwrap();
                    let calls = site.get(&format!("/_sandbox/worlds/{name}/calls")).json();
                    assert_eq!(calls["records"].as_array().unwrap().len(), number % 5 + 1);
                    key
                })
            })
            .collect();
        let mut keys: Vec<String> = all.into_iter().map(|one| one.join().unwrap()).collect();
        keys.sort();
        keys.dedup();
        assert_eq!(keys.len(), 40);
    });
}

/// Two servers of one seed answer and write the same, byte for byte.
#[test]
fn two_runs_of_one_seed_are_equal() {
    let run = || {
        let site = Site::start();
        open(
            &site,
            r#"{"name": "a", "seed": 5, "manual": "2026-11-28T12:00:00+03:00"}"#,
        );
        let fields = "merchant=1001&requestToken=wrong";
        let form = [("Content-Type", "application/x-www-form-urlencoded")];
        let mut seen = Vec::new();
        for target in [
            "/w/a/haso/Index/GetToken",
            "/w/a/horoz/listCounties",
            "/w/a/aras/x",
        ] {
            seen.push(site.call("POST", target, &form, fields).text());
        }
        for number in 1..=3 {
            let record = site
                .get(&format!("/_sandbox/worlds/a/calls/{number}"))
                .json();
            seen.push(record["line"].as_str().unwrap().to_owned());
        }
        seen.push(
            site.get("/_sandbox/worlds/a/state")
                .text()
                .replace(&site.root, ""),
        );
        seen
    };
    assert_eq!(run(), run());
}
