//! A world that is stored and read again.

use super::*;

/// A world with something of every kind in it.
fn full() -> Story {
    let (mut story, transaction) = Story::active_order("A-1");
    story.world.settings_mut().completion = Completion::ByHand;
    story.world.settings_mut().dialect.decimals = Decimals::Turkish;
    story.world.settings_mut().fee_rate = "0.0615".parse().unwrap();
    story.order("A-2");
    let session = story.world.session_of("A-2").unwrap().id.clone();
    story
        .world
        .complete_on_page(&session, 3, NOON, &mut story.chance);
    story.order("A-3");
    story.world.decline(
        &story.world.session_of("A-3").unwrap().id.clone(),
        "Vazgeçildi",
    );
    let paid = Step::MarkPaid {
        payment: transaction.installments[0].code.clone(),
        amount: Some(lira(1)),
    };
    story.world.act(paid, NOON, &mut story.chance).unwrap();
    let refund = [
        ("merchantId", "1001"),
        ("refundId", "R-1"),
        ("merchantOid", "A-1"),
        ("transactionCode", &transaction.code),
        ("refundAmount", "12525"),
    ];
    let signed = refund.map(|(name, _)| name);
    story.v2("RefundTransaction", &refund, &signed).data();
    let auth = [
        ("merchantId", "1001"),
        ("shopperName", "Çağrı"),
        ("shopperSurname", "Öztürk"),
        ("tckn", "10000000078"),
        ("mobileNumber", "5536616020"),
        ("email", "c@example.com"),
    ];
    let names = [
        "merchantId",
        "shopperName",
        "shopperSurname",
        "tckn",
        "mobileNumber",
    ];
    story.v2("HasoAuthSendInfo", &auth, &names).data();
    story.world.show_qr("5004", NOON, &mut story.chance);
    story.form_token();
    story
        .world
        .refuse_phone("5551112233", vec!["5550000001".to_owned()]);
    story
}

#[test]
fn a_stored_world_is_the_same_world() {
    let mut story = full();
    let world = &story.world;
    assert!(!world.sessions.is_empty() && !world.refunds.is_empty());
    assert!(!world.bureau.is_empty() && !world.tokens.is_empty() && !world.qr.is_empty());
    assert!(!world.outbox.is_empty() && !world.journal.is_empty());
    let stored = serde_json::to_string(world).unwrap();
    let mut read: Haso = serde_json::from_str(&stored).unwrap();
    assert_eq!(format!("{read:?}"), format!("{world:?}"));
    assert_eq!(serde_json::to_string(&read).unwrap(), stored);
    // It also goes on as the other one does.
    let token = story.world.issue_token(NOON, &mut Chance::new(9));
    assert_eq!(read.issue_token(NOON, &mut Chance::new(9)), token);
    let request = order_form(&token, "A-4");
    let theirs = story.world.handle(&request, NOON, &mut Chance::new(3));
    let ours = read.handle(&request, NOON, &mut Chance::new(3));
    assert_eq!(ours, theirs);
    assert_eq!(read.take_posts(), story.world.take_posts());
    assert_eq!(read.states(), story.world.states());
}

#[test]
fn settings_may_be_stored_in_part() {
    let text = r#"{"token_life": 5, "dialect": {"plan": "data", "errors": "code_and_text"}}"#;
    let settings: Settings = serde_json::from_str(text).unwrap();
    assert_eq!(
        (settings.token_life, settings.merchant.as_str()),
        (5, "1001")
    );
    assert_eq!(settings.dialect.plan, PlanForm::Data);
    assert_eq!(settings.dialect.posts, PostForm::DataText);
}
