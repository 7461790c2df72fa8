//! The requests that are refused before a provider sees them.

use kervan_sandbox::server::Guard;

use crate::http::Site;

#[test]
fn another_host_name_is_refused() {
    let site = Site::start();
    for host in ["evil.example", "127.0.0.1.evil.example:4747", ""] {
        let answer = site.call("GET", "/horoz/serviceControl", &[("Host", host)], "");
        assert_eq!(answer.status, 421, "{host}");
        assert!(answer.text().contains("is not a name of this server"));
    }
    for host in ["localhost:1", "shop.localhost", "[::1]:9"] {
        assert_eq!(
            site.call("GET", "/", &[("Host", host)], "").status,
            200,
            "{host}"
        );
    }
    let named = Site::guarded(Guard::loopback().answering_to("box").unwrap());
    assert_eq!(
        named.call("GET", "/", &[("Host", "box:4747")], "").status,
        200
    );
}

#[test]
fn another_site_cannot_use_the_control_api() {
    let site = Site::start();
    let target = "/_sandbox/worlds";
    let origin = ("Origin", "http://evil.example");
    let json = ("Content-Type", "application/json");
    let answer = site.call("POST", target, &[origin, json], "{}");
    assert_eq!(answer.status, 403);
    // A form of another site, without the header that old browsers leave out.
    let form = ("Content-Type", "text/plain");
    assert_eq!(site.call("POST", target, &[form], "{}").status, 415);
    let own = ("Origin", "http://localhost:3000");
    assert_eq!(site.call("POST", target, &[own, json], "{}").status, 201);
    // A shop's page posts the customer's browser to a provider: that is how HASO works.
    let page = site.call("GET", "/horoz/serviceControl", &[origin], "");
    assert_eq!(page.status, 200);
}

#[test]
fn unknown_addresses_are_refused_with_a_sentence() {
    let site = Site::start();
    for target in [
        "/nowhere",
        "/w/none/horoz/serviceControl",
        "/w/default/dhl/x",
        "/_sandbox/x",
    ] {
        let answer = site.get(target);
        assert_eq!(answer.status, 404, "{target}");
        assert!(answer.text().len() > 20, "{target}");
    }
    let answer = site.get("/horoz/nothing");
    assert_eq!(
        (answer.status, answer.header("server")),
        (404, Some("kervan-sandbox"))
    );
}

#[test]
fn a_body_over_the_cap_is_refused() {
    let site = Site::start();
    let body = "x".repeat(4 * 1024 * 1024 + 1);
    let answer = site.call("POST", "/horoz/createShipping", &[], &body);
    assert_eq!(answer.status, 413);
    assert!(answer.text().contains("larger than 4194304 bytes"));
}

#[test]
fn the_first_page_names_the_addresses_and_says_what_nobody_observed() {
    let site = Site::start();
    let page = site.get("/").text();
    for part in [
        "/aras",
        "/horoz",
        "/param",
        "/haso",
        "/_sandbox/worlds",
        "Nothing here was observed",
    ] {
        assert!(page.contains(part), "{part}");
    }
}
