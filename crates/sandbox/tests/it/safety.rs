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
fn a_request_names_this_server_alone() {
    let site = Site::start();
    let local = ("Host", "127.0.0.1");
    let foreign = ("Host", "evil.example");
    for headers in [[local, foreign], [foreign, local], [local, local]] {
        assert_eq!(site.call("GET", "/", &headers, "").status, 421);
    }
    for target in [
        "http://evil.example/_sandbox/ready",
        "http://[::1].evil.example/",
    ] {
        assert_eq!(
            site.call("GET", target, &[local], "").status,
            421,
            "{target}"
        );
    }
    let own = format!("{}/_sandbox/ready", site.root);
    assert_eq!(site.call("GET", &own, &[local], "").status, 200);
    let asked = b"CONNECT 127.0.0.1:1 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
    assert!(site.line().first_line(asked).contains(" 405 "));
    assert!(
        site.line()
            .first_line(b"GET / HTTP/1.0\r\n\r\n")
            .contains(" 421 ")
    );
}

#[test]
fn an_origin_that_cannot_be_read_is_of_another_site() {
    let site = Site::start();
    let target = "/_sandbox/worlds";
    let own = ("Origin", "http://localhost:3000");
    for origin in [
        "null",
        "http://évil.example",
        "http://127.0.0.1.evil.example",
        "localhost",
        "",
    ] {
        let headers = [own, ("Origin", origin)];
        assert_eq!(
            site.call("POST", target, &headers, "").status,
            403,
            "{origin}"
        );
        assert_eq!(
            site.call("POST", target, &headers[1..], "").status,
            403,
            "{origin}"
        );
    }
    assert_eq!(
        site.get(target).json()["worlds"].as_array().unwrap().len(),
        1
    );
}

/// Every address that changes something wants JSON, and none of another site.
/// Only the control API itself answers with JSON; a request that does not reach it gets a line.
#[test]
fn a_refusal_is_one_line_unless_the_control_api_has_read_the_request() {
    let site = Site::start();
    let target = "/_sandbox/worlds";
    let local = ("Host", "127.0.0.1");
    let json = ("Content-Type", "application/json");
    let long = "x".repeat(4 * 1024 * 1024 + 1);
    let evil = ("Origin", "http://evil.example");
    for (status, headers, body) in [
        (421, vec![("Host", "evil.example"), json], "{}"),
        (403, vec![local, json, evil], "{}"),
        (413, vec![local, json], long.as_str()),
    ] {
        let answer = site.call("POST", target, &headers, body);
        assert_eq!(answer.status, status);
        assert_eq!(
            answer.header("content-type"),
            Some("text/plain; charset=utf-8")
        );
        assert_eq!(answer.text().trim_end().lines().count(), 1, "{status}");
    }
    let form = ("Content-Type", "text/plain");
    let answer = site.call("POST", target, &[local, form], "{}");
    assert_eq!(
        (answer.status, answer.header("content-type")),
        (415, Some("application/json"))
    );
    assert!(
        answer.json()["error"]
            .as_str()
            .unwrap()
            .contains("application/json")
    );
}

#[test]
fn nothing_changes_for_a_form_of_another_site() {
    let site = Site::start();
    let one = "/_sandbox/worlds/default";
    let all = [
        "/faults",
        "/clock",
        "/callbacks/rules",
        "/callbacks/1/send",
        "/steps",
        "/state",
    ];
    let all = all.map(|part| format!("{one}{part}"));
    for target in all.iter().map(String::as_str).chain(["/_sandbox/worlds"]) {
        for method in ["POST", "PUT", "DELETE", "PATCH"] {
            let origin = [
                ("Origin", "http://evil.example"),
                ("Content-Type", "application/json"),
            ];
            assert_eq!(
                site.call(method, target, &origin, "{}").status,
                403,
                "{target}"
            );
            for media in [
                "text/plain",
                "application/x-www-form-urlencoded",
                "application/jsonx",
            ] {
                let answer = site.call(method, target, &[("Content-Type", media)], "{}");
                assert_eq!(answer.status, 415, "{method} {target}");
            }
        }
    }
    let json = [("Content-Type", "Application/JSON ; charset=utf-8")];
    assert_eq!(
        site.call("POST", "/_sandbox/worlds", &json, "{}").status,
        201
    );
}

#[test]
fn a_question_without_a_body_in_the_answer_is_answered() {
    let site = Site::start();
    for target in ["/_sandbox/ready", "/_sandbox/worlds/default/calls"] {
        let asked = format!("HEAD {target} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
        let first = site.line().first_line(asked.as_bytes());
        assert!(first.contains(" 200 "), "{target}: {first}");
    }
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

/// A file of a world is larger than any call.
#[test]
fn a_world_file_has_a_cap_of_its_own() {
    let site = Site::start();
    let json = [("Content-Type", "application/json")];
    let body = " ".repeat(4 * 1024 * 1024) + r#"{"version": 1}"#;
    let target = "/_sandbox/worlds/default/state";
    assert_eq!(site.call("PUT", target, &json, &body).status, 200);
    assert_eq!(site.call("POST", target, &json, &body).status, 413);
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
