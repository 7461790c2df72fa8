//! Posts to the return address: doubled, forged, and of nothing.

use kervan_sandbox::outbox::{How, Rule, State};
use kervan_sandbox::param::Customer;

use crate::support::{Stage, session};

#[test]
fn a_return_that_comes_twice_at_once_is_applied_once() {
    let stage = Stage::new();
    stage.open_shop();
    let order = stage.order();
    let browser = stage.browser();
    let begun = browser.submit(&browser.get(&order), "#pay", &[]);
    stage
        .sandbox
        .rule(Rule::on("param", "return", How::DoubleAtOnce));
    stage.customer(&session(&begun), Customer::Proves);
    stage.until("the payment", || {
        browser.get(&order).has("[data-state=paid]")
    });
    stage.until("both", || {
        browser
            .get("/desk")
            .texts("#callbacks")
            .concat()
            .contains("2×")
    });
    let posts = browser.get("/desk").texts("#callbacks li");
    assert_eq!(posts.len(), 1, "{posts:?}");
    assert!(posts[0].contains("verified: paid"), "{posts:?}");
    assert_eq!(browser.get(&order).texts("#payments li").len(), 1);
}

#[test]
fn a_forged_return_does_not_keep_the_genuine_one_out() {
    let stage = Stage::new();
    stage.open_shop();
    let order = stage.order();
    let browser = stage.browser();
    let begun = browser.submit(&browser.get(&order), "#pay", &[]);
    stage.sandbox.rule(Rule::on("param", "return", How::Hold));
    stage.customer(&session(&begun), Customer::Proves);
    let held = stage.sandbox.callbacks().pop().unwrap();
    let genuine = held.post.body.encoded();

    // Under the genuine key, with a smaller amount and with another signature.
    let cheaper = genuine.replace("100%2C00", "1%2C00");
    let (name, _) = genuine.split_once("TURKPOS_RETVAL_Hash=").unwrap();
    let unsigned = format!("{name}TURKPOS_RETVAL_Hash=2jmj7l5rSw0yVb%2FvlWAYkK%2FYBwk%3D");
    for forged in [cheaper.as_str(), &unsigned, "TURKPOS_RETVAL_Sonuc=1", ""] {
        assert_ne!(forged, genuine);
        let refused = browser.post("/payment/return", &[], forged);
        assert_eq!(refused.status, 400, "{}", refused.text());
        assert!(browser.get(&order).has("[data-state=waiting]"));
    }
    // From the bank's site, as a browser posts it.
    let site = [("Sec-Fetch-Site", "cross-site")];
    let taken = browser.post("/payment/return", &site, &genuine);
    assert_eq!(taken.status, 303, "{}", taken.text());
    assert_eq!(taken.location(), order);
    assert!(browser.get(&order).has("[data-state=paid]"));
    let posts = browser.get("/desk").texts("#callbacks li");
    assert_eq!(posts.len(), 5, "each is kept: {posts:?}");
    assert!(
        stage
            .sandbox
            .callbacks()
            .iter()
            .all(|entry| entry.state == State::Held)
    );
}

#[test]
fn a_return_after_the_shop_has_asked_changes_nothing() {
    let stage = Stage::new();
    stage.open_shop();
    let order = stage.order();
    let browser = stage.browser();
    let begun = browser.submit(&browser.get(&order), "#pay", &[]);
    stage.sandbox.rule(Rule::on("param", "return", How::Hold));
    stage.customer(&session(&begun), Customer::Proves);
    browser.submit(&browser.get(&order), "#check", &[]);
    let before = browser.get(&order).texts("#payments");
    let held = stage.sandbox.callbacks().pop().unwrap();
    let late = browser.post("/payment/return", &[], &held.post.body.encoded());
    assert_eq!(late.status, 303);
    assert_eq!(browser.get(&order).texts("#payments"), before);
}
