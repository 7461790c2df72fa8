//! One number in letters composed and in parts.

use super::*;

/// The same order number in letters with their marks apart, and in whole letters.
const PARTS: &str = "S\u{327}I\u{307}S\u{327}E-1";

const WHOLE: &str = "ŞİŞE-1";

#[test]
fn t10_two_spellings_of_a_number_are_one_request() {
    for (parts, whole) in [
        (PARTS, WHOLE),
        ("i\u{307}ade-7", "iade-7"),
        ("A\u{ad}-1 ", "A-1"),
    ] {
        let (one, other) = (refund(parts), refund(whole));
        assert_eq!(one, other);
        assert_eq!(sent(&one), sent(&other), "with its signature");
        assert_eq!(member(&sent(&one), "merchantOid").as_deref(), Some(whole));
    }
    let wanted = ["refund", "order"].map(|path| ("line.composed", path.to_owned(), vec![]));
    assert_eq!(found(&refund(PARTS)), wanted);
    assert_eq!(found(&refund(WHOLE)), []);
    // Names are signed as they are sent.
    let named = |name: &str, surname: &str| kds_of(shopper().name(name).surname(surname));
    let parts = sent(&named("C\u{327}ag\u{306}rı", "O\u{308}ztu\u{308}rk"));
    assert_eq!(parts, sent(&named("Çağrı", "Öztürk")));
    let token = signing(KEY, SALT).request_token(["1001", "Çağrı", "Öztürk", "SEG"]);
    assert_eq!(member(&parts, "requestToken").unwrap(), token.expose());
}

#[test]
fn t10_an_answer_in_the_other_spelling_settles_the_write() {
    for (asked, answered) in [(PARTS, WHOLE), (WHOLE, PARTS), (WHOLE, " ŞİŞE-1 ")] {
        let settle = |data: &str| {
            let script = Script::new([success(data)]);
            script.run(async {
                let attempt = crashed(&script.client, &refund(asked)).await;
                script.client.settle(&refund(asked), &attempt).await
            })
        };
        let settled = settle(&format!(r#"{{"RefundId": "{answered}"}}"#));
        assert!(matches!(settled, Settled::Exists), "{settled:?}");
        let settled: Settled<_, Rejection> = settle(r#"{"RefundId": "ŞİŞE-2"}"#);
        assert!(matches!(settled, Settled::Open(_)), "{settled:?}");

        // An echo in the other spelling is not another number.
        let script = Script::new([success(&format!(r#"{{"MerchantOid": "{answered}"}}"#))]);
        let done = script.run(script.client.call(&refund(asked)));
        assert!(done.is_ok(), "{done:?}");

        let paid = SetPaid::new("PAY-1".into(), asked.into(), "2026-11-22".parse().unwrap());
        let paid = paid.transaction("TRX-1");
        let rows = plan(answered, "530.50").replace("\"Fee\":15.25", "\"PaymentStatus\":1");
        let script = Script::new([success(&format!(r#"{{"TransactionPayments": {rows}}}"#))]);
        let settled = script.run(async {
            let attempt = crashed(&script.client, &paid).await;
            script.client.settle(&paid, &attempt).await
        });
        assert!(matches!(settled, Settled::InState), "{settled:?}");
    }
}

/// A shop's program spells the number of an order in two ways: an export of a table has its letters in parts.
#[tokio::test]
async fn t10_the_story_of_an_order_number_in_two_spellings() {
    let client = offline();
    let quirks = Quirks::default();
    let form = |number: &str| {
        let mut order = order();
        order.number = number.into();
        OrderForm::new(order, "T")
    };
    assert_eq!(sent(&form(PARTS)), sent(&form(WHOLE)));

    let post = |number: &str| {
        let plan = plan(number, "530.50");
        let data = format!(r#"{{"TransactionStatus":"6","TransactionPayments":{plan}}}"#);
        let body = format!(r#"{{"Success":true,"Data":{data}}}"#);
        OrderCallback::read(&delivery(None, body.as_bytes())).unwrap()
    };
    let mut keys = Vec::new();
    for (posted, kept) in [
        (PARTS, PARTS),
        (PARTS, WHOLE),
        (WHOLE, PARTS),
        (WHOLE, WHOLE),
    ] {
        let post = post(posted);
        let stored = StoredOrder::open(kept, money("500.00"));
        let order = post.confirm(&stored, &quirks).unwrap();
        let activation = order.activation();
        let attempt = client.prepare(&activation).await.unwrap();
        keys.push((
            attempt.key().to_owned(),
            post.key().clone(),
            sent(&activation),
        ));
    }
    assert!(keys.iter().all(|key| *key == keys[0]), "{keys:?}");
    assert_eq!(keys[0].0, "ŞİŞE-1/TRX-1");
    let other = StoredOrder::open("ŞİŞE-2", money("500.00"));
    assert!(post(PARTS).confirm(&other, &quirks).is_err());
    // The number to look an order up by.
    assert_eq!(OrderNumber::from(PARTS).as_str(), WHOLE);
}
