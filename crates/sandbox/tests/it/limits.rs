//! Numbers, times and texts without measure: each is refused or done, and the server goes on.

use serde_json::{Value, json};

use crate::http::Site;

const MOST: &str = "79228162514264337593543950335";

fn is_alive(site: &Site) {
    let answer = site.call("GET", "/horoz/serviceControl", &[], "");
    assert_eq!(answer.status, 200);
}

fn step(site: &Site, step: &Value) -> u16 {
    let answer = site.control("/steps", &step.to_string());
    assert!(
        [200, 400].contains(&answer.status),
        "{step}: {}",
        answer.status
    );
    answer.status
}

#[test]
fn steps_with_the_greatest_numbers_are_survived() {
    let site = Site::start();
    let (least, most) = (i64::MIN, i64::MAX);
    let negative = format!("-{MOST}");
    for (is_done, done) in [
        (
            false,
            json!({"provider": "param", "step": "seed_payment", "id": most, "order": "A", "amount": 1}),
        ),
        (
            false,
            json!({"provider": "param", "step": "seed_payment", "id": 1, "order": "A", "amount": most}),
        ),
        (
            true,
            json!({"provider": "param", "step": "seed_payment", "id": 2, "order": "B", "amount": 5, "at": most}),
        ),
        (
            true,
            json!({"provider": "param", "step": "seed_reservation", "id": 3, "order": "C", "amount": 5, "at": least}),
        ),
        (
            true,
            json!({"provider": "param", "step": "set_rules", "rules": {"commission": most, "page_life": least,
            "customer_rates": [most, least, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], "individual_limit": least,
            "completion": {"after": least}}}),
        ),
        (
            true,
            json!({"provider": "haso", "step": "set_limit", "customer": "5004", "limit": negative}),
        ),
        (
            true,
            json!({"provider": "haso", "step": "set_limit", "customer": "5004", "limit": MOST}),
        ),
        (
            true,
            json!({"provider": "haso", "step": "complete_pages", "when": {"after": least}}),
        ),
        (
            true,
            json!({"provider": "horoz", "step": "add_account", "code": least}),
        ),
        (
            true,
            json!({"provider": "horoz", "step": "progress", "how": {"after": least}}),
        ),
        (
            true,
            json!({"provider": "aras", "step": "register", "code": "A", "members": {"PieceCount": u64::MAX.to_string()},
            "pieces": [{"VolumetricWeight": MOST, "Weight": MOST}, {"VolumetricWeight": MOST, "Weight": MOST}]}),
        ),
        (
            true,
            json!({"provider": "aras", "step": "accept", "code": "A"}),
        ),
        (
            true,
            json!({"provider": "aras", "step": "add_parcel", "code": "B", "desi": MOST, "weight": MOST, "collection": MOST, "waybill": "ş"}),
        ),
        (
            false,
            json!({"provider": "horoz", "step": "accept", "order": "x".repeat(1_000_000)}),
        ),
    ] {
        assert_eq!(step(&site, &done) == 200, is_done, "{done}");
    }
    is_alive(&site);
    assert_eq!(site.get("/_sandbox/worlds/default/state").status, 200);
}

#[test]
fn a_clock_ends_with_the_year_9999() {
    let site = Site::start();
    let clock = |body: &str| site.control("/clock", body).status;
    assert_eq!(clock(&json!({"advance_ms": i64::MAX}).to_string()), 400);
    assert_eq!(clock(r#"{"manual": "9999-12-31T23:00:00+03:00"}"#), 200);
    assert_eq!(clock(r#"{"to": "istanbul_midnight"}"#), 200);
    assert_eq!(clock(r#"{"to": "istanbul_midnight"}"#), 200);
    let now = &site.ask("/clock")["now"];
    assert_eq!(now, "9999-12-31T23:59:59.999+03:00");
    for body in [
        r#"{"advance_ms": -1}"#,
        r#"{"advance_ms": 1}"#,
        r#"{"advance_ms": 1e300}"#,
    ] {
        assert_eq!(clock(body), 400, "{body}");
    }
    step(
        &site,
        &json!({"provider": "aras", "step": "add_parcel", "code": "A"}),
    );
    step(
        &site,
        &json!({"provider": "aras", "step": "move", "key": "A", "to": "delivered"}),
    );
    is_alive(&site);
}

#[test]
fn odd_bodies_are_refused_with_a_sentence() {
    let site = Site::start();
    let deep = "[".repeat(500_000);
    let deeper = format!(
        r#"{{"provider": "haso", "step": {}1"#,
        r#"{"a": "#.repeat(100_000)
    );
    for (target, body) in [
        ("/steps", deep.as_str()),
        ("/steps", deeper.as_str()),
        ("/steps", r#"{"provider": "haso", "step": "\ud800"}"#),
        (
            "/steps",
            r#"{"provider": "horoz", "step": "add_account", "code": 1, "cod": 2}"#,
        ),
        (
            "/steps",
            r#"{"provider": "param", "step": "set_rules", "rules": {"comission": 2}}"#,
        ),
        (
            "/steps",
            r#"{"provider": "haso", "step": "complete", "order": "A", "installments": 4294967295}"#,
        ),
        ("/faults", r#"{"provider": "haso", "fault": {"late": -1}}"#),
        (
            "/faults",
            r#"{"provider": "haso", "fault": "late", "nth": 4294967296}"#,
        ),
        ("/callbacks/rules", r#"{"how": {"late": -1}}"#),
        ("/clock", r#"{"advance_ms": 1, "to": "istanbul_midnight"}"#),
        ("/callbacks/18446744073709551615/send", "{}"),
    ] {
        let answer = site.control(target, body);
        let shown: String = body.chars().take(80).collect();
        assert_eq!(answer.status, 400, "{shown}");
        let error = answer.json()["error"].as_str().unwrap().to_owned();
        assert!((10..400).contains(&error.len()), "{shown}: {error}");
    }
    is_alive(&site);
}

/// A call is as large as a body may be, and the log keeps a part of it only.
#[test]
fn the_log_keeps_no_long_text() {
    let site = Site::start();
    let long = "9".repeat(1_000_000);
    let body = format!(r#"{{"requestNumber": "{long}"}}"#);
    let headers = [
        ("Content-Type", "application/json"),
        ("X-Long", &long[..100_000]),
    ];
    site.call("POST", "/horoz/createShipping", &headers, &body);
    let soap = format!("<a><b><c{long}></c{long}></b></a>");
    site.call("POST", "/param/x.asmx", &[], &soap);
    for number in 1..=2 {
        let shown = site
            .get(&format!("/_sandbox/worlds/default/calls/{number}"))
            .text();
        assert!(
            (100..60_000).contains(&shown.len()),
            "{number}: {}",
            shown.len()
        );
    }
}
