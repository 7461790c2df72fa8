//! A whole shop by plain HTTP, from the seller to the paid installments.

use std::time::Duration;

use kervan_sandbox::aras::{Aras, Move, NewParcel, Stage as At, Step as ArasStep};
use kervan_sandbox::haso::{Haso, Page as HasoPage, Step as HasoStep};
use kervan_sandbox::horoz::Horoz;
use kervan_sandbox::outbox::{How, Rule};
use kervan_sandbox::param::{Customer, Param};
use kervan_sandbox::{Fault, Plan};

use crate::support::{Browser, Stage, held, hold, session};

/// A parcel that Aras carries.
const NUMBER: &str = "1234567890123";

#[test]
fn a_shop_from_its_first_seller_to_installments() {
    let stage = Stage::new();
    let browser = stage.browser();
    stage.open_shop();
    let order = stage.order();

    // A wrong code, and then the right one.
    let begun = browser.submit(&browser.get(&order), "#pay", &[]);
    stage.customer(&session(&begun), Customer::Fails);
    stage.until("the return", || {
        browser.get(&order).has("[data-state=not_paid]")
    });
    let paid = stage.paid(&order);
    browser.submit(&paid, "#split", &[]);
    browser.submit(&browser.get(&order), "#approve-1", &[]);
    stage.advance(Duration::from_secs(86_400));
    browser.submit(&browser.get(&order), "#refund-1", &[("amount", "12,50")]);
    let page = browser.get(&order);
    assert!(
        page.has("#approval-1 .good") && page.has("#refunds-1 .good"),
        "{}",
        page.text()
    );

    // A parcel at Horoz.
    browser.submit(&page, "#horoz", &[]);
    let page = browser.get(&order);
    assert!(
        page.texts("#parcels").concat().contains("done"),
        "{}",
        page.text()
    );
    assert_eq!(stage.sandbox.ask(|horoz: &Horoz| horoz.orders().count()), 1);
    browser.submit(&page, "#track-1", &[]);
    assert!(
        browser.get(&order).has("#parcel-1 .status"),
        "{}",
        browser.get(&order).text()
    );

    // A parcel of Aras, tracked.
    let mut parcel = NewParcel::new("KV-1001");
    parcel.tracking_number = Some(NUMBER.to_owned());
    stage
        .sandbox
        .step::<Aras>(&ArasStep::AddParcel(Box::new(parcel)))
        .unwrap();
    let to = Move::new("KV-1001", At::InTransfer);
    stage.sandbox.step::<Aras>(&ArasStep::Move(to)).unwrap();
    browser.submit(&browser.get(&order), "#aras", &[("parcel", NUMBER)]);
    browser.submit(&browser.get(&order), "#track-2", &[]);
    assert_eq!(
        browser.get(&order).texts("#parcel-2 .status"),
        ["in transit (Aras: YOLDA) 22.11.2026 10:00:00"]
    );
    let link = browser.get(&order).texts("#parcel-2 a");
    assert_eq!(link, [NUMBER]);

    // Another order, in installments.
    let order = stage.order();
    in_installments(&stage, &order, || {});
    let paid = browser.get(&order);
    assert!(
        !paid.has("#pay") && !paid.has("#haso"),
        "it is not paid in two ways"
    );
    assert_eq!(browser.get("/desk").texts("#open-count"), ["0"]);
    let sums = stage.sandbox.ask(Param::check_sums);
    assert_eq!(sums, Ok(()));
}

/// Sends the browser to HASO, and returns the order's number there.
pub(crate) fn to_haso(stage: &Stage, order: &str) -> String {
    let browser = stage.browser();
    let page = browser.submit(&browser.get(order), "#haso", &[]);
    assert_eq!(page.status, 200, "{}", page.text());
    let policy = &page.headers["content-security-policy"];
    assert!(policy.contains("form-action"), "{policy}");
    let (action, body) = page.form("form", &[]);
    let (host, path) = action
        .strip_prefix("http://")
        .unwrap()
        .split_once('/')
        .unwrap();
    let shown = Browser::at(host).post(&format!("/{path}"), &[], &body);
    assert!(shown.status < 400, "{} {}", shown.status, shown.body);
    let numbers = browser.get(order).texts("#installments li");
    let number = numbers.last().unwrap();
    number.split(':').next().unwrap().to_owned()
}

/// Lets the customer complete the page.
pub(crate) fn completes(stage: &Stage, number: &str) {
    let order = number.to_owned();
    let (page, installments) = (HasoPage::Order { order }, Some(3));
    stage
        .sandbox
        .step::<Haso>(&HasoStep::Complete { page, installments })
        .unwrap();
}

pub(crate) fn is_paid(stage: &Stage, order: &str) -> bool {
    stage.browser().get(order).has("[data-haso=paid]")
}

/// Sends the browser to HASO, lets the customer complete the page, and waits until it is paid.
fn in_installments(stage: &Stage, order: &str, before: impl FnOnce()) {
    let number = to_haso(stage, order);
    before();
    completes(stage, &number);
    stage.pass_until("the installments", || is_paid(stage, order));
    assert!(stage.sandbox.ask(|haso: &Haso| haso.is_active(&number)));
    assert_eq!(stage.calls("UpdateTransaction"), 1);
}

/// Returns the amounts that HASO has given back of its only order.
fn given_back(stage: &Stage) -> Vec<String> {
    let amounts = |haso: &Haso| {
        haso.refunds()
            .map(|refund| refund.amount.to_string())
            .collect()
    };
    stage.sandbox.ask(amounts)
}

const HASO_REFUND: &str = "form[id^=haso-refund]";

#[test]
fn an_order_in_installments_is_given_back_part_by_part() {
    let stage = Stage::new();
    stage.open_shop();
    let order = stage.order();
    in_installments(&stage, &order, || {});
    let browser = stage.browser();
    let page = browser.get(&order);
    let refused = browser.submit(&page, HASO_REFUND, &[("amount", "100,01")]);
    assert_eq!(refused.status, 422, "{}", refused.text());
    assert!(given_back(&stage).is_empty());
    // A second click is the same refund.
    for _ in 0..2 {
        let done = browser.submit(&page, HASO_REFUND, &[("amount", "30,00")]);
        assert_eq!(done.status, 303, "{}", done.text());
    }
    assert_eq!(given_back(&stage), ["30.00"]);
    let page = browser.get(&order);
    assert!(page.has("[data-haso=paid]"), "{}", page.text());
    // The form has what is left, and not a kuruş more can go.
    let field = page.form(HASO_REFUND, &[]).1;
    assert!(field.contains("%37%30%2C%30%30"), "{field}");
    let refused = browser.submit(&page, HASO_REFUND, &[("amount", "70,01")]);
    assert_eq!(refused.status, 422);
    browser.submit(&page, HASO_REFUND, &[]);
    assert_eq!(given_back(&stage), ["30.00", "70.00"]);
    let page = browser.get(&order);
    assert!(page.has("[data-haso=refunded]"), "{}", page.text());
    assert!(!page.has(HASO_REFUND), "nothing is left");
}

#[test]
fn a_refund_at_haso_whose_answer_or_request_is_lost_is_made_once() {
    for fault in [Fault::AnswerLost, Fault::RequestLost] {
        let stage = Stage::new();
        stage.open_shop();
        let order = stage.order();
        in_installments(&stage, &order, || {});
        let plan = Plan::on("RefundTransaction", fault);
        stage.sandbox.plan("haso", plan);
        let browser = stage.browser();
        let (action, body) = browser.get(&order).form(HASO_REFUND, &[]);
        let sent = std::thread::spawn(move || browser.post(&action, &[], &body));
        let browser = stage.browser();
        stage.pass_until("the refund", || {
            browser.get(&order).has("[data-haso=refunded]")
        });
        assert_eq!(sent.join().unwrap().status, 303);
        assert_eq!(given_back(&stage), ["100.00"], "{fault:?}");
        assert_eq!(browser.get("/desk").texts("#open-count"), ["0"]);
    }
}

#[test]
fn a_callback_that_comes_twice_at_once_activates_once() {
    let stage = Stage::new();
    stage.open_shop();
    let order = stage.order();
    in_installments(&stage, &order, || {
        stage
            .sandbox
            .rule(Rule::on("haso", "callback", How::DoubleAtOnce));
    });
}

#[test]
fn an_activation_whose_answer_or_request_is_lost_is_settled() {
    for fault in [Fault::AnswerLost, Fault::LateAnswer] {
        let stage = Stage::new();
        stage.open_shop();
        let order = stage.order();
        in_installments(&stage, &order, || {
            stage
                .sandbox
                .plan("haso", Plan::on("UpdateTransaction", fault));
        });
    }
}

/// Returns a shop, an order that is completed at HASO, and its number there. HASO's posts are held.
fn completed_and_held() -> (Stage, String, String) {
    let stage = Stage::new();
    stage.open_shop();
    let order = stage.order();
    let number = to_haso(&stage, &order);
    for kind in ["ok", "callback"] {
        hold(&stage, "haso", kind);
    }
    completes(&stage, &number);
    (stage, order, number)
}

#[test]
fn a_forged_callback_does_not_make_an_order_paid() {
    let (stage, order, number) = completed_and_held();
    let browser = stage.browser();
    let (ok, callback) = (held(&stage, "ok"), held(&stage, "callback"));
    let strange = callback.to("/haso/0123456789abcdef/callback");
    assert_eq!(strange.sent(&browser).status, 404);
    // The same order with another number.
    let other = callback.forged(&number, &number.replace("-T1", "-T9"));
    let rest = ["", "Success=True"].map(|body| callback.with(body));
    for forged in [other].iter().chain(&rest) {
        let refused = forged.sent(&browser);
        assert!(refused.status >= 400, "{forged:?}: {}", refused.status);
        assert!(!is_paid(&stage, &order));
    }
    assert_eq!(stage.calls("UpdateTransaction"), 0);

    // Both genuine posts, one after the other and again.
    let back = ok.sent_with(&browser, &[("Sec-Fetch-Site", "cross-site")]);
    assert_eq!((back.status, back.location()), (303, order.as_str()));
    assert!(is_paid(&stage, &order));
    for _ in 0..2 {
        let taken = callback.sent(&browser);
        assert_eq!(taken.status, 200, "{}", taken.body);
    }
    assert_eq!(stage.calls("UpdateTransaction"), 1);
}

#[test]
fn a_forged_callback_that_begins_an_activation_does_not_keep_the_genuine_one_out() {
    let (stage, order, number) = completed_and_held();
    let browser = stage.browser();
    let genuine = held(&stage, "callback");
    let code = stage.sandbox.ask({
        let number = number.clone();
        move |haso: &Haso| haso.transaction_of(&number).unwrap().code.clone()
    });
    let forged = genuine.forged(&code, &format!("{code}9"));
    assert_eq!(forged.sent(&browser).status, 503);
    assert_eq!(genuine.sent(&browser).status, 503, "too early");
    // HASO does not confirm the forged one, and the genuine one, which waits, is taken up.
    stage.pass_until("the installments", || is_paid(&stage, &order));
    let taken = genuine.sent(&browser);
    assert_eq!(taken.status, 200, "{}", taken.body);
    assert!(is_paid(&stage, &order));
    assert_eq!(stage.calls("UpdateTransaction"), 2);
    assert!(!browser.get(&order).has("#paid-twice"));
    // The order is decided, so that the forged post does not wait any more.
    stage.pass_until("its end", || {
        !browser.get("/desk").has("#callbacks [data-post=received]")
    });
    assert_eq!(forged.sent(&browser).status, 409);
    // Nobody knows whether the other number exists.
    let shown = browser.get(&order).texts("#installments li").concat();
    assert!(
        shown.contains(&format!("perhaps active too: {code}9")),
        "{shown}"
    );
}

#[test]
fn an_order_that_was_paid_while_the_shop_was_down_is_activated_by_the_next_callback() {
    let mut stage = Stage::new();
    stage.open_shop();
    let order = stage.order();
    let number = to_haso(&stage, &order);
    stage.crash();
    completes(&stage, &number);
    stage.start();
    stage.pass_until("the installments", || is_paid(&stage, &order));
    assert_eq!(stage.calls("UpdateTransaction"), 1);
}

#[test]
fn a_parcel_whose_answer_is_lost_is_ordered_once() {
    for fault in [Fault::AnswerLost, Fault::RequestLost] {
        let stage = Stage::new();
        stage.open_shop();
        let order = stage.order();
        let browser = stage.browser();
        stage
            .sandbox
            .plan("horoz", Plan::on("createPaysSupplierShipping", fault));
        let (action, body) = browser.get(&order).form("#horoz", &[]);
        let sent = std::thread::spawn(move || browser.post(&action, &[], &body));
        let browser = stage.browser();
        stage.pass_until("the parcel", || browser.get(&order).has("#parcel-1 .good"));
        assert_eq!(sent.join().unwrap().status, 303);
        assert_eq!(stage.sandbox.ask(|horoz: &Horoz| horoz.orders().count()), 1);
    }
}

#[test]
fn a_refused_parcel_is_corrected_under_its_number() {
    let stage = Stage::new();
    stage.open_shop();
    let order = stage.order();
    let browser = stage.browser();
    // Its own check refuses the desi, and the page keeps its form.
    browser.submit(&browser.get(&order), "#horoz", &[("desi", "0")]);
    let refused = browser.get(&order);
    assert!(
        refused.has("#parcel-1 [data-state=refused]"),
        "{}",
        refused.text()
    );
    browser.submit(&refused, "#horoz", &[]);
    let corrected = browser.get(&order);
    assert!(
        corrected.has("#parcel-1 [data-state=done]"),
        "{}",
        corrected.text()
    );
    assert_eq!(corrected.texts("#parcels > li").len(), 1);
    assert_eq!(corrected.texts("#writes > li").len(), 1);
    let past = corrected.texts("#writes [data-past=refused]");
    assert_eq!(past.len(), 1, "the first one stays on record");
}
