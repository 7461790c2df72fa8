//! The dashboard over HTTP.

use crate::http::Site;

const FORM: (&str, &str) = ("Content-Type", "application/x-www-form-urlencoded");

#[test]
fn a_browser_is_led_to_the_dashboard_and_a_program_gets_text() {
    let site = Site::start();
    let browser = site.call("GET", "/", &[("Accept", "text/html,*/*")], "");
    assert_eq!(
        (browser.status, browser.header("location")),
        (303, Some("/_sandbox/board/default/calls"))
    );
    let program = site.call("GET", "/", &[], "");
    assert!(
        program.text().contains("/_sandbox/board\n"),
        "{}",
        program.text()
    );
    let board = site.call("GET", "/_sandbox/board", &[], "");
    assert_eq!(board.status, 200);
    assert!(board.text().contains("/_sandbox/board/default/calls"));
}

#[test]
fn worlds_are_opened_and_closed_on_a_page() {
    let site = Site::start();
    let post = |target: &str, body: &str| site.call("POST", target, &[FORM], body);
    assert_eq!(post("/_sandbox/board", "name=shop").status, 303);
    let again = post("/_sandbox/board?lang=en", "name=shop");
    assert!(again.status == 400 && again.text().contains("there is a world shop already"));
    let plan = "provider=horoz&nth=1&fault=half";
    assert_eq!(post("/_sandbox/board/shop/faults", plan).status, 303);
    let closed = post("/_sandbox/board/shop/close?lang=en", "");
    assert!(
        closed.status == 409 && closed.text().contains("never met"),
        "{}",
        closed.text()
    );
    assert_eq!(
        site.call("GET", "/_sandbox/board/shop", &[], "").status,
        404
    );
    assert_eq!(post("/_sandbox/board/default/close", "").status, 400);
}

#[test]
fn pages_of_others_do_not_post_to_it() {
    let site = Site::start();
    let host = site.address.to_string();
    let own = format!("http://{host}");
    for (origin, status) in [
        (own.as_str(), 303),
        ("http://localhost:3000", 403),
        ("null", 403),
        ("http://evil.example", 403),
    ] {
        let headers = [("Host", host.as_str()), ("Origin", origin), FORM];
        let answer = site.call(
            "POST",
            "/_sandbox/board/default/clock",
            &headers,
            "advance_ms=1",
        );
        assert_eq!(answer.status, status, "{origin}");
    }
}

#[test]
fn a_change_is_waited_for() {
    let site = Site::start();
    let wait = |after: u64, time: u64| {
        let query = format!("for=change&after={after}&timeout_ms={time}");
        let answer = site.call(
            "GET",
            &format!("/_sandbox/worlds/default/wait?{query}"),
            &[],
            "",
        );
        (answer.status, answer.text())
    };
    let mark = |page: &str| -> u64 {
        let (_, rest) = page.split_once("data-change=\"").unwrap();
        rest.split('"').next().unwrap().parse().unwrap()
    };
    let page = || {
        site.call("GET", "/_sandbox/board/default/calls", &[], "")
            .text()
    };
    let before = mark(&page());
    assert_eq!(wait(before, 20).0, 408);
    // Looking changes nothing, a call does.
    assert_eq!(mark(&page()), before);
    site.call("POST", "/horoz/serviceControl", &[], "{}");
    assert_eq!(wait(before, 5000).0, 200);
    assert!(mark(&page()) > before);
}
