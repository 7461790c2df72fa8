//! Limits, customers and telephone numbers.

use super::*;

const AUTH: [&str; 5] = [
    "merchantId",
    "shopperName",
    "shopperSurname",
    "tckn",
    "mobileNumber",
];
const PIN: [&str; 3] = ["merchantId", "kkbRefNo", "pinCode"];
const KDS: [&str; 4] = [
    "merchantId",
    "shopperName",
    "shopperSurname",
    "dealerSegment",
];

fn start(story: &mut Story, tckn: &str, test: Option<&str>) -> Reply {
    let mut fields = vec![
        ("merchantId", "1001"),
        ("shopperName", "Çağrı"),
        ("shopperSurname", "Öztürk"),
        ("tckn", tckn),
        ("mobileNumber", "5536616020"),
        ("email", "c@example.com"),
    ];
    fields.extend(test.map(|test| ("testOn", test)));
    story.v2("HasoAuthSendInfo", &fields, &AUTH)
}

fn pin(story: &mut Story, reference: &str, pin: &str, result: Option<&str>) -> Reply {
    let mut fields = vec![
        ("merchantId", "1001"),
        ("kkbRefNo", reference),
        ("pinCode", pin),
    ];
    fields.extend(result.map(|result| ("testResult", result)));
    story.v2("SendKkbPinCode", &fields, &PIN)
}

fn ask(story: &mut Story, reference: &str, result: Option<&str>) -> Reply {
    let mut fields = vec![("merchantId", "1001"), ("kkbRefNo", reference)];
    fields.extend(result.map(|result| ("testResult", result)));
    story.v2("AskKkbReportResult", &fields, &["merchantId", "kkbRefNo"])
}

fn kds(story: &mut Story, tckn: &str, mobile: &str) -> Reply {
    let fields = [
        ("merchantId", "1001"),
        ("shopperName", "Çağrı"),
        ("shopperSurname", "Öztürk"),
        ("tckn", tckn),
        ("mobileNumber", mobile),
        ("email", "c@example.com"),
        ("birthDate", "1983-08-17"),
        ("dealerSegment", "SEG"),
        ("kdsLimit", "2500050"),
    ];
    story.v2("SetLimitFromKds", &fields, &KDS)
}

#[test]
fn a_limit_needs_the_pin_and_the_report() {
    let mut story = Story::new();
    story.world.settings_mut().report_after = 2;
    let reply = start(&mut story, "10000000078", None);
    let reference = reply.data()["KkbRefNo"].as_str().unwrap().to_owned();
    assert_eq!(reply.effects.len(), 1);
    assert_eq!(
        ask(&mut story, &reference, None).refusal(),
        "PIN kodu bekleniyor"
    );
    let right = story.world.pin_of(&reference).unwrap().to_owned();
    assert_eq!(
        pin(&mut story, &reference, "x", None).refusal(),
        "PIN kodu hatalı"
    );
    let reply = pin(&mut story, &reference, &right, None);
    assert!(reply.data().is_null());
    assert!(matches!(reply.effects[..], [Effect::LimitSet { .. }]));
    assert!(ask(&mut story, &reference, None).data().is_null());
    assert!(ask(&mut story, &reference, None).data().is_null());
    let reply = ask(&mut story, &reference, None);
    assert_eq!(reply.data()["CustomerInfo"]["CustomerLimit"], 10_000);
    let reply = start(&mut story, "10000000078", None);
    assert_eq!(reply.data()["CustomerInfo"]["CustomerLimit"], 10_000);
    assert_eq!(reply.effects, []);
    assert_eq!(
        pin(&mut story, "KKB-1", "x", None).refusal(),
        "KKB referansı bulunamadı"
    );
}

#[test]
fn a_test_chooses_its_outcome() {
    for (result, limit) in [("A", 20_000), ("D", 5_000), ("E", 0), ("F", 0)] {
        let mut story = Story::new();
        let reply = start(&mut story, "10000000078", Some("true"));
        let reference = reply.data()["KkbRefNo"].as_str().unwrap().to_owned();
        assert!(
            pin(&mut story, &reference, "0", Some("RETRY"))
                .data()
                .is_null()
        );
        let reply = ask(&mut story, &reference, Some(result));
        assert_eq!(
            reply.data()["CustomerInfo"]["CustomerLimit"],
            limit,
            "{result}"
        );
        assert_eq!(reply.effects.len(), 1);
    }
}

#[test]
fn a_computed_limit_replaces_the_present_one() {
    let mut story = Story::new();
    let reply = kds(&mut story, "10000000146", "5550000000");
    assert!(reply.data().is_null());
    let set = Effect::LimitSet {
        customer: "5004".to_owned(),
        limit: lira(2_500_050),
    };
    assert_eq!(reply.effects, [set]);
    let other = kds(&mut story, "10000000078", "5550000000");
    assert_eq!(other.refusal(), "Telefon numarası başka bir müşteriye ait");
    assert_eq!(
        kds(&mut story, "10000000078", "5536616020").effects.len(),
        1
    );
    assert_eq!(story.world.customers().count(), 2);

    let (mut story, _) = Story::active_order("A-1");
    story.now = Moment(NOON.0 + 40 * DAY);
    let overdue = kds(&mut story, "10000000146", "5550000000");
    assert_eq!(overdue.refusal(), "Müşterinin gecikmiş ödemesi var");
    let mut customer = story.world.customer("5004").unwrap().clone();
    customer.is_suspended = true;
    story.world.add_customer(customer);
    assert_eq!(
        kds(&mut story, "10000000146", "5550000000").refusal(),
        "Müşteri askıda"
    );
    assert_eq!(
        start(&mut story, "10000000146", None).refusal(),
        "Müşteri askıda"
    );
}

#[test]
fn a_limit_page_answers_as_asked() {
    let mut story = Story::new();
    let form = |token: &str, response: Option<&str>| {
        let mut fields = vec![
            ("token", token),
            ("merchantId", "1001"),
            ("okUrl", "https://shop.example/ok"),
            ("failUrl", "https://shop.example/fail"),
            ("callbackUrl", "https://shop.example/callback"),
        ];
        fields.extend(response.map(|response| ("response", response)));
        fields.push(("tckn", "10000000146"));
        post_form("/ServletV2/GetLimit", &owned(&fields))
    };
    let token = story.form_token();
    let (answer, effects) = story.send(&form(&token, None));
    assert_eq!((answer.status, effects.len()), (302, 1));
    let posts = story.world.take_posts();
    let data: Value = serde_json::from_str(field(&posts[1], "Data")).unwrap();
    assert_eq!(data["CustomerId"], "5004");
    assert_eq!(data["CustomerLimit"].to_string(), "12500.75");

    let token = story.form_token();
    let reply = Reply::of(story.send(&form(&token, Some("json"))));
    let data = reply.data();
    assert!(data["URL"].as_str().unwrap().contains("/page/"));
    assert_eq!(data["Expiredate"], "2026-11-27T12:30:00");
    let page = story
        .world
        .sessions()
        .find(|page| page.state == SessionState::Open);
    let page = page.unwrap().id.clone();
    story.world.complete(&page, NOON, &mut story.chance);
    assert_eq!(story.world.take_posts().len(), 2);
}

#[test]
fn a_phone_number_changes_or_says_why_not() {
    let mut story = Story::new();
    story
        .world
        .refuse_phone("5551112233", vec!["5550000001".to_owned()]);
    let mut change = |customer, mobile| {
        let fields = [
            ("MerchantId", "1001"),
            ("CustomerId", customer),
            ("NewGsmNo", mobile),
        ];
        story.index(
            "ChangeCustomerGsmNo",
            &fields,
            &["MerchantId", "CustomerId", "NewGsmNo"],
        )
    };
    for (customer, mobile, code) in [
        ("5005", "5536616020", "H223"),
        ("5004", "5550000000", "H311"),
        ("5004", "5551112233", "RS115"),
    ] {
        let reply = change(customer, mobile);
        assert_eq!(reply.data()["message"], code);
        assert_eq!(reply.effects, []);
    }
    assert_eq!(
        change("5004", "5551112233").data()["KkbPhones"][0],
        "5550000001"
    );
    let reply = change("5004", "5536616020");
    assert_eq!(reply.data()["message"], "RS100");
    assert_eq!(reply.effects.len(), 1);
    assert_eq!(change("5004", "5536616020").data()["message"], "H311");
}

#[test]
fn an_unknown_customer_has_no_information() {
    let mut story = Story::new();
    let mut ask = |customer| {
        let fields = [("MerchantId", "1001"), ("CustomerId", customer)];
        let reply = story.index(
            "GetCustomerInformation",
            &fields,
            &["MerchantId", "CustomerId"],
        );
        reply.data()["CustomerInfo"].to_string()
    };
    assert_eq!(ask("5004"), r#"{"CustomerLimit":12500.75}"#);
    assert_eq!(ask("1"), "null");
}

#[test]
fn the_last_tokens_are_kept() {
    let mut story = Story::new();
    let first = story.world.issue_token(NOON, &mut story.chance);
    let second = story.world.issue_token(NOON.plus(1), &mut story.chance);
    for _ in 1..crate::haso::browser::MOST_TOKENS {
        story.world.issue_token(NOON.plus(2), &mut story.chance);
    }
    assert!(!story.world.tokens.contains_key(&first));
    assert!(story.world.tokens.contains_key(&second));
}
