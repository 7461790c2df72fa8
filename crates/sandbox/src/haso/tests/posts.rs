//! Result posts, compared with the posts of the fixtures.

use super::*;
use crate::values::replay;

/// Returns the shape of a post: of its JSON, or of its fields, whose JSON counts as what it holds.
fn shape(body: &[u8]) -> std::collections::BTreeSet<String> {
    let body = if body.starts_with(b"{") {
        body.to_vec()
    } else {
        let fields = form::pairs(str::from_utf8(body).unwrap()).unwrap();
        let members = fields
            .into_iter()
            .map(|(name, value)| (name, Value::String(value)));
        Value::Object(members.collect()).to_string().into_bytes()
    };
    replay::shape(&Answer::new(200, "application/json", body))
}

/// The posts of an order or a limit that was completed or given up, in a dialect.
fn posted(dialect: Dialect, operation: &str) -> Post {
    let mut story = Story::new();
    story.world.settings_mut().completion = Completion::ByHand;
    story.world.settings_mut().dialect = dialect;
    let token = story.world.issue_token(NOON, &mut story.chance);
    let (answer, _) = if operation.starts_with("order") {
        story.send(&order_form(&token, "1905231436-1"))
    } else {
        let urls = ["okUrl", "failUrl", "callbackUrl"];
        let mut fields = vec![("token", token.as_str()), ("merchantId", "1001")];
        fields.extend(urls.map(|name| (name, "https://shop.example/haso")));
        fields.push(("tckn", "10000000146"));
        story.send(&post_form("/ServletV2/GetLimit", &owned(&fields)))
    };
    assert_eq!(answer.status, 302, "{}", text(&answer));
    let session = story.world.sessions().next().unwrap().id.clone();
    if operation.ends_with("fail") {
        story.world.decline(&session, "Müşteri iptal etti");
    } else {
        story.world.complete(&session, NOON, &mut story.chance);
    }
    let kind = operation.split_once('-').unwrap().1;
    let posts = story.world.take_posts();
    posts.into_iter().find(|post| post.kind == kind).unwrap()
}

#[test]
fn posts_have_the_shapes_of_the_cases() {
    let short = Dialect {
        envelope: EnvelopeForm::Short,
        ..Dialect::default()
    };
    let limit = Dialect {
        has_number_codes: true,
        ..short
    };
    let of = |posts| Dialect { posts, ..short };
    let json = Dialect {
        posts: PostForm::Json,
        plan: PlanForm::Object,
        ..Dialect::default()
    };
    let cases = replay::posts("haso-bnpl");
    for (name, dialect) in [
        ("order-ok/success", Dialect::default()),
        ("order-callback/success", Dialect::default()),
        ("order-callback/success-json", json),
        ("order-ok/success-flat", of(PostForm::Dotted)),
        ("order-callback/success-flat", of(PostForm::Dotted)),
        ("order-ok/success-pairs", of(PostForm::Pairs)),
        ("order-fail/success", Dialect::default()),
        ("limit-ok/success", limit),
        ("limit-callback/success", limit),
    ] {
        let case = cases.iter().find(|(listed, _)| listed == name);
        let (_, theirs) = case.unwrap_or_else(|| panic!("{name} is not a case"));
        let ours = posted(dialect, name.split_once('/').unwrap().0);
        let ours = ours.body.encoded();
        assert_eq!(shape(ours.as_bytes()), shape(theirs), "{name}: {ours}");
    }
}

#[test]
fn every_form_of_a_post_holds_the_same() {
    let of = |posts, plan| Dialect {
        plan,
        posts,
        ..Dialect::default()
    };
    let top = posted(of(PostForm::TopLevel, PlanForm::Object), "order-ok");
    assert_eq!(field(&top, "CustomerId"), "5004");
    let number = "TransactionPayments.TransactionPayments[1].InstallmentNo";
    assert_eq!(field(&top, number), "2");
    let one = posted(of(PostForm::OneField, PlanForm::Data), "order-ok");
    let envelope: Value = serde_json::from_str(field(&one, "response")).unwrap();
    let plan = &envelope["Data"]["TransactionPayments"];
    assert_eq!(plan["TotalAmount"].to_string(), "530.5");
    for (errors, name, text) in [
        (PostErrors::Indexed, "Errors[0]", "Müşteri iptal etti"),
        (PostErrors::Brackets, "Errors[]", "Müşteri iptal etti"),
        (PostErrors::List, "Errors", "[\"Müşteri iptal etti\"]"),
    ] {
        let dialect = Dialect {
            post_errors: errors,
            spelling: Spelling::Capital,
            envelope: EnvelopeForm::Short,
            ..Dialect::default()
        };
        let fail = posted(dialect, "order-fail");
        assert_eq!(field(&fail, name), text);
        assert_eq!(field(&fail, "MerchantOid"), "1905231436-1");
        assert!(!fail.body.encoded().contains("Success"));
    }
    let dialect = Dialect {
        post_errors: PostErrors::Absent,
        ..Dialect::default()
    };
    assert!(
        !posted(dialect, "order-fail")
            .body
            .encoded()
            .contains("Errors")
    );
    // A browser cannot post JSON.
    let browser = posted(of(PostForm::Json, PlanForm::Page), "order-ok");
    assert!(field(&browser, "Data").starts_with('{'));
}
