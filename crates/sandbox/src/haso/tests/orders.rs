//! Orders, tokens, activation and plans.

use super::*;

const OID: &str = "1905231436-1";

#[test]
fn an_order_waits_until_it_is_activated_once() {
    let mut story = Story::new();
    let (answer, effects) = story.order(OID);
    assert_eq!(answer.status, 302);
    assert!(
        answer.headers[0]
            .1
            .starts_with("https://haso.example/page/")
    );
    let transaction = story.world.transaction_of(OID).unwrap().clone();
    let waiting = Effect::OrderWaiting {
        order: OID.to_owned(),
        transaction: transaction.code.clone(),
        amount: lira(50_000),
    };
    assert_eq!(effects[1..], [waiting]);
    assert!(!story.world.is_active(OID));
    assert!(story.world.callback_of(OID).is_some());

    let activated = Effect::Activated {
        order: OID.to_owned(),
        transaction: transaction.code,
        amount: lira(50_000),
    };
    let reply = story.activate(OID);
    assert!(reply.data().is_null());
    assert_eq!(reply.effects, [activated]);
    assert!(story.world.is_active(OID));
    let again = story.activate(OID);
    assert!(again.data().is_null());
    assert_eq!(again.effects, []);
    assert_eq!(story.world.callback_of(OID), None);
    assert_eq!(story.world.writes_of(OID).len(), 3);
    assert_eq!(story.world.available("5004"), lira(1_250_075 - 50_000));
}

#[test]
fn the_shop_gets_the_result_at_two_addresses() {
    let mut story = Story::new();
    story.order(OID);
    let posts = story.world.take_posts();
    let to: Vec<_> = posts
        .iter()
        .map(|post| (post.kind.as_str(), post.by, post.to.as_str()))
        .collect();
    let ok = ("ok", Sender::Browser, "https://shop.example/ok");
    let address = "https://shop.example/callback";
    let callback = ("callback", Sender::Server, address);
    assert_eq!(to, [ok, callback]);
    assert_eq!(posts[0].body, posts[1].body);
    assert!(posts.iter().all(|post| post.about == OID));
    assert_eq!(posts[0].repeats, None);
    assert_eq!(posts[1].repeats, Some(Repeats::until_ok(60_000, 10)));
    let (body, form) = (&posts[0].body, "application/x-www-form-urlencoded");
    assert_eq!(body.content_type(), form);
    assert!(body.encoded().starts_with("Success=True&Errors=&Data=%7B"));
    let data: Value = serde_json::from_str(field(&posts[0], "Data")).unwrap();
    assert_eq!(data["TransactionStatus"], "6");
    assert_eq!(data["NameSurname"], "Nilüfer Örnek");
    let plan: Value = serde_json::from_str(data["TransactionPayments"].as_str().unwrap()).unwrap();
    assert_eq!(plan["MerchantOid"], OID);
    assert_eq!(plan["TotalAmount"].to_string(), "530.5");
    assert_eq!(
        plan["TransactionPayments"][0]["TermDate"],
        "2026-12-27T00:00:00"
    );
    assert_eq!(story.world.take_posts(), []);
}

#[test]
fn plans_are_served_for_activated_orders() {
    let mut story = Story::new();
    story.order(OID);
    let signed = ["merchantId", "merchantOid", "transactionCode"];
    let numbers = story.numbers(OID);
    let [merchant, oid, code] = &numbers;
    let fields = [
        (merchant.0, &*merchant.1),
        (code.0, &*code.1),
        (oid.0, &*oid.1),
    ];
    let early = story.index("GetPaymentsOfTransaction", &fields, &signed);
    assert_eq!(early.refusal(), "İşlem aktif değil");
    story.activate(OID);
    let reply = story.index("GetPaymentsOfTransaction", &fields, &signed);
    let plan = reply.data()["TransactionPayments"].as_str().unwrap();
    let plan: Value = serde_json::from_str(plan).unwrap();
    assert_eq!(plan["TransactionCode"], code.1.as_str());
    let unknown = [(merchant.0, "1001"), (code.0, "TRX-1"), (oid.0, OID)];
    let reply = story.index("GetPaymentsOfTransaction", &unknown, &signed);
    assert_eq!(reply.refusal(), "İşlem bulunamadı");
}

#[test]
fn a_token_serves_one_form_and_expires() {
    let mut story = Story::new();
    let token = story.form_token();
    assert_eq!(story.send(&order_form(&token, "A-1")).0.status, 302);
    let used = Reply::of(story.send(&order_form(&token, "A-2")));
    assert_eq!(used.refusal(), "Token geçersiz");
    let token = story.form_token();
    story.now = Moment(NOON.0 + story.world.settings().token_life + 1);
    let late = Reply::of(story.send(&order_form(&token, "A-2")));
    assert_eq!(late.refusal(), "Token geçersiz");
    assert!(story.world.transaction_of("A-2").is_none());
}

#[test]
fn an_order_number_is_taken_once() {
    let mut story = Story::new();
    story.order(OID);
    let (again, effects) = story.order(OID);
    assert_eq!(effects, []);
    let again = Reply::of((again, effects));
    assert_eq!(again.refusal(), "merchantOid daha önce kullanılmış");
}

#[test]
fn a_page_ends_by_hand_or_by_time() {
    let mut story = Story::new();
    story.world.settings_mut().completion = Completion::ByHand;
    let (_, effects) = story.order(OID);
    assert_eq!(effects.len(), 1);
    let page = story.world.session_of(OID).unwrap().id.clone();
    let order = OID.to_owned();
    let declined = story.world.decline(&page, "Müşteri iptal etti");
    assert_eq!(declined, [Effect::OrderDeclined { order }]);
    let post = story.world.take_posts().remove(0);
    assert_eq!(post.kind, "fail");
    assert_eq!(field(&post, "MercantOid"), OID);
    assert_eq!(story.world.complete(&page, NOON, &mut story.chance), []);

    story.world.settings_mut().completion = Completion::After(60_000);
    story.order("A-2");
    assert_eq!(
        story.world.tick(Moment(NOON.0 + 59_999), &mut story.chance),
        []
    );
    let done = story.world.tick(Moment(NOON.0 + 60_000), &mut story.chance);
    assert_eq!(done.len(), 1);
    assert!(story.world.transaction_of("A-2").is_some());
}

#[test]
fn an_order_over_the_limit_is_declined() {
    let mut story = Story::new();
    let mut customer = Customer::new("5004");
    customer.limit = Some(lira(49_999));
    story.world.add_customer(customer);
    let (answer, effects) = story.order(OID);
    assert_eq!(answer.status, 302);
    let order = OID.to_owned();
    assert_eq!(effects[1], Effect::OrderDeclined { order });
    assert_eq!(
        field(&story.world.take_posts()[0], "Errors"),
        "Limit yetersiz"
    );
    assert!(story.world.transaction_of(OID).is_none());
}

#[test]
fn an_order_in_the_store_needs_a_number_or_a_fresh_code() {
    let mut story = Story::new();
    let form = |token: &str, order: &str, field: (&str, &str)| {
        let mut fields = vec![
            ("Token", token),
            ("merchantId", "1001"),
            ("okUrl", "https://shop.example/ok"),
            ("failUrl", "https://shop.example/fail"),
            ("callbackUrl", "https://shop.example/callback"),
            ("merchantOid", order),
        ];
        fields.extend([field, ("orderAmount", "50000")]);
        post_form("/ServletV2/TransactionMobile", &owned(&fields))
    };
    let token = story.form_token();
    let (answer, _) = story.send(&form(&token, "M-1", ("customerId", "5004")));
    assert_eq!(answer.status, 302);
    let code = story.world.show_qr("5004", NOON, &mut story.chance);
    let token = story.form_token();
    let (answer, _) = story.send(&form(&token, "M-2", ("qrhash", &code)));
    assert_eq!(answer.status, 302);
    story.now = Moment(NOON.0 + 600_001);
    let token = story.form_token();
    let late = Reply::of(story.send(&form(&token, "M-3", ("qrhash", &code))));
    assert_eq!(late.refusal(), "QR kodu geçersiz");
    assert_eq!(story.world.transactions().count(), 2);
}

#[test]
fn an_order_without_a_page_has_a_number_of_its_own() {
    let mut story = Story::new();
    let signed = [
        "merchantId",
        "customerId",
        "orderAmount",
        "selectedInstallment",
    ];
    let fields = |amount| {
        [
            ("merchantId", "1001"),
            ("orderAmount", amount),
            ("selectedInstallment", "3"),
            ("customerId", "5004"),
        ]
    };
    let reply = story.v2("CreateTransaction", &fields("50000"), &signed);
    let plan = &reply.data()["TransactionPayments"];
    let order = plan["MerchantOid"].as_str().unwrap();
    assert_eq!(plan["TransactionPayments"].as_array().unwrap().len(), 3);
    assert_eq!(
        story.world.transaction_of(order).unwrap().status,
        Status::Waiting
    );
    let order = order.to_owned();
    assert_eq!(story.activate(&order).effects.len(), 1);
    let reply = story.v2("CreateTransaction", &fields("99999999"), &signed);
    assert_eq!(reply.refusal(), "Limit yetersiz");
}
