//! The pages that a browser sees.

use super::*;

const OID: &str = "A-<1>";

fn opened() -> (Story, String) {
    let mut story = Story::new();
    story.world.settings_mut().completion = Completion::ByHand;
    story.world.move_to("http://127.0.0.1:8080/w/1/haso");
    let (answer, _) = story.order(OID);
    let location = answer.header("Location").unwrap();
    let path = location.strip_prefix("http://127.0.0.1:8080").unwrap();
    (story, path.to_owned())
}

fn see(story: &mut Story, path: &str) -> (Answer, String) {
    let (answer, effects) = story.send(&Request::new("GET", path, &[], ""));
    assert_eq!(effects, []);
    let text = text(&answer);
    (answer, text)
}

fn choose(story: &mut Story, path: &str, choice: &str) -> (Answer, Vec<Effect>) {
    let form = [("Content-Type", "application/x-www-form-urlencoded")];
    story.send(&Request::new("POST", path, &form, choice))
}

#[test]
fn a_page_offers_both_choices_and_escapes_what_it_shows() {
    let (mut story, path) = opened();
    let (answer, html) = see(&mut story, &path);
    assert_eq!(answer.status, 200);
    assert_eq!(
        answer.header("Content-Type"),
        Some("text/html; charset=utf-8")
    );
    assert!(html.starts_with("<!DOCTYPE html>") && html.contains("Deneme ortamı"));
    assert!(
        html.contains("A-&lt;1&gt;") && !html.contains(OID),
        "{html}"
    );
    assert!(
        html.contains("500")
            && html
                .contains("<option value=\"2\" selected>2 × 265,25 TL (toplam 530,50 TL)</option>")
    );
    for choice in ["approve", "decline"] {
        assert!(html.contains(&format!("name=\"choice\" value=\"{choice}\"")));
    }
    assert!(!html.contains("<script"));
    let (missing, _) = see(&mut story, "/w/1/haso/page/1");
    assert_eq!(missing.status, 404);
    assert!(missing.refused.is_some());
}

#[test]
fn approving_on_the_page_leaves_the_result_to_the_browser() {
    let (mut story, path) = opened();
    let (answer, effects) = choose(&mut story, &path, "choice=approve&installments=3");
    assert!(matches!(effects[..], [Effect::OrderWaiting { .. }]));
    let html = text(&answer);
    assert!(
        html.contains("action=\"https://shop.example/ok\""),
        "{html}"
    );
    assert!(html.contains("name=\"Data\" value=\"{&quot;NameSurname&quot;"));
    let transaction = story.world.transaction_of(OID).unwrap();
    assert_eq!(transaction.installments.len(), 3);
    let posts = story.world.take_posts();
    let kinds: Vec<&str> = posts.iter().map(|post| post.kind.as_str()).collect();
    assert_eq!(kinds, ["ok", "callback"]);
    // The form is sent twice, and the page is loaded again.
    let (again, effects) = choose(&mut story, &path, "choice=decline");
    assert_eq!((text(&again), effects.len()), (html.clone(), 0));
    assert_eq!(see(&mut story, &path).1, html);
    assert_eq!(story.world.take_posts(), []);
}

#[test]
fn declining_on_the_page_goes_to_the_other_address() {
    let (mut story, path) = opened();
    for damaged in ["choice=other", "", "choice=approve&installments=0"] {
        let (answer, effects) = choose(&mut story, &path, damaged);
        assert_eq!((answer.status, effects.len()), (400, 0), "{damaged}");
        assert!(answer.refused.is_some());
    }
    let (answer, effects) = choose(&mut story, &path, "choice=decline");
    assert!(matches!(effects[..], [Effect::OrderDeclined { .. }]));
    let html = text(&answer);
    assert!(
        html.contains("action=\"https://shop.example/fail\""),
        "{html}"
    );
    assert!(html.contains("name=\"MercantOid\" value=\"A-&lt;1&gt;\""));
    let posts = story.world.take_posts();
    assert_eq!((posts.len(), posts[0].kind.as_str()), (1, "fail"));
}

#[test]
fn a_page_that_ended_elsewhere_has_no_result_of_its_own() {
    let (mut story, path) = opened();
    let session = story.world.session_of(OID).unwrap().id.clone();
    story.world.complete(&session, NOON, &mut story.chance);
    assert_eq!(story.world.take_posts().len(), 2);
    let (_, html) = see(&mut story, &path);
    assert!(!html.contains("<form"), "{html}");
}

#[test]
fn a_page_leads_to_the_web_only() {
    let (mut story, path) = opened();
    let session = story.world.session_of(OID).unwrap().id.clone();
    let session = story.world.sessions.get_mut(&session).unwrap();
    session.urls.ok = "javascript:alert(1)".to_owned();
    let (answer, _) = choose(&mut story, &path, "choice=approve");
    assert!(!text(&answer).contains("javascript"));
}

#[test]
fn seeing_is_a_read_and_choosing_is_a_write() {
    let (story, path) = opened();
    let see = Request::new("GET", &path, &[], "");
    let choose = Request::new("POST", &path, &[], "choice=approve");
    assert!(story.world.is_read(&see) && !story.world.is_read(&choose));
    assert_eq!(story.world.operation(&choose), "page");
    let session = &story.world.session_of(OID).unwrap().id;
    assert_eq!(story.world.own_key(&choose).as_ref(), Some(session));
}

#[test]
fn the_address_of_a_limit_ends() {
    let mut story = Story::new();
    let token = story.form_token();
    let mut fields = vec![
        ("token", token.as_str()),
        ("merchantId", "1001"),
        ("okUrl", "https://shop.example/ok"),
        ("failUrl", "https://shop.example/fail"),
        ("callbackUrl", "https://shop.example/callback"),
        ("response", "json"),
    ];
    fields.push(("tckn", "10000000146"));
    let reply = Reply::of(story.send(&post_form("/ServletV2/GetLimit", &owned(&fields))));
    let url = reply.data()["URL"].as_str().unwrap().to_owned();
    let path = url.strip_prefix("https://haso.example").unwrap();
    assert_eq!(see(&mut story, path).0.status, 200);
    story.now = Moment(NOON.0 + 30 * 60_000 + 1);
    let (answer, effects) = choose(&mut story, path, "choice=approve");
    assert_eq!((answer.status, effects.len()), (410, 0));
    assert!(answer.refused.is_some());
    let session = path.rsplit('/').next().unwrap().to_owned();
    let step = Step::Complete {
        page: Page::Session { session },
        installments: None,
    };
    let ended = story.world.act(step, story.now, &mut story.chance);
    assert_eq!(ended.unwrap_err(), "the page has expired");
    assert_eq!(story.world.take_posts(), []);
}
