//! Planted cards, and every output that could show them.

use param_marketplace::payments::{
    BkmPayment, ComputeHash, ModalPayment, PosPayment, QueryPayment, ReturnUrls, Security,
    VerifyCard,
};
use param_marketplace::{Client, Language};

use super::{CARD, card, model_payment, payment, payment_refund, sale, second_step};
use crate::sentinel::{answered, show, show_settled};
use crate::support::client;

/// Makes every call of a payment and shows its results.
pub(crate) async fn every_payment_call(shown: &mut Vec<String>, client: &Client) {
    for security in [Security::ThreeD, Security::None] {
        answered(shown, client.call(&payment(security)).await);
        answered(shown, client.call(&model_payment(security)).await);
    }
    answered(shown, client.call(&second_step()).await);
    answered(shown, client.call(&payment_refund()).await);
    answered(shown, client.call(&QueryPayment::by_key("KV-2001-1")).await);
    show_settled(shown, client, &payment(Security::None)).await;
}

/// Returns the printed form of every type that holds a card or is built from one.
fn everything_of_a_card() -> Vec<String> {
    let mut shown = Vec::new();
    let payment = payment(Security::ThreeD);
    show(&mut shown, &payment);
    show(&mut shown, &card());
    show(&mut shown, &model_payment(Security::None));
    let client = client("http://127.0.0.1:9", 1);
    let request = client.dry_run(&payment).unwrap();
    shown.push(String::from_utf8(request.body).unwrap());
    // The proof that charges a card is as good as one.
    let request = client.dry_run(&second_step()).unwrap();
    shown.push(String::from_utf8(request.body).unwrap());
    let request = client.dry_run(&model_payment(Security::ThreeD)).unwrap();
    shown.push(String::from_utf8(request.body).unwrap());
    let mut wrong = payment;
    let [number, month, year, code] = CARD;
    wrong.card = param_marketplace::payments::Card::new(format!("{number}0"))
        .holder("SENTINEL\u{1}")
        .month(format!("{month}0"))
        .year(format!("{year}0"))
        .code(format!("{code}0"));
    let problems = client.check(&wrong);
    assert_eq!(problems.errors().count(), 5);
    show(&mut shown, &problems);
    for language in [Language::English, Language::Turkish] {
        shown.push(problems.text(language));
    }
    // What cannot be read is not quoted.
    let stored =
        serde_json::json!({ "card": { "holder": "SENTINEL", "number": number, "month": [code] } });
    let error = serde_json::from_value::<PosPayment>(stored).unwrap_err();
    shown.push(format!("{error} {error:?}"));
    shown
}

#[test]
fn a_card_is_shown_nowhere() {
    let [number, _, year, code] = CARD;
    for text in everything_of_a_card() {
        for planted in [number, year, code, "SENTINEL", "192.0.2.77"] {
            // A dry run shows the customer's address and number, as the order's other data.
            let dry = text.contains("soap:Envelope");
            assert!(
                !text.contains(planted) || (dry && planted == "192.0.2.77"),
                "{text}"
            );
        }
    }
}

#[test]
fn a_panic_shows_no_card() {
    let panic = std::panic::catch_unwind(|| {
        let payment = payment(Security::None);
        panic!("with {payment:?}")
    });
    let text = *panic.unwrap_err().downcast::<String>().unwrap();
    assert!(text.contains("redacted"), "{text}");
    for planted in CARD {
        assert!(planted == "12" || !text.contains(planted), "{text}");
    }
}

/// Addresses of the shop may hold a part that only the shop knows.
#[test]
fn no_request_prints_an_address_of_the_shop() {
    let url = |name: &str| format!("https://shop.example/{name}?k=SENTINEL");
    let started = ReturnUrls::after_success(url("ok"));
    let urls = || started.clone().after_failure(url("fail"));
    let shown = format!("{started:?} {:?}", urls());
    assert!(!shown.contains("SENTINEL"), "{shown}");

    let mut sale = sale();
    sale.failure_url = url("fail").into();
    sale.success_url = url("ok").into();
    sale.page = Some(url("page").into());
    let amount = sale.amount;
    let (order, key) = (|| sale.order.clone(), || sale.key.clone());
    let address = sale.customer_ip.clone();
    let bkm = BkmPayment::new(order(), key(), amount, "5550000001", urls(), address);
    let modal = ModalPayment::new(order(), key(), amount, url("back"));
    let check = VerifyCard::new(card(), "TOKEN").return_url(url("back"));
    let hash = ComputeHash::new([url("ok"), url("fail")]);
    let shown = format!("{sale:?} {bkm:?} {modal:?} {check:?} {hash:?}");
    assert!(!shown.contains("SENTINEL"), "{shown}");
    // They are sent and stored all the same.
    assert_eq!(modal.return_url.as_str(), url("back"));
    assert!(
        serde_json::to_string(&sale)
            .unwrap()
            .contains("fail?k=SENTINEL")
    );
}
