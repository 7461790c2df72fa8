//! A world as a server holds it: logins, steps and states.

use super::*;

const BASE: &str = "http://127.0.0.1:8080/w/1/haso";

fn step(story: &mut Story, json: &str) -> std::result::Result<Vec<Effect>, String> {
    let step: Step = serde_json::from_str(json).unwrap();
    let again = serde_json::to_string(&step).unwrap();
    assert_eq!(serde_json::from_str::<Step>(&again).unwrap(), step);
    story.world.act(step, story.now, &mut story.chance)
}

fn by_hand() -> Story {
    let mut story = Story::new();
    story.world.settings_mut().completion = Completion::ByHand;
    story
}

fn state(story: &Story, key: &str) -> Option<&'static str> {
    let states = story.world.states();
    let found = states.into_iter().find(|(listed, _)| listed == key);
    found.map(|(_, state)| state.name())
}

#[test]
fn logins_differ_between_worlds() {
    let example = Haso::open(BASE, None);
    let login = [
        ("merchant", "1001".to_owned()),
        ("merchant_key", "demo-merchant-key".to_owned()),
        ("merchant_salt", SALT.to_owned()),
    ];
    assert_eq!(example.login(), login);
    let mut chance = Chance::new(1);
    let first = Haso::open(BASE, Some(&mut chance));
    let second = Haso::open(BASE, Some(&mut chance));
    for (one, other) in first.login().iter().zip(second.login()) {
        assert_ne!(*one, other);
    }
    let merchant = &first.login()[0].1;
    let form = post_form("/Index/GetToken", &owned(&[("MerchantId", merchant)]));
    assert!(first.is_login_of(&form) && !second.is_login_of(&form));
    let body = format!(r#"{{"merchantId": "{merchant}"}}"#);
    assert!(first.is_login_of(&post("/RequestV2/CheckRefund", "application/json", &body)));
    assert!(!example.is_login_of(&post_form("/Index/GetToken", &[])));
}

#[test]
fn the_pages_follow_the_address() {
    let mut world = Haso::open(BASE, None);
    assert_eq!(world.settings().pages, format!("{BASE}/page"));
    world.move_to("http://127.0.0.1:9/haso");
    assert_eq!(world.settings().pages, "http://127.0.0.1:9/haso/page");
}

#[test]
fn a_page_is_completed_or_declined_by_order_or_by_session() {
    let mut story = by_hand();
    story.order("A-1");
    story.order("A-2");
    assert_eq!(state(&story, "A-1").unwrap(), "open");
    let plan = r#"{"step": "complete", "order": "A-1", "installments": 3}"#;
    assert_eq!(step(&mut story, plan).unwrap().len(), 1);
    let transaction = story.world.transaction_of("A-1").unwrap().clone();
    assert_eq!(transaction.installments.len(), 3);
    assert_eq!(state(&story, "A-1").unwrap(), "waiting");
    assert_eq!(step(&mut story, plan).unwrap_err(), "the page has ended");

    let session = story.world.session_of("A-2").unwrap().id.clone();
    let decline = format!(r#"{{"step": "decline", "session": "{session}", "reason": "Yok"}}"#);
    assert_eq!(step(&mut story, &decline).unwrap().len(), 1);
    assert_eq!(state(&story, "A-2").unwrap(), "declined");
    assert_eq!(state(&story, &session).unwrap(), "declined");
    let posts = story.world.take_posts();
    let mut kinds: Vec<_> = posts.iter().map(|post| post.kind.as_str()).collect();
    assert_eq!(kinds, ["ok", "callback", "fail"]);
    kinds.sort_unstable();
    let mut declared = Haso::POSTS.to_vec();
    declared.sort_unstable();
    assert_eq!(kinds, declared);
    assert_eq!(field(&posts[2], "Errors"), "Yok");
    let unknown = r#"{"step": "complete", "order": "A-3"}"#;
    assert_eq!(
        step(&mut story, unknown).unwrap_err(),
        "no page has this number"
    );
}

#[test]
fn customers_join_change_and_are_suspended() {
    let mut story = Story::new();
    let add = r#"{"step": "add_customer", "customer": "6000", "mobile": "5551112233"}"#;
    assert_eq!(step(&mut story, add).unwrap(), []);
    let limit = r#"{"step": "set_limit", "customer": "6000", "limit": "500.50"}"#;
    let set = Effect::LimitSet {
        customer: "6000".to_owned(),
        limit: lira(50_050),
    };
    assert_eq!(step(&mut story, limit).unwrap(), [set]);
    assert_eq!(story.world.available("6000"), lira(50_050));
    let suspend = r#"{"step": "suspend_customer", "customer": "5004"}"#;
    step(&mut story, suspend).unwrap();
    let (_, effects) = story.order("A-1");
    assert!(matches!(effects[1], Effect::OrderDeclined { .. }));
    let reactivate = r#"{"step": "reactivate_customer", "customer": "5004"}"#;
    step(&mut story, reactivate).unwrap();
    let (_, effects) = story.order("A-2");
    assert!(matches!(effects[1], Effect::OrderWaiting { .. }));
    let nobody = r#"{"step": "suspend_customer", "customer": "1"}"#;
    assert!(step(&mut story, nobody).is_err());
}

#[test]
fn an_installment_is_paid_by_its_customer() {
    let (mut story, transaction) = Story::active_order("A-1");
    let code = &transaction.installments[0].code;
    let paid = format!(r#"{{"step": "mark_paid", "payment": "{code}"}}"#);
    assert_eq!(state(&story, code).unwrap(), "unpaid");
    assert!(matches!(
        step(&mut story, &paid).unwrap()[..],
        [Effect::Paid { .. }]
    ));
    assert_eq!(state(&story, code).unwrap(), "paid");
    assert_eq!(state(&story, "A-1").unwrap(), "active");
    assert!(step(&mut story, &paid).is_err());
    assert!(step(&mut story, r#"{"step": "mark_paid", "payment": "X"}"#).is_err());
}

#[test]
fn a_code_is_shown_and_tokens_end() {
    let mut story = Story::new();
    let shown = step(&mut story, r#"{"step": "show_qr", "customer": "5004"}"#).unwrap();
    let [Effect::QrShown { code, .. }] = &shown[..] else {
        panic!("{shown:?}");
    };
    assert_eq!(story.world.scan(code, NOON).unwrap(), "5004");
    let token = story.form_token();
    step(&mut story, r#"{"step": "expire_tokens"}"#).unwrap();
    let ended = Reply::of(story.send(&order_form(&token, "A-1")));
    assert_eq!(ended.refusal(), "Token geçersiz");
    assert!(!story.world.expire_logins());
    story.form_token();
    assert!(story.world.expire_logins());

    let refuse = r#"{"step": "refuse_phone", "mobile": "5551112233", "offered": ["5550000001"]}"#;
    step(&mut story, refuse).unwrap();
    let after = r#"{"step": "complete_pages", "when": {"after": 60000}}"#;
    step(&mut story, after).unwrap();
    assert_eq!(story.world.settings().completion, Completion::After(60_000));
}
