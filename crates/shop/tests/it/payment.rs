//! A payment in the browser.

use kervan_sandbox::outbox::{How, Rule};
use kervan_sandbox::param::{Customer, Param};

use crate::support::{Stage, session};

#[test]
fn a_wrong_code_and_then_the_right_one_under_a_new_key() {
    let stage = Stage::new();
    stage.open_shop();
    let order = stage.order();
    let browser = stage.browser();
    let begun = browser.submit(&browser.get(&order), "#pay", &[]);
    assert_eq!(begun.status, 303);
    stage.customer(&session(&begun), Customer::Fails);
    stage.until("the return", || {
        browser.get(&order).has("[data-state=not_paid]")
    });

    let paid = stage.paid(&order);
    let states = paid.texts("#payments li");
    assert_eq!(states.len(), 2, "{states:?}");
    assert!(
        states[0].contains("-01: not paid") && states[1].contains("-02: paid"),
        "{states:?}"
    );
    assert!(!paid.has("#pay"), "a paid order is not paid again");
    let charged = stage.sandbox.ask(|param: &Param| {
        param
            .payments()
            .iter()
            .filter(|payment| payment.is_charged())
            .count()
    });
    assert_eq!(charged, 1);
}

#[test]
fn a_browser_that_never_returns_is_asked_for_by_the_button_and_by_the_shop() {
    let stage = Stage::new();
    stage.open_shop();
    let browser = stage.browser();
    for by_hand in [true, false] {
        let order = stage.order();
        let begun = browser.submit(&browser.get(&order), "#pay", &[]);
        stage.sandbox.rule(Rule::on("param", "return", How::Never));
        stage.customer(&session(&begun), Customer::Proves);
        let waits = browser.get(&order);
        assert!(waits.has("[data-state=waiting]"), "{}", waits.text());
        if by_hand {
            browser.submit(&waits, "#check", &[]);
            let asked = browser.get(&order);
            assert!(asked.has("[data-state=paid]"), "{}", asked.text());
        } else {
            stage.pass_until("the shop's question", || {
                browser.get(&order).has("[data-state=paid]")
            });
        }
    }
}

#[test]
fn a_card_is_in_neither_the_database_nor_a_page() {
    let stage = Stage::new();
    stage.open_shop();
    let order = stage.order();
    let browser = stage.browser();
    let values = [("code", "319"), ("holder", "Zeynep Karttaki")];
    browser.submit(&browser.get(&order), "#pay", &values);
    let stored = std::fs::read(stage.database()).unwrap();
    let stored = String::from_utf8_lossy(&stored);
    assert!(stored.contains("-01"), "the payment is stored");
    for secret in ["4546711234567894", "Zeynep Karttaki"] {
        assert!(!stored.contains(secret), "{secret}");
    }
    assert!(!browser.get(&order).body.contains("Zeynep"));
    assert!(!browser.get("/desk").body.contains("454671"));
}
