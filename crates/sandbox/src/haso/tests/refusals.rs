//! Refusals that every call shares.

use super::*;

#[test]
fn merchant_signature_and_table_are_checked() {
    let mut story = Story::new();
    let other = story.index("GetErrorCodes", &[("merchantId", "1")], &["merchantId"]);
    assert_eq!(other.refusal(), "Üye işyeri bulunamadı");
    let wrong = story.index("GetErrorCodes", &[("merchantId", "1001")], &[]);
    assert_eq!(wrong.refusal(), "requestToken geçersiz");
    // The page leaves the signature out, but a wrong one is wrong.
    let fields = [("MerchantId", "1001"), ("CustomerId", "5004")];
    let wrong = story.index("GetCustomerInformation", &fields, &[]);
    assert_eq!(wrong.refusal(), "requestToken geçersiz");
    let request = post_form("/Index/GetCustomerInformation", &owned(&fields));
    Reply::of(story.send(&request)).data();
    let request = post_form("/Index/GetErrorCodes", &owned(&[("merchantId", "1001")]));
    assert_eq!(
        Reply::of(story.send(&request)).refusal(),
        "requestToken geçersiz"
    );

    let fields = [
        ("MerchantId", "1001"),
        ("CustomerId", "5004"),
        ("NewGsmNo", "05536616020"),
    ];
    let request = post_form("/Index/ChangeCustomerGsmNo", &owned(&fields));
    let reply = Reply::of(story.send(&request));
    assert!(reply.refusal().contains("body.NewGsmNo"), "{reply:?}");
}

#[test]
fn the_list_of_codes_is_the_documented_one() {
    let mut story = Story::new();
    let reply = story.index("GetErrorCodes", &[("merchantId", "1001")], &["merchantId"]);
    let rows = reply.data()["ErrorCodes"].as_array().unwrap();
    let codes: Vec<_> = rows
        .iter()
        .map(|row| row["code"].as_str().unwrap())
        .collect();
    assert_eq!(codes, ["RS100", "RS115", "H223", "H307", "H308", "H311"]);
}

#[test]
fn other_calls_are_told_apart() {
    let mut story = Story::new();
    for (path, content_type, body, status) in [
        ("/Index/Nothing", "application/json", "{}", 404),
        ("/Index/RefundTransaction", "application/json", "{}", 404),
        (
            "/RequestV2/SendExecutionTransaction",
            "application/json",
            "{}",
            501,
        ),
        ("/RequestV2/RefundTransaction", "application/json", "{", 400),
        ("/RequestV2/RefundTransaction", "text/plain", "{}", 400),
    ] {
        let (answer, effects) = story.send(&post(path, content_type, body));
        assert_eq!((answer.status, effects.len()), (status, 0), "{path}");
        assert!(text(&answer).starts_with("sandbox: "), "{path}");
    }
}

#[test]
fn reads_are_told_from_writes() {
    let world = Haso::demo();
    let request = |path: &str, body: &str| post(path, "application/json", body);
    for path in [
        "/Index/GetPaymentsOfTransaction",
        "/RequestV2/CheckRefund",
        "/x/Index/GetErrorCodes",
    ] {
        assert!(world.is_read(&request(path, "{}")), "{path}");
    }
    for path in [
        "/Index/UpdateTransaction",
        "/Index/GetToken",
        "/ServletV2/GetLimit",
    ] {
        assert!(!world.is_read(&request(path, "{}")), "{path}");
    }
    let ask = "/RequestV2/AskKkbReportResult";
    assert!(world.is_read(&request(ask, "{}")));
    assert!(!world.is_read(&request(ask, r#"{"testResult": "A"}"#)));
}

#[test]
fn equal_seeds_make_equal_worlds() {
    let run = || {
        let mut story = Story::new();
        story.order("A-1");
        story.order("A-2");
        story.activate("A-2");
        (
            format!("{:?}", story.world.journal()),
            story.world.take_posts(),
        )
    };
    assert_eq!(run(), run());
}

#[test]
fn a_clone_is_a_snapshot() {
    let (story, _) = Story::active_order("A-1");
    let mut old = Story {
        world: story.world.clone(),
        ..Story::new()
    };
    old.order("A-2");
    assert!(story.world.transaction_of("A-2").is_none());
    assert!(old.world.is_active("A-1"));
}

#[test]
fn refusals_have_every_form() {
    let ask = |dialect: Dialect| {
        let mut story = Story::new();
        story.world.settings_mut().dialect = dialect;
        let mut fields = owned(&[("merchantId", "1001"), ("refundId", "R-1")]);
        let token = token(&fields, &["merchantId", "refundId"]);
        fields.push(("requestToken".to_owned(), token));
        let (answer, _) = story.send(&post_form("/RequestV2/CheckRefund", &fields));
        assert_eq!(answer.refused.as_ref().unwrap().code, "H308");
        (answer.status, text(&answer))
    };
    let whole = r#"{"Success":false,"Errors":["H308"],"Data":null}"#;
    assert_eq!(ask(Dialect::default()), (200, whole.to_owned()));
    let both = Dialect {
        errors: ErrorsForm::CodeAndText,
        refuses_with_400: true,
        ..Dialect::default()
    };
    let (status, body) = ask(both);
    assert_eq!(status, 400);
    assert!(body.contains("[\"H308: İade bulunamadı\"]"), "{body}");
    let short = Dialect {
        errors: ErrorsForm::Text,
        envelope: EnvelopeForm::Short,
        ..Dialect::default()
    };
    assert_eq!(ask(short).1, r#"{"Success":"false","Errors":"H308"}"#);
}
