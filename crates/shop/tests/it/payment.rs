//! A payment in the browser.

use kervan_sandbox::outbox::{How, Rule};
use kervan_sandbox::param::{Customer, Param};

use crate::place;
use crate::support::{Stage, held, hold, session};

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
fn a_page_that_is_not_finished_is_not_called_unpaid() {
    let stage = Stage::new();
    stage.open_shop();
    let order = stage.order();
    let browser = stage.browser();
    let begun = browser.submit(&browser.get(&order), "#pay", &[]);
    // A wrong code, after which the bank lets the customer try again: the service shows `FAIL` meanwhile.
    stage.sandbox.rule(Rule::on("param", "return", How::Never));
    stage.customer(&session(&begun), Customer::Fails);
    browser.submit(&browser.get(&order), "#check", &[]);
    let asked = browser.get(&order);
    assert!(asked.has("[data-state=waiting]"), "{}", asked.text());
    assert!(asked.text().contains("not paid"), "{}", asked.text());
    let operation = "TP_Islem_Sorgulama4";
    let asks = stage.calls(operation);
    stage.pass_until("the end of patience", || {
        browser.get(&order).has("[data-state=left]")
    });
    assert!(stage.calls(operation) > asks + 1);
    // Now HASO may pay, and the card's payment is found all the same.
    assert!(browser.get(&order).has("#haso"));
    for (from, to) in [
        ("<Odeme_Sonuc>-1<", "<Odeme_Sonuc>1<"),
        ("<Durum>FAIL<", "<Durum>BANK_FAIL<"),
    ] {
        stage.gate.change(operation, from, to);
    }
    stage.pass_until("the bank's word", || {
        browser.get(&order).has("[data-state=not_paid]")
    });
}

#[test]
fn sellers_are_not_paid_by_a_number_that_is_not_signed() {
    let stage = Stage::new();
    stage.open_shop();
    let other = stage.order();
    stage.paid(&other);
    let first = stage.sandbox.ask(|param: &Param| param.payments()[0].id);

    // The start does not say the number of the payment, and its customer changes the posted one.
    stage.gate.change("Pos_Odeme", "Islem_ID>", "Islem_No>");
    let order = stage.order();
    let browser = stage.browser();
    let begun = browser.submit(&browser.get(&order), "#pay", &[]);
    hold(&stage, "param", "return");
    stage.customer(&session(&begun), Customer::Proves);
    let second = stage.sandbox.ask(|param: &Param| param.payments()[1].id);
    let forged = held(&stage, "return").forged(
        &format!("SanalPOS_Islem_ID={second}"),
        &format!("SanalPOS_Islem_ID={first}"),
    );
    forged.sent(&browser);
    let paid = browser.get(&order);
    assert!(paid.has("[data-state=paid]"), "{}", paid.text());
    browser.submit(&paid, "#split", &[]);
    let entries = |id| {
        stage
            .sandbox
            .ask(move |param: &Param| param.orders_of(id).len())
    };
    assert_eq!((entries(first), entries(second)), (0, 1));
}

#[test]
fn a_card_is_in_neither_the_database_nor_a_page() {
    let stage = Stage::new();
    stage.open_shop();
    let order = stage.order();
    let browser = stage.browser();
    let values = [("code", "319"), ("holder", "Zeynep Karttaki")];
    browser.submit(&browser.get(&order), "#pay", &values);
    let stored = place::stored(stage.database());
    assert!(stored.contains("-01"), "the payment is stored");
    for secret in ["4546711234567894", "Zeynep Karttaki"] {
        assert!(!stored.contains(secret), "{secret}");
    }
    assert!(!browser.get(&order).body.contains("Zeynep"));
    assert!(!browser.get("/desk").body.contains("454671"));
}
