//! The forms of an order's page, in each of its states: each is offered only where it can be right.

use std::time::Duration;

use kervan_sandbox::param::Customer;
use scraper::{Html, Selector};

use crate::support::{Stage, session};
use crate::walk::{completes, is_paid, to_haso};

/// Returns the names of the forms of an order's page, without the number of an order at HASO.
fn offers(stage: &Stage, order: &str) -> Vec<String> {
    let document = Html::parse_document(&stage.browser().get(order).body);
    let forms = Selector::parse("form").unwrap();
    let names = document.select(&forms).map(|form| {
        let name = form.attr("id").unwrap();
        let haso = name.strip_prefix("haso-refund-");
        haso.map_or(name, |_| "haso-refund").to_owned()
    });
    names.collect()
}

/// Sends a form of an order's page.
#[track_caller]
fn send(stage: &Stage, order: &str, form: &str, values: &[(&str, &str)]) {
    let browser = stage.browser();
    let sent = browser.submit(&browser.get(order), form, values);
    assert_eq!(sent.status, 303, "{}", sent.text());
}

const PARCELS: [&str; 2] = ["horoz", "aras"];

/// Asserts which forms are offered, before those of the parcels.
#[track_caller]
fn offered(stage: &Stage, order: &str, own: &[&str]) {
    assert_eq!(offers(stage, order), [own, &PARCELS].concat());
}

#[test]
fn an_order_that_a_card_pays() {
    let stage = Stage::new();
    stage.open_shop();
    let order = stage.order();
    offered(&stage, &order, &["pay", "haso"]);
    let browser = stage.browser();
    let begun = browser.submit(&browser.get(&order), "#pay", &[]);
    offered(&stage, &order, &["check", "pay"]);
    stage.customer(&session(&begun), Customer::Fails);
    let has = |state| browser.get(&order).has(state);
    stage.until("the return", || has("[data-state=not_paid]"));
    offered(&stage, &order, &["pay", "haso"]);
    stage.paid(&order);
    offered(&stage, &order, &["split"]);
    send(&stage, &order, "#split", &[]);
    offered(&stage, &order, &["approve-1", "refund-1"]);
    send(&stage, &order, "#approve-1", &[]);
    offered(&stage, &order, &["refund-1"]);
    stage.advance(Duration::from_secs(86_400));
    send(&stage, &order, "#refund-1", &[("amount", "95,00")]);
    offered(&stage, &order, &["refund-1"]);
    // The form has no more than what is left.
    send(&stage, &order, "#refund-1", &[]);
    let page = browser.get(&order);
    assert_eq!(offers(&stage, &order), [""; 0], "{}", page.text());
    assert!(page.text().contains("Refund 95,00 TL"), "{}", page.text());
}

#[test]
fn an_order_that_is_given_back_before_its_goods_arrive() {
    let stage = Stage::new();
    let (order, page) = stage.divided();
    let parcel = page.form("#horoz", &[]);
    send(&stage, &order, "#horoz", &[("desi", "0")]);
    // Horoz does not know a parcel that was refused.
    offered(&stage, &order, &["approve-1", "refund-1"]);
    stage.advance(Duration::from_secs(86_400));
    let all = page.texts("#left-1").concat();
    send(&stage, &order, "#refund-1", &[("amount", &all)]);
    assert_eq!(offers(&stage, &order), [""; 0]);
    let late = stage.browser().post(&parcel.0, &[], &parcel.1);
    assert_eq!(late.status, 422, "{}", late.text());
    assert_eq!(stage.calls("createPaysSupplierShipping"), 0);
}

#[test]
fn an_order_that_haso_pays() {
    let stage = Stage::new();
    stage.open_shop();
    let order = stage.order();
    let first = to_haso(&stage, &order);
    offered(&stage, &order, &["leave-haso", "haso"]);
    // The first page stays open, and the customer completes another one.
    let second = to_haso(&stage, &order);
    assert_ne!(first, second);
    completes(&stage, &second);
    stage.pass_until("the installments", || is_paid(&stage, &order));
    offered(&stage, &order, &["haso-refund"]);
    let shown = stage.browser().get(&order).texts("#installments > li");
    let left = "left, because the order is paid by another payment";
    assert!(shown[0].contains(left), "{shown:?}");
    send(
        &stage,
        &order,
        "form[id^=haso-refund]",
        &[("amount", "40,00")],
    );
    offered(&stage, &order, &["haso-refund"]);
    send(&stage, &order, "form[id^=haso-refund]", &[]);
    assert_eq!(offers(&stage, &order), [""; 0]);
    // It is not activated when it is completed now.
    completes(&stage, &first);
    stage.advance(Duration::from_secs(600));
    assert_eq!(stage.calls("UpdateTransaction"), 1);
    assert!(!stage.browser().get(&order).has("#paid-twice"));
}

#[test]
fn a_banks_page_that_was_left_beside_a_paid_order() {
    let stage = Stage::new();
    stage.open_shop();
    let order = stage.order();
    let browser = stage.browser();
    let first = browser.submit(&browser.get(&order), "#pay", &[]);
    stage.paid(&order);
    offered(&stage, &order, &["check", "split"]);
    for (language, text) in [
        ("en", "left, because the order is paid by another payment"),
        ("tr", "bırakıldı: sipariş başka bir ödemeyle ödendi"),
    ] {
        let page = browser.get(&format!("{order}?lang={language}"));
        let shown = page.texts("#payments li");
        assert!(shown[0].contains(text), "{shown:?}");
        assert!(!page.has("#payments .bad"), "{}", page.body);
        let desk = browser.get(&format!("/desk?lang={language}"));
        assert_eq!(desk.texts("#payments-count"), ["0"]);
        let shown = desk.texts("#left-pages li").concat();
        assert!(shown.contains(text), "{shown}");
    }
    // It is watched: its money is shown, whenever it comes.
    stage.customer(&session(&first), Customer::Proves);
    stage.until("the second payment", || {
        browser.get(&order).has("#paid-twice")
    });
    assert!(!browser.get("/desk").has("#left-pages"));
}
