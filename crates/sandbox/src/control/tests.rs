//! The control API as a caller sees it: its answers, and a sentence for each mistake.

use super::wait::STATES;
use super::*;
use crate::Clock;
use crate::world::NewWorld;

const NOON: &str = "28.11.2026 12:00:00";

fn world() -> World {
    let noon = Moment::parse_turkish(NOON).unwrap();
    World::new(&NewWorld::new("http://127.0.0.1:1", 1).clock(Clock::Manual(noon)))
}

fn call(world: &mut World, method: &str, target: &str, body: &str) -> (u16, Value) {
    let request = Request::new(method, target, &[], body);
    let parts: Vec<&str> = request
        .route()
        .split('/')
        .filter(|part| !part.is_empty())
        .collect();
    let written = written(answer(world, "default", &parts, &request, Moment(0)));
    (
        written.status,
        serde_json::from_str(&written.text()).unwrap(),
    )
}

#[test]
fn a_world_describes_itself() {
    let (status, found) = call(&mut world(), "GET", "/", "");
    assert_eq!(status, 200);
    assert_eq!(found["addresses"]["horoz"], "http://127.0.0.1:1/horoz");
    assert_eq!(found["clock"]["now"], "2026-11-28T12:00:00+03:00");
    assert_eq!(found["logins"]["param"]["client_code"], "10738");
    let services = &found["services"];
    assert_eq!(
        services["param"],
        json!({
            "payments": "http://127.0.0.1:1/param/turkpos.ws/service_turkpos_prod.asmx",
            "marketplace": "http://127.0.0.1:1/param/turkpos.ws/service_pazaryeri.asmx",
            "cards": "http://127.0.0.1:1/param/out.ws/service_ks.asmx",
            "everything": "http://127.0.0.1:1/param",
        })
    );
    assert_eq!(services["haso"]["everything"], found["addresses"]["haso"]);
}

#[test]
fn the_clock_moves_forward_only() {
    let mut world = world();
    let (_, found) = call(&mut world, "POST", "/clock", r#"{"advance_ms": 1500}"#);
    assert_eq!(found["now"], "2026-11-28T12:00:01.5+03:00");
    let (_, found) = call(
        &mut world,
        "POST",
        "/clock",
        r#"{"to": "istanbul_midnight"}"#,
    );
    assert_eq!(found["now"], "2026-11-29T00:00:00+03:00");
    for body in [
        r#"{"advance_ms": -1}"#,
        r#"{"manual": "soon"}"#,
        r#"{"real": false}"#,
        r#"{"to": "noon"}"#,
        "{}",
        "1",
    ] {
        let (status, found) = call(&mut world, "POST", "/clock", body);
        assert_eq!(status, 400, "{body}");
        assert!(found["error"].as_str().unwrap().len() > 10, "{body}");
    }
}

#[test]
fn faults_are_planned_and_unused_ones_are_named() {
    let mut world = world();
    let plan = r#"{"provider": "horoz", "operation": "serviceControl", "fault": "maintenance"}"#;
    let (status, found) = call(&mut world, "POST", "/faults", plan);
    assert_eq!(status, 201);
    assert_eq!(
        found["unused"][0],
        "horoz: maintenance for serviceControl was not applied"
    );
    let late = r#"{"provider": "horoz", "fault": {"late": 5000}, "nth": 2}"#;
    assert_eq!(call(&mut world, "POST", "/faults", late).0, 201);
    for body in [
        r#"{"provider": "dhl", "fault": "page"}"#,
        r#"{"provider": "horoz", "fault": "flood"}"#,
        r#"{"provider": "horoz"}"#,
        r#"{"provider": "horoz", "fault": "page", "nth": 0}"#,
        r#"{"provider": "horoz", "fault": {"late": -1}}"#,
        r#"{"provider": "horoz", "per_thousand": 1001}"#,
        r#"{"provider": "horoz", "fault": "page", "oepration": "x"}"#,
    ] {
        assert_eq!(call(&mut world, "POST", "/faults", body).0, 400, "{body}");
    }
    let (_, found) = call(&mut world, "DELETE", "/faults", "");
    assert_eq!(found["unused"], json!([]));
    assert!(world.unused().is_empty());
}

/// A misspelt name is refused before anything is planned or waited for, at every entrance, and the
/// sentence has the name that was meant.
#[test]
fn a_misspelt_name_is_refused_at_once() {
    let mut world = world();
    let post = |provider: &str, kind: &str| {
        let how = r#""post": {"kind": "KIND", "by": "server", "to": "http://127.0.0.1:1/", "about": "A",
            "body": {"form": []}, "repeats": null}, "how": "deliver", "at": 0, "state": "held",
            "attempts": [], "copies": 1"#;
        let how = how.replace("KIND", kind);
        format!(
            r#"{{"version": 1, "callbacks": [{{"number": 1, "provider": "{provider}", {how}}}]}}"#
        )
    };
    let mut state = serde_json::to_value(world.export().unwrap()).unwrap();
    state["state"]["param"]["world"]["refusals"] = json!([["Pos_Odemee", -200]]);
    let plan = |provider: &str, operation: &str| {
        format!(r#"{{"provider": "{provider}", "operation": "{operation}", "fault": "page"}}"#)
    };
    let rule = |rest: &str| format!(r#"{{"how": "hold", {rest}}}"#);
    let step =
        r#"{"provider": "param", "step": "refuse_next", "operation": "Pos_Odme", "code": -1}"#;
    let steps = format!(r#"{{"version": 1, "steps": [{step}]}}"#);
    for (method, target, body, meant) in [
        (
            "POST",
            "/faults",
            plan("horoz", "listCountys"),
            "listCounties",
        ),
        ("POST", "/faults", plan("haso", "gettoken"), "GetToken"),
        ("POST", "/faults", plan("param", "TP_WMD_PAY"), "TP_WMD_Pay"),
        (
            "POST",
            "/faults",
            plan("aras", "GetQueryJSON-99"),
            "GetQueryJSON-9",
        ),
        (
            "POST",
            "/callbacks/rules",
            rule(r#""kind": "callbak""#),
            "callback",
        ),
        (
            "POST",
            "/callbacks/rules",
            rule(r#""provider": "param", "kind": "callback""#),
            "return",
        ),
        (
            "POST",
            "/callbacks/rules",
            rule(r#""provider": "hasoo""#),
            "haso",
        ),
        (
            "POST",
            "/callbacks/rules",
            rule(r#""provider": "horoz""#),
            "horoz sends no callbacks",
        ),
        ("POST", "/steps", step.to_owned(), "Pos_Odeme"),
        ("PUT", "/state", steps, "steps[0]: no simulated operation"),
        (
            "PUT",
            "/state",
            state.to_string(),
            "`Pos_Odemee`; the closest one is `Pos_Odeme`",
        ),
        (
            "PUT",
            "/state",
            post("aras", "pusch"),
            "callbacks[0]: aras sends no",
        ),
        (
            "PUT",
            "/state",
            post("dhl", "push"),
            "callbacks[0]: there is no provider dhl",
        ),
        ("GET", "/calls?provider=horos", String::new(), "horoz"),
    ] {
        let before = world.export().unwrap();
        let (status, found) = call(&mut world, method, target, &body);
        let why = found["error"].as_str().unwrap_or_default();
        assert_eq!(status, 400, "{method} {target} {body}: {found}");
        assert!(why.contains(meant), "{why}");
        assert_eq!(world.export().unwrap(), before, "{body}");
        assert_eq!(world.unused(), [""; 0], "{body}");
    }
    // The same with the right names.
    for (target, body) in [
        ("/faults", plan("aras", "GetQueryJSON-9")),
        ("/callbacks/rules", rule(r#""kind": "callback""#)),
    ] {
        assert_eq!(call(&mut world, "POST", target, &body).0, 201, "{body}");
    }
    assert_eq!(
        call(&mut world, "PUT", "/state", &post("aras", "push")).0,
        200
    );
}

#[test]
fn unknown_things_are_refused_with_a_sentence() {
    let mut world = world();
    for (method, target, body, status) in [
        ("GET", "/nothing", "", 404),
        ("DELETE", "/calls", "", 404),
        ("GET", "/calls/1", "", 404),
        ("GET", "/calls/x", "", 404),
        ("GET", "/calls?oepration=x", "", 400),
        ("GET", "/states/dhl", "", 404),
        ("POST", "/callbacks/7/send", "", 400),
        ("POST", "/callbacks/rules", r#"{"how": "lost"}"#, 400),
        (
            "POST",
            "/callbacks/rules",
            r#"{"how": "hold", "nth": 0}"#,
            400,
        ),
        ("POST", "/steps", r#"{"step": "accept"}"#, 400),
        (
            "POST",
            "/steps",
            r#"{"provider": "horoz", "step": "fly"}"#,
            400,
        ),
        ("POST", "/steps", "[]", 400),
        ("PUT", "/state", r#"{"version": 2}"#, 400),
        (
            "PUT",
            "/state",
            r#"{"version": 1, "state": {"dhl": {}}}"#,
            400,
        ),
        (
            "PUT",
            "/state",
            r#"{"version": 1, "state": {"haso": {}}}"#,
            400,
        ),
    ] {
        let (found, value) = call(&mut world, method, target, body);
        assert_eq!(found, status, "{method} {target} {body}: {value}");
        assert!(value["error"].as_str().unwrap().len() > 10);
    }
}

#[test]
fn what_is_waited_for_is_found_when_it_is_there() {
    let mut world = world();
    let wait = |target: &str| {
        let request = Request::new("GET", target, &[], "");
        Wait::read(&self::world(), &request).unwrap()
    };
    let call = wait("/wait?for=call&operation=serviceControl&timeout_ms=99999999");
    assert_eq!(call.timeout, 60_000);
    assert_eq!(call.found(&world), None);
    assert_eq!(call.missed(&world).status, 408);
    let request = Request::new("GET", "/serviceControl", &[], "");
    world.exchange("horoz", 1, &request, Moment(0)).unwrap();
    assert!(call.found(&world).is_some());
    // A request at an unknown address is waited for by its path.
    assert_eq!(
        wait("/wait?for=call&operation=/nowhere").found(&world),
        None
    );
    for state in STATES {
        wait(&format!("/wait?for=callback&state={state}"));
    }
    let state = wait("/wait?for=state&provider=horoz&key=A&is=waiting");
    assert_eq!(state.missed(&world).text, "horoz has no A");
    for target in [
        "/wait",
        "/wait?for=weather",
        "/wait?for=state&key=A",
        "/wait?for=call&cuont=1",
        "/wait?for=call&count=x",
        "/wait?for=call&operation=serviceControll",
        "/wait?for=call&provider=haso&operation=serviceControl",
        "/wait?for=callback&kind=callbak",
        "/wait?for=callback&state=acepted",
        "/wait?for=state&provider=horos&key=A&is=waiting",
    ] {
        let request = Request::new("GET", target, &[], "");
        assert_eq!(
            Wait::read(&world, &request).unwrap_err().status,
            400,
            "{target}"
        );
    }
}
