//! Posts to a shop: sent, held, doubled, late, repeated, and written down with the shop's answers.

use serde_json::Value;

use crate::http::{Shop, Site};

const FORM: (&str, &str) = ("Content-Type", "application/x-www-form-urlencoded");
const JSON: (&str, &str) = ("Content-Type", "application/json");

/// Opens the page of a HASO order, as a shop's form does.
fn open_page(site: &Site, shop: &Shop, order: &str) -> String {
    let fields = form(site, &shop.url, order);
    let opened = site.call("POST", "/haso/ServletV2/Transaction", &[FORM], &fields);
    assert_eq!(opened.status, 302, "{}", opened.text());
    let page = opened.header("location").unwrap();
    page.strip_prefix(&site.root).unwrap().to_owned()
}

/// Returns the form of an order, with a token.
fn form(site: &Site, url: &str, order: &str) -> String {
    let token = site
        .call("POST", "/haso/Index/GetToken", &[FORM], "merchantId=1001")
        .json();
    let token = token["Data"]["token"].as_str().unwrap().to_owned();
    format!(
        "token={token}&orderAmount=50000&merchantId=1001&okUrl={url}&failUrl={url}&callbackUrl={url}\
         &merchantOid={order}&customerId=5004&mobileNumber=5550000000&email=n@example.com&name=N\
         &surname=O&OrderItems=[{{\"Id\":\"S\",\"Name\":\"I\",\"Category\":\"\",\"Brand\":\"\",\"Variant\":\"\",\
         \"Variant2\":\"\",\"Url\":\"\",\"Image\":\"\",\"Quantity\":1,\"Price\":50000}}]"
    )
}

fn complete(site: &Site, order: &str) {
    let step = format!(r#"{{"provider": "haso", "step": "complete", "order": "{order}"}}"#);
    let done = site.control("/steps", &step);
    assert_eq!(done.status, 200, "{}", done.text());
}

fn rule(site: &Site, how: &str) {
    let rule = format!(r#"{{"provider": "haso", "kind": "callback", "how": {how}}}"#);
    let planned = site.control("/callbacks/rules", &rule);
    assert_eq!(planned.status, 201, "{}", planned.text());
}

/// Waits until callbacks are in a state, and returns the last one.
fn callback(site: &Site, state: &str) -> Value {
    let target = format!("/wait?for=callback&kind=callback&state={state}");
    let found = site.ask(&target);
    let found = found["callbacks"]
        .as_array()
        .unwrap_or_else(|| panic!("{found}"));
    found.last().unwrap().clone()
}

#[test]
fn the_browser_and_the_server_post_and_the_answers_are_written_down() {
    let (site, shop) = (Site::start(), Shop::answering(&[200]));
    open_page(&site, &shop, "A-1");
    complete(&site, "A-1");
    let entry = callback(&site, "accepted");
    assert_eq!(entry["post"]["by"], "server");
    assert_eq!(entry["attempts"][0]["status"], 200);
    assert_eq!(entry["attempts"][0]["text"], "OK");
    site.ask("/wait?for=callback&kind=ok");
    let posts = shop.posts();
    assert_eq!(posts.len(), 2);
    for (kind, body) in &posts {
        assert_eq!(kind, "application/x-www-form-urlencoded");
        assert!(body.contains("Success=True"), "{body}");
    }
}

#[test]
fn a_callback_is_repeated_until_the_shop_says_200() {
    let site = Site::start();
    site.control("/clock", r#"{"manual": "2026-11-30T12:00:00+03:00"}"#);
    let (shop, browser) = (Shop::answering(&[500, 500, 200]), Shop::answering(&[200]));
    let page = open_page(&site, &shop, "A-1");
    // A real browser posts by itself, so that only the server's post goes to the shop.
    let done = site.call("POST", &page, &[FORM], "choice=approve");
    assert_eq!(done.status, 200, "{}", done.text());
    assert!(done.text().contains(&shop.url));
    drop(browser);
    for tries in 1..=3 {
        let state = if tries == 3 { "accepted" } else { "waiting" };
        let entry = callback(&site, state);
        assert_eq!(entry["attempts"].as_array().unwrap().len(), tries);
        site.control("/clock", r#"{"advance_ms": 86400000}"#);
    }
    assert_eq!(shop.posts().len(), 3);
}

#[test]
fn rules_hold_double_and_tamper() {
    for (how, state, count) in [
        (r#""double""#, "accepted", 2),
        (r#""double_at_once""#, "accepted", 2),
        (r#""hold""#, "held", 0),
        (r#""never""#, "dropped", 0),
        (
            r#"{"tamper": {"field": "Success", "value": "False"}}"#,
            "accepted",
            1,
        ),
        (r#"{"content_type": "text/plain"}"#, "accepted", 1),
    ] {
        let (site, shop) = (Site::start(), Shop::answering(&[200]));
        let page = open_page(&site, &shop, "A-1");
        rule(&site, how);
        site.call("POST", &page, &[FORM], "choice=approve");
        callback(&site, state);
        let posts = shop.posts();
        assert_eq!(posts.len(), count, "{how}");
        if how.contains("tamper") {
            assert!(posts[0].1.contains("Success=False"));
        }
        if how.contains("content_type") {
            assert_eq!(posts[0].0, "text/plain");
        }
    }
}

#[test]
fn a_held_callback_is_sent_with_changed_fields() {
    let (site, shop) = (Site::start(), Shop::answering(&[200]));
    let page = open_page(&site, &shop, "A-1");
    rule(&site, r#""hold""#);
    site.call("POST", &page, &[FORM], "choice=approve");
    let held = callback(&site, "held");
    let target = format!("/callbacks/{}/send", held["number"]);
    let sent = site.control(&target, r#"{"changes": {"Errors": "x", "Success": null}}"#);
    assert_eq!(sent.status, 202, "{}", sent.text());
    callback(&site, "accepted");
    let (_, body) = shop.posts().remove(0);
    assert!(
        body.contains("Errors=x") && !body.contains("Success"),
        "{body}"
    );
}

#[test]
fn a_callback_goes_out_before_the_answer_or_late() {
    let (site, shop) = (Site::start(), Shop::answering(&[200]));
    site.control("/clock", r#"{"manual": "2026-11-30T12:00:00+03:00"}"#);
    let page = open_page(&site, &shop, "A-1");
    rule(&site, r#""before_answer""#);
    site.call("POST", &page, &[FORM], "choice=approve");
    assert_eq!(shop.posts().len(), 1);
    let page = open_page(&site, &shop, "A-2");
    rule(&site, r#"{"late": 60000}"#);
    site.call("POST", &page, &[FORM], "choice=approve");
    callback(&site, "waiting");
    assert_eq!(shop.posts().len(), 1);
    site.control("/clock", r#"{"advance_ms": 60000}"#);
    site.ask("/wait?for=callback&kind=callback&count=2");
    assert_eq!(shop.posts().len(), 2);
}

#[test]
fn nothing_is_posted_to_another_machine() {
    let site = Site::start();
    for url in ["http://shop.example/back", "https://127.0.0.1/back"] {
        let shop = Shop::answering(&[200]);
        let other = Shop {
            url: url.to_owned(),
            ..shop
        };
        let order = url.len().to_string();
        open_page(&site, &other, &order);
        complete(&site, &order);
        let entry = callback(&site, "not_allowed");
        let why = entry["attempts"][0]["text"].as_str().unwrap();
        assert!(
            why.contains("callback-host") || why.contains("over http only"),
            "{why}"
        );
    }
    let rules = site.call(
        "POST",
        "/_sandbox/worlds/default/callbacks/rules",
        &[JSON],
        "{}",
    );
    assert_eq!(rules.status, 400);
}

/// The client gives up while the shop still thinks about the post that goes out before the answer.
#[test]
fn a_post_before_the_answer_goes_on_when_the_client_gives_up() {
    let site = Site::start();
    let thinking = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/", thinking.local_addr().unwrap());
    let at_once = r#"{"provider": "haso", "step": "complete_pages", "when": "at_once"}"#;
    assert_eq!(site.control("/steps", at_once).status, 200);
    let rule = r#"{"provider": "haso", "kind": "ok", "how": "before_answer"}"#;
    assert_eq!(site.control("/callbacks/rules", rule).status, 201);
    let fields = form(&site, &url, "A-1");
    let mut client = site.line().patience(1);
    assert!(
        client
            .call("POST", "/haso/ServletV2/Transaction", &[FORM], &fields)
            .is_err()
    );
    drop(client);
    let (mut stream, _) = thinking.accept().unwrap();
    // The server has seen that the client is gone.
    for _ in 0..20 {
        site.get("/_sandbox/ready");
    }
    let answer = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    std::io::Write::write_all(&mut stream, answer).unwrap();
    let found = site.ask("/wait?for=callback&kind=ok&state=accepted");
    assert_eq!(found["callbacks"][0]["post"]["about"], "A-1");
}
