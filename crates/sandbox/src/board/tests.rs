//! The pages of a world, as functions of the world and a request.

mod kept;

use serde_json::json;

use super::*;
use crate::page::walk::forms;
use crate::world::NewWorld;
use crate::{Clock, Post, PostBody, Sender};

const NOON: &str = "28.11.2026 12:00:00";
/// Markup that a page must show as text, whichever field it came in.
const HOSTILE: &str = "\"'><script>alert(1)</script><img src=x onerror=alert(2)>";

fn world() -> World {
    let noon = Moment::parse_turkish(NOON).unwrap();
    World::new(&NewWorld::new("http://127.0.0.1:1", 1).clock(Clock::Manual(noon)))
}

fn ask(world: &mut World, method: &str, target: &str, fields: &[(&str, &str)]) -> Answer {
    let owned = fields.iter();
    let owned: Vec<(String, String)> = owned
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect();
    let request = Request::new(method, target, &[], form::write(&owned));
    let route = request.route().to_owned();
    let parts: Vec<&str> = route.split('/').filter(|part| !part.is_empty()).collect();
    answer(world, "default", &parts, &request, Moment(0))
}

fn see(world: &mut World, target: &str) -> String {
    let sign = if target.contains('?') { '&' } else { '?' };
    let answer = ask(world, "GET", &format!("{target}{sign}lang=en"), &[]);
    assert_eq!(answer.status, 200, "{target}: {}", answer.text());
    answer.text()
}

/// Asks Horoz for a parcel, with the login of the world.
fn horoz(world: &mut World, operation: &str, body: &Value) {
    let login = world.login("horoz");
    let key = &login
        .iter()
        .find(|(name, _)| *name == "process_key")
        .unwrap()
        .1;
    let headers = [
        ("processKey", key.as_str()),
        ("Content-Type", "application/json"),
    ];
    let request = Request::new("POST", &format!("/{operation}"), &headers, body.to_string());
    world.exchange("horoz", 1, &request, Moment(0)).unwrap();
}

fn add_post(world: &mut World, body: PostBody) {
    let post = Post {
        kind: "return".to_owned(),
        by: Sender::Browser,
        to: format!("http://127.0.0.1:3000/{HOSTILE}"),
        about: HOSTILE.to_owned(),
        body,
        repeats: None,
    };
    let now = world.clock().now(Moment(0));
    let cause = crate::outbox::Cause::Anything;
    world.outbox_mut().add("param", post, cause, now);
}

#[test]
fn a_refused_call_is_listed_with_its_rule() {
    let mut world = world();
    assert!(see(&mut world, "calls").contains("Nothing has happened yet."));
    horoz(
        &mut world,
        "cancelShipping",
        &json!({ "requestNumber": "KV-9" }),
    );
    let refused = world
        .records()
        .next_back()
        .unwrap()
        .refused
        .clone()
        .unwrap();
    for page in [
        "calls",
        "calls/1",
        "calls?refused=1",
        "calls?provider=horoz",
    ] {
        let page = see(&mut world, page);
        assert!(
            page.contains(&refused.code) && page.contains("cancelShipping"),
            "{page}"
        );
    }
    assert!(!see(&mut world, "calls?provider=haso").contains("cancelShipping"));
    assert!(!see(&mut world, "calls?before=1").contains("cancelShipping"));
    assert_eq!(ask(&mut world, "GET", "calls/2", &[]).status, 404);
    assert_eq!(ask(&mut world, "GET", "nothing", &[]).status, 404);
    assert_eq!(ask(&mut world, "PUT", "calls", &[]).status, 404);
}

#[test]
fn what_came_from_outside_is_text_on_every_page() {
    let mut world = world();
    horoz(
        &mut world,
        "cancelShipping",
        &json!({ "requestNumber": HOSTILE }),
    );
    let request = Request::new(
        "POST",
        &format!("/{HOSTILE}"),
        &[(HOSTILE, HOSTILE)],
        HOSTILE,
    );
    for provider in crate::world::PROVIDERS {
        world.exchange(provider, 1, &request, Moment(0)).unwrap();
    }
    let field = (HOSTILE.to_owned(), HOSTILE.to_owned());
    add_post(&mut world, PostBody::Form(vec![field]));
    let sent = Ok((200, HOSTILE.to_owned()));
    let due = world.outbox_mut().take_due(Moment::LAST);
    world.outbox_mut().sent(due[0].number, sent, Moment(0));
    let mut pages = [
        "calls",
        "callbacks",
        "callbacks/1",
        "faults",
        "clock",
        "state",
    ]
    .map(str::to_owned)
    .to_vec();
    pages.extend((1..=5).map(|number| format!("calls/{number}")));
    for page in pages {
        let text = see(&mut world, &page);
        if page.starts_with("calls/") || page.starts_with("callbacks") {
            // It is there, so that its being text proves something.
            assert!(text.contains("&lt;script&gt;alert(1)"), "{page}: {text}");
        }
        assert!(
            !text.contains("<script>alert") && !text.contains("<img"),
            "{page}: {text}"
        );
    }
    // Mistakes repeat what was sent.
    for (target, fields) in [
        (
            "state",
            [("provider", HOSTILE), ("step", "{\"step\":\"x\"}")],
        ),
        ("state", [("provider", "param"), ("step", HOSTILE)]),
        ("faults", [("provider", HOSTILE), ("fault", HOSTILE)]),
        ("clock", [("manual", HOSTILE), ("x", "")]),
    ] {
        let answer = ask(&mut world, "POST", target, &fields);
        assert_eq!(answer.status, 400, "{target}");
        assert!(
            !answer.text().contains("<script>alert"),
            "{}",
            answer.text()
        );
    }
}

#[test]
fn no_page_has_a_secret() {
    let mut world = world();
    let logins = crate::world::PROVIDERS.map(|provider| world.login(provider));
    let secrets: Vec<String> = logins
        .iter()
        .flatten()
        .map(|(_, value)| value.clone())
        .collect();
    let long: Vec<&String> = secrets.iter().filter(|secret| secret.len() >= 8).collect();
    let body = format!(
        "{{\"requestNumber\": \"{}\", \"card\": \"4546711234567894\"}}",
        long[0]
    );
    for secret in &long {
        let headers = [("processKey", secret.as_str()), ("Authorization", secret)];
        let request = Request::new("POST", &format!("/x?q={secret}"), &headers, body.clone());
        world.exchange("horoz", 1, &request, Moment(0)).unwrap();
        let field = ("TURKPOS_RETVAL_GUID".to_owned(), (*secret).clone());
        add_post(&mut world, PostBody::Form(vec![field]));
    }
    let count = long.len();
    let mut pages = vec![
        "calls".to_owned(),
        "callbacks".to_owned(),
        "state".to_owned(),
    ];
    for number in 1..=count {
        pages.extend([
            format!("calls/{number}"),
            format!("callbacks/{number}"),
            format!("calls/{number}.case"),
        ]);
    }
    for page in pages {
        let text = see(&mut world, &page);
        for secret in &long {
            assert!(!text.contains(secret.as_str()), "{page} shows {secret}");
        }
        assert!(!text.contains("4546711234567894"), "{page}");
    }
}

#[test]
fn a_callback_goes_out_again_with_the_fields_that_were_changed() {
    let mut world = world();
    let key = world
        .login("param")
        .into_iter()
        .find(|(name, _)| *name == "guid")
        .unwrap()
        .1;
    let fields = [("Sonuc", "1"), ("GUID", key.as_str()), ("Extra", "x")];
    let fields = fields.map(|(name, value)| (name.to_owned(), value.to_owned()));
    add_post(&mut world, PostBody::Form(fields.to_vec()));
    let page = ask(&mut world, "GET", "callbacks/1", &[]);
    assert!(!page.text().contains(&key));
    // As the page shows it, the second field is hidden; the third one is left out.
    let sent = [
        ("keep Sonuc", "1"),
        ("value Sonuc", "-1"),
        ("keep GUID", "1"),
        ("value GUID", "[redacted]"),
        ("value Extra", "x"),
    ];
    let done = ask(&mut world, "POST", "callbacks/1/send", &sent);
    assert_eq!(
        (done.status, done.header("Location")),
        (303, Some("/_sandbox/board/default/callbacks?lang=tr"))
    );
    let again = world.outbox().entry(2).unwrap().post.body.clone();
    let expected = [
        ("Sonuc".to_owned(), "-1".to_owned()),
        ("GUID".to_owned(), key),
    ];
    assert_eq!(again, PostBody::Form(expected.to_vec()));
    assert_eq!(ask(&mut world, "POST", "callbacks/9/send", &[]).status, 404);
}

#[test]
fn forms_plan_faults_rules_and_time() {
    let mut world = world();
    let plan = [
        ("provider", "horoz"),
        ("operation", "cancelShipping"),
        ("nth", "2"),
        ("fault", "late"),
        ("millis", "50"),
    ];
    assert_eq!(ask(&mut world, "POST", "faults", &plan).status, 303);
    let planned = see(&mut world, "faults");
    assert!(
        planned.contains("horoz, cancelShipping, call 2: "),
        "{planned}"
    );
    let misspelt = [
        ("provider", "horoz"),
        ("operation", "cancelShiping"),
        ("nth", "1"),
        ("fault", "half"),
    ];
    let refused = ask(&mut world, "POST", "faults", &misspelt);
    assert!(
        refused.status == 400 && refused.text().contains("cancelShipping"),
        "{}",
        refused.text()
    );
    let rule = [("provider", "haso"), ("how", "double"), ("nth", "1")];
    assert_eq!(
        ask(&mut world, "POST", "callbacks/rules", &rule).status,
        303
    );
    assert_eq!(world.unused().len(), 2);
    assert_eq!(ask(&mut world, "POST", "faults/forget", &[]).status, 303);
    assert!(world.unused().is_empty());
    assert_eq!(
        ask(&mut world, "POST", "clock", &[("advance_ms", "60000")]).status,
        303
    );
    assert_eq!(
        ask(&mut world, "POST", "clock", &[("advance_ms", "-1")]).status,
        400
    );
    assert!(see(&mut world, "clock").contains("2026-11-28T12:01:00+03:00"));
    assert_eq!(
        ask(&mut world, "POST", "clock", &[("to", "istanbul_midnight")]).status,
        303
    );
    let step = [
        ("provider", "param"),
        (
            "step",
            r#"{"step": "seed_payment", "id": 7, "order": "SIP-1", "amount": 100}"#,
        ),
    ];
    assert_eq!(ask(&mut world, "POST", "state", &step).status, 303);
    assert!(see(&mut world, "state").contains("SIP-1"));
}

/// Every fault that a plan can have is on the page, and every one on the page is one.
#[test]
fn the_page_offers_the_faults_there_are() {
    for (fault, name, words) in faults::FAULTS {
        let value = match fault {
            crate::Fault::Late(_) => json!({ name: 0 }),
            _ => json!(name),
        };
        assert_eq!(
            serde_json::from_value::<crate::Fault>(value).unwrap(),
            fault
        );
        assert!(!words.contains(&"") && words[0] != words[1], "{name}");
    }
    let unknown = serde_json::from_value::<crate::Fault>(json!("?"))
        .unwrap_err()
        .to_string();
    // The error lists them all.
    for name in unknown
        .split('`')
        .skip(3)
        .step_by(2)
        .filter(|name| *name != "none")
    {
        assert!(
            faults::FAULTS.iter().any(|(_, listed, _)| *listed == name),
            "{name}"
        );
    }
    assert!(unknown.contains("answer_lost"));
}

/// Whoever waits for a change is woken by everything that a page shows.
#[test]
fn everything_that_a_page_shows_is_a_change() {
    let mut world = world();
    let mut last = world.changes();
    let mut grew = |world: &World, what: &str| {
        assert!(world.changes() > last, "{what}");
        last = world.changes();
    };
    horoz(
        &mut world,
        "cancelShipping",
        &json!({ "requestNumber": "A" }),
    );
    grew(&world, "a call");
    world
        .plan("horoz", crate::Plan::next(crate::Fault::Half))
        .unwrap();
    grew(&world, "a plan");
    world
        .rule(crate::outbox::Rule::next(crate::outbox::How::Hold))
        .unwrap();
    grew(&world, "a rule");
    world.forget_unused();
    grew(&world, "a plan that is forgotten");
    world.advance(60_000, Moment(0));
    grew(&world, "the clock");
    add_post(&mut world, PostBody::Form(Vec::new()));
    grew(&world, "a post");
    let due = world.outbox_mut().take_due(Moment::LAST);
    grew(&world, "a post on its way");
    world
        .outbox_mut()
        .sent(due[0].number, Ok((200, String::new())), Moment(0));
    grew(&world, "a post that was accepted");
    let file = world.export().unwrap();
    world.import(&file, Moment(0)).unwrap();
    grew(&world, "a world file");
    for page in ["calls", "callbacks", "faults", "clock", "state"] {
        see(&mut world, page);
    }
    assert_eq!(world.changes(), last, "a look changes nothing");
}

/// A form of a page leads to an address that the board knows.
#[test]
fn every_form_of_every_page_has_an_address() {
    let mut world = world();
    add_post(
        &mut world,
        PostBody::Form(vec![("a".to_owned(), "b".to_owned())]),
    );
    world
        .plan("horoz", crate::Plan::next(crate::Fault::Half))
        .unwrap();
    for page in ["callbacks", "callbacks/1", "faults", "clock", "state"] {
        for form in forms(&ask(&mut world, "GET", page, &[])) {
            let target = form
                .action
                .strip_prefix("/_sandbox/board/default/")
                .unwrap();
            let answer = ask(&mut world, "POST", target, &[]);
            assert!(
                matches!(answer.status, 303 | 400),
                "{page}: {target}: {}",
                answer.status
            );
        }
    }
}
