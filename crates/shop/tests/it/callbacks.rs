//! Posts to the return address: doubled, forged, and of nothing.

use kervan_sandbox::outbox::{How, Rule};
use kervan_sandbox::param::Customer;

use crate::support::{Stage, held, hold, session};

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
    hold(&stage, "param", "return");
    stage.customer(&session(&begun), Customer::Proves);
    let genuine = held(&stage, "return");

    // Under the genuine key, with a smaller amount and with another signature.
    let cheaper = genuine.forged("100%2C00", "1%2C00");
    let (name, _) = genuine.body.split_once("TURKPOS_RETVAL_Hash=").unwrap();
    let unsigned = format!("{name}TURKPOS_RETVAL_Hash=2jmj7l5rSw0yVb%2FvlWAYkK%2FYBwk%3D");
    let rest = [&*unsigned, "TURKPOS_RETVAL_Sonuc=1", ""].map(|body| genuine.with(body));
    for forged in [cheaper].iter().chain(&rest) {
        let refused = forged.sent(&browser);
        assert_eq!(refused.status, 400, "{}", refused.text());
        assert!(browser.get(&order).has("[data-state=waiting]"));
    }
    // Nothing of a stranger is kept.
    let strange = genuine.to("/payment/0123456789abcdef0123456789abcdef");
    assert_eq!(strange.sent(&browser).status, 404);
    // From the bank's site, as a browser posts it.
    let taken = genuine.sent_with(&browser, &[("Sec-Fetch-Site", "cross-site")]);
    assert_eq!(taken.status, 303, "{}", taken.text());
    assert_eq!(taken.location(), order);
    assert!(browser.get(&order).has("[data-state=paid]"));
    let desk = browser.get("/desk");
    let posts = desk.texts("#callbacks li");
    assert_eq!(posts.len(), 5, "each is kept: {posts:?}");
    assert_eq!(desk.texts("#callbacks [data-post=rejected]").len(), 4);
    assert_eq!(desk.texts("#callbacks [data-post=applied]").len(), 1);
}

#[test]
fn a_return_after_the_shop_has_asked_changes_nothing() {
    let stage = Stage::new();
    stage.open_shop();
    let order = stage.order();
    let browser = stage.browser();
    let begun = browser.submit(&browser.get(&order), "#pay", &[]);
    hold(&stage, "param", "return");
    stage.customer(&session(&begun), Customer::Proves);
    browser.submit(&browser.get(&order), "#check", &[]);
    let before = browser.get(&order).texts("#payments");
    let late = held(&stage, "return").sent(&browser);
    assert_eq!(late.status, 303);
    assert_eq!(browser.get(&order).texts("#payments"), before);
}
