//! The control API over HTTP: waiting, steps, and a world that is stored and read back.

use std::thread;

use serde_json::json;

use crate::http::Site;

const KEY: (&str, &str) = ("processKey", "0123456789abcdef0123456789abcdef");
const JSON: (&str, &str) = ("Content-Type", "application/json");

#[test]
fn readiness_and_worlds_are_told() {
    let site = Site::start();
    assert_eq!(site.get("/_sandbox/ready").json()["ready"], true);
    let worlds = site.get("/_sandbox/worlds").json();
    assert_eq!(worlds["worlds"][0]["name"], "default");
}

#[test]
fn a_waiting_request_is_answered_when_the_call_comes() {
    let site = Site::start();
    thread::scope(|scope| {
        let waiting =
            scope.spawn(|| site.ask("/wait?for=call&provider=horoz&operation=serviceControl"));
        site.call("GET", "/horoz/serviceControl", &[KEY], "");
        let found = waiting.join().unwrap();
        assert_eq!(found["records"][0]["operation"], "serviceControl");
    });
    let wait = "/_sandbox/worlds/default/wait?for=call&timeout_ms=20&operation";
    let missed = site.get(&format!("{wait}=listCounties"));
    assert_eq!(missed.status, 408);
    assert_eq!(
        missed.json()["error"],
        "no call came that fits, of listCounties"
    );
    // A name that no call can have is not waited for.
    let unknown = site.get(&format!("{wait}=listCountys"));
    assert_eq!(unknown.status, 400);
    assert_eq!(
        unknown.json()["error"],
        "no provider has an operation `listCountys`; the closest one is `listCounties`"
    );
}

#[test]
fn a_world_is_stored_and_read_back() {
    let site = Site::start();
    let step = r#"{"provider": "haso", "step": "add_customer", "customer": "77", "name": "Ayşe",
        "surname": "Deneme", "tckn": "10000000146", "mobile": "5550000001", "limit": "1000"}"#;
    let done = site.control("/steps", step);
    assert_eq!(done.status, 200, "{}", done.text());
    let stored = site.get("/_sandbox/worlds/default/state").text();
    let other = Site::start();
    let target = "/_sandbox/worlds/default/state";
    let read = other.call("PUT", target, &[JSON], &stored);
    assert_eq!(read.status, 200, "{}", read.text());
    let again = other.get(target).text().replace(&other.root, &site.root);
    assert_eq!(again, stored);
    assert!(stored.contains("Ayşe"));
}

#[test]
fn a_call_is_shown_without_its_login() {
    let site = Site::start();
    site.call("GET", "/horoz/listCounties", &[KEY], "");
    let shown = site.ask("/calls/1");
    let text = shown.to_string();
    assert!(text.contains("ADANA") && text.contains("[redacted]"));
    assert!(!text.contains(KEY.1));
    assert!(shown["record"]["at"].as_str().unwrap().ends_with("+03:00"));
}

#[test]
fn time_moves_when_it_is_told_to() {
    let site = Site::start();
    site.control("/clock", r#"{"manual": "2026-12-31T23:59:59+03:00"}"#);
    let moved = site
        .control("/clock", r#"{"to": "istanbul_midnight"}"#)
        .json();
    assert_eq!(
        moved,
        json!({ "mode": "manual", "now": "2027-01-01T00:00:00+03:00" })
    );
}
