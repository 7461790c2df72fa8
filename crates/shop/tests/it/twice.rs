//! One order, a card and HASO: not both at once, and a warning where both have paid.

use std::thread;

use kervan_sandbox::haso::Haso;
use kervan_sandbox::param::Customer;

use crate::support::{Stage, session};
use crate::walk::{completes, is_paid, to_haso};

#[test]
fn an_order_that_a_card_and_haso_have_paid_is_shown_with_a_warning() {
    let stage = Stage::new();
    stage.open_shop();
    let (order, other) = (stage.order(), stage.order());
    let browser = stage.browser();
    stage.paid(&other);
    let number = to_haso(&stage, &order);
    // The page of HASO stays open in another window, and then the bank's does, for so long that it counts as left.
    browser.submit(&browser.get(&order), "#leave-haso", &[]);
    let begun = browser.submit(&browser.get(&order), "#pay", &[]);
    stage.pass_until("the end of patience", || {
        browser.get(&order).has("#payments [data-state=left]")
    });
    completes(&stage, &number);
    stage.pass_until("the installments", || is_paid(&stage, &order));
    assert!(stage.sandbox.ask(|haso: &Haso| haso.is_active(&number)));
    assert!(!browser.get(&order).has("#paid-twice"));
    stage.customer(&session(&begun), Customer::Proves);
    stage.until("the card", || {
        browser.get(&order).has("#payments [data-state=paid]")
    });

    for (language, warning) in [("en", "more than once"), ("tr", "birden fazla kez")] {
        let page = browser.get(&format!("{order}?lang={language}"));
        let shown = page.texts("#paid-twice").concat();
        assert!(shown.contains(warning), "{}", page.text());
    }
    assert!(!browser.get(&other).has("#paid-twice"));
    let desk = browser.get("/desk");
    let shown = desk.texts("#paid-twice li");
    assert_eq!(shown.len(), 1, "{shown:?}");
    let title = browser.get(&order).texts("#title").concat();
    let own = title.rsplit(' ').next().unwrap();
    assert!(shown[0].contains(own), "{shown:?}");

    browser.submit(&browser.get(&order), "form[id^=haso-refund]", &[]);
    let page = browser.get(&order);
    assert!(page.has("[data-haso=refunded]"), "{}", page.text());
    assert!(!page.has("#paid-twice"), "one payment was given back");
    assert!(!browser.get("/desk").has("#paid-twice"));
}

/// Returns a shop, an order that the customer has left at HASO, and its number there. HASO's page is still open.
fn left_open_at_haso() -> (Stage, String, String) {
    let stage = Stage::new();
    stage.open_shop();
    let order = stage.order();
    let browser = stage.browser();
    let number = to_haso(&stage, &order);
    browser.submit(&browser.get(&order), "#leave-haso", &[]);
    (stage, order, number)
}

#[test]
fn a_page_of_haso_that_is_completed_after_a_card_has_paid_is_not_activated() {
    let (stage, order, number) = left_open_at_haso();
    let browser = stage.browser();
    stage.paid(&order);
    completes(&stage, &number);
    let shown = || browser.get(&order).texts("#installments li").concat();
    stage.pass_until("HASO's post", || shown().contains("not activated"));
    stage.advance(std::time::Duration::from_secs(600));
    assert!(!stage.sandbox.ask(|haso: &Haso| haso.is_active(&number)));
    assert_eq!(stage.calls("UpdateTransaction"), 0);
    assert!(!browser.get(&order).has("#paid-twice"));
    let posts = browser.get("/desk").texts("#callbacks li").concat();
    assert!(
        posts.contains("does not wait for a payment any more"),
        "{posts}"
    );
}

#[test]
fn haso_waits_for_the_end_of_a_card_payment() {
    for does in [Customer::Fails, Customer::Proves] {
        let (stage, order, number) = left_open_at_haso();
        let browser = stage.browser();
        let begun = browser.submit(&browser.get(&order), "#pay", &[]);
        completes(&stage, &number);
        let posts = || browser.get("/desk").texts("#callbacks li").concat();
        stage.until("HASO's post", || {
            posts().contains("waits for the end of another payment")
        });
        assert_eq!(stage.calls("UpdateTransaction"), 0);
        let fails = matches!(does, Customer::Fails);
        stage.customer(&session(&begun), does);
        if fails {
            stage.pass_until("the installments", || is_paid(&stage, &order));
        } else {
            stage.pass_until("the end", || {
                posts().contains("does not wait for a payment any more")
            });
            assert_eq!(stage.calls("UpdateTransaction"), 0);
        }
        assert!(!browser.get(&order).has("#paid-twice"));
    }
}

#[test]
fn a_card_and_haso_are_not_open_at_once() {
    let stage = Stage::new();
    stage.open_shop();
    let browser = stage.browser();

    // The bank's page is open, and then the card has paid.
    let order = stage.order();
    let before = browser.get(&order);
    let (card, haso) = (before.form("#pay", &[]), before.form("#haso", &[]));
    let begun = browser.post(&card.0, &[], &card.1);
    assert!(!browser.get(&order).has("#haso"));
    let refused = browser.post(&haso.0, &[], &haso.1);
    let why = refused.texts("#detail").concat();
    assert_eq!(refused.status, 422, "{}", refused.text());
    assert!(why.contains("A card payment is open"), "{why}");
    stage.customer(&session(&begun), Customer::Proves);
    stage.until("the payment", || {
        browser.get(&order).has("[data-state=paid]")
    });
    assert_eq!(browser.post(&haso.0, &[], &haso.1).status, 422);
    assert_eq!(stage.calls("GetToken"), 0);

    // HASO's page is open, and then HASO pays.
    let order = stage.order();
    let card = browser.get(&order).form("#pay", &[]);
    let charged = stage.calls("Pos_Odeme");
    let number = to_haso(&stage, &order);
    assert!(!browser.get(&order).has("#pay"));
    let refused = browser.post(&card.0, &[], &card.1);
    let why = refused.texts("#detail").concat();
    assert_eq!(refused.status, 422, "{}", refused.text());
    assert!(why.contains("The order is at HASO"), "{why}");
    completes(&stage, &number);
    stage.pass_until("the installments", || is_paid(&stage, &order));
    let paid = browser.get(&order);
    assert!(!paid.has("#pay") && !paid.has("#haso") && !paid.has("#leave-haso"));
    assert_eq!(browser.post(&card.0, &[], &card.1).status, 422);
    assert_eq!(stage.calls("Pos_Odeme"), charged);
}

#[test]
fn haso_that_is_down_is_named_and_the_order_is_not_at_haso() {
    let stage = Stage::new();
    stage.open_shop();
    let order = stage.order();
    let browser = stage.browser();
    let (action, body) = browser.get(&order).form("#haso", &[]);
    stage.gate.refuse(Some("GetToken"));
    let texts = [
        ("en", "HASO could not be reached"),
        ("tr", "HASO'ya ulaşılamadı"),
    ];
    for (language, text) in texts {
        let (browser, action, body) = (browser.clone(), action.clone(), body.clone());
        let sent =
            thread::spawn(move || browser.post(&action, &[("Accept-Language", language)], &body));
        // The client tries again before it gives up.
        stage.pass_until("the answer", || sent.is_finished());
        let refused = sent.join().unwrap();
        assert_eq!(refused.status, 503, "{}", refused.text());
        assert!(refused.text().contains(text), "{}", refused.text());
    }
    let page = browser.get(&order);
    let shown = page.texts("#installments li");
    assert_eq!(shown.len(), 1);
    assert!(shown[0].ends_with(": it did not begin"), "{shown:?}");
    assert!(page.has("#pay") && page.has("#haso"), "either can begin");
    stage.gate.refuse(None);
    to_haso(&stage, &order);
    let shown = browser.get(&order).texts("#installments li");
    assert!(shown[1].ends_with(": on HASO's page"), "{shown:?}");
}
