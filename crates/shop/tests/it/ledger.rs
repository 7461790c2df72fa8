//! The shop on its ledger: what a person decides, what waits, what is refused, and what arrives too early.

use std::thread;
use std::time::Duration;

use kervan_sandbox::haso::Haso;
use kervan_sandbox::param::{Customer, Param, Step};
use kervan_sandbox::{Fault, Plan};

use crate::place;
use crate::support::{Held, Page, Stage, held, hold, session};
use crate::walk::{completes, is_paid, to_haso};

const SHARE: &str = "Pazaryeri_TP_Siparis_Detay_Ekle";
const QUESTION: &str = "Pazaryeri_TP_Islem_Sorgulama";

/// Returns a paid order of two sellers.
fn of_two_sellers(stage: &Stage) -> String {
    stage.open_shop();
    let browser = stage.browser();
    let other = [("identity", "10000000078"), ("full_name", "Başka Biri")];
    browser.submit(&browser.get("/sellers"), "#add-seller", &other);
    let values = [("name", "Masa"), ("price", "1.250,50"), ("seller", "2")];
    browser.submit(&browser.get("/sellers"), "#add-product", &values);
    let both = [("product_1", "1"), ("product_2", "1")];
    let order = browser.submit(&browser.get("/"), "#order", &both);
    let order = order.location().to_owned();
    stage.paid(&order);
    order
}

/// Sends a form from another thread, and returns when its call has reached the provider.
fn begins(stage: &Stage, order: &str, form: &str, operation: &'static str) {
    let browser = stage.browser();
    let before = stage.calls(operation);
    let (action, body) = browser.get(order).form(form, &[]);
    thread::spawn(move || browser.post(&action, &[], &body));
    stage.until("the call", || stage.calls(operation) > before);
}

/// Returns a shop whose first share of an order may have been entered, and no question finds out any more.
fn for_a_person() -> (Stage, String) {
    let stage = Stage::new();
    let order = of_two_sellers(&stage);
    stage
        .sandbox
        .plan("param", Plan::on(SHARE, Fault::RequestLost));
    begins(&stage, &order, "#split", SHARE);
    stage.gate.refuse(Some(QUESTION));
    let browser = stage.browser();
    stage.pass_by(Duration::from_secs(2 * 3_600), "a person's turn", || {
        browser.get("/desk").has("[id^=resolve-done]")
    });
    (stage, order)
}

/// Sends the form for what a person has seen.
fn resolve(stage: &Stage, desk: &Page, values: &[(&str, &str)]) -> Page {
    stage.browser().submit(desk, "form[id^=resolve]", values)
}

#[test]
fn a_person_says_that_it_happened_and_the_next_one_begins() {
    let (stage, order) = for_a_person();
    let browser = stage.browser();
    let desk = browser.get("/desk");
    assert_eq!(desk.texts("#open-count"), ["2"]);
    assert!(desk.has("[data-state=needs_a_person]"), "{}", desk.text());
    assert!(desk.has("[data-state=waits]"), "{}", desk.text());
    let report = desk.texts(".report").concat();
    assert!(report.contains("a person decides for"), "{report}");
    for past in ["prepared", "sending", "unknown", "needs_a_person"] {
        assert!(
            desk.has(&format!("[data-past={past}]")),
            "{past}: {}",
            desk.text()
        );
    }
    let turkish = browser.get("/desk?lang=tr").text();
    assert!(
        turkish.contains("bir kişinin bakması gerekiyor"),
        "{turkish}"
    );

    // Nobody has said who looked, or what was there; and another site cannot say it.
    let nobody = resolve(&stage, &desk, &[("outcome", "done")]);
    assert_eq!(nobody.status, 422, "{}", nobody.text());
    let nothing = resolve(&stage, &desk, &[("by", "Ayşe")]);
    assert_eq!(nothing.status, 422, "{}", nothing.text());
    let (action, body) = desk.form("form[id^=resolve]", &[("by", "Ayşe"), ("outcome", "done")]);
    let foreign = browser.post(&action, &[("Sec-Fetch-Site", "cross-site")], &body);
    assert_eq!(foreign.status, 403);
    assert_eq!(browser.get("/desk").texts("#open-count"), ["2"]);

    stage.gate.refuse(None);
    assert_eq!(browser.post(&action, &[], &body).status, 303);
    // A second click finds that something has happened.
    assert_eq!(browser.post(&action, &[], &body).status, 422);
    stage.until("the second share", || {
        browser.get(&order).has("#share-2 [data-state=done]")
    });
    let page = browser.get(&order);
    assert!(
        page.has("#share-1 [data-state=resolved_done]"),
        "{}",
        page.text()
    );
    let past = page.texts("#writes [data-past=resolved_done]").len();
    assert_eq!(past, 1);
    assert!(page.text().contains("Ayşe has looked"), "{}", page.text());
    // What a person has seen has no number of the provider's, so that nothing is offered for it.
    assert!(!page.has("#approve-1") && page.has("#approve-2"));
    assert_eq!(stage.calls(SHARE), 2);
}

#[test]
fn a_person_says_that_it_did_not_happen_and_it_may_be_sent_again() {
    let (stage, order) = for_a_person();
    let browser = stage.browser();
    stage.gate.refuse(None);
    // A name is a text, whatever it holds.
    let values = [("by", "<i>Ayşe</i>"), ("outcome", "not_done")];
    assert_eq!(resolve(&stage, &browser.get("/desk"), &values).status, 303);
    stage.until("the second share", || {
        browser.get(&order).has("#share-2 [data-state=done]")
    });
    let page = browser.get(&order);
    browser.submit(&page, "#split", &[]);
    let page = browser.get(&order);
    assert!(page.has("#share-1 [data-state=done]"), "{}", page.text());
    let corrected = page.texts("#writes").concat();
    assert!(corrected.contains("corrected 1×"), "{corrected}");
    assert!(corrected.contains("<i>Ayşe</i> has looked"), "{corrected}");
    assert!(!page.has("i"), "it shows as text");
    assert_eq!(stage.calls(SHARE), 3);
    assert_eq!(stage.sandbox.ask(Param::check_sums), Ok(()));
}

#[test]
fn a_share_that_waits_is_entered_after_a_restart() {
    let mut stage = Stage::new();
    let order = of_two_sellers(&stage);
    stage
        .sandbox
        .plan("param", Plan::on(SHARE, Fault::LateAnswer));
    begins(&stage, &order, "#split", SHARE);
    let browser = stage.browser();
    assert!(browser.get(&order).has("#share-2 [data-state=waits]"));
    stage.crash();
    stage.start();
    stage.pass_until("both", || {
        let page = browser.get(&order);
        page.has("#share-1 .good") && page.has("#share-2 .good")
    });
    assert_eq!(stage.calls(SHARE), 2);
    assert_eq!(stage.sandbox.ask(Param::check_sums), Ok(()));
}

#[test]
fn a_second_write_on_a_payment_is_refused_with_the_first_one_named() {
    let stage = Stage::new();
    let order = of_two_sellers(&stage);
    let browser = stage.browser();
    browser.submit(&browser.get(&order), "#split", &[]);
    let approval = "Pazaryeri_TP_Siparis_Onay";
    let (first, second) = (
        browser.get(&order).form("#approve-1", &[]),
        browser.get(&order).form("#approve-2", &[]),
    );
    stage
        .sandbox
        .plan("param", Plan::on(approval, Fault::RequestLost));
    let sent = {
        let browser = browser.clone();
        thread::spawn(move || browser.post(&first.0, &[], &first.1))
    };
    stage.until("the call", || stage.calls(approval) == 1);
    for (language, words) in [
        ("en", "“Pay a seller” (is being sent)"),
        ("tr", "“Satıcıya ödeme” (gönderiliyor)"),
    ] {
        let refused = browser.post(&second.0, &[("Accept-Language", language)], &second.1);
        assert_eq!(refused.status, 422, "{}", refused.text());
        assert!(refused.text().contains(words), "{}", refused.text());
    }
    assert_eq!(stage.calls(approval), 1);
    stage.pass_until("the first", || browser.get(&order).has("#approval-1 .good"));
    assert_eq!(sent.join().unwrap().status, 303);
    assert_eq!(browser.post(&second.0, &[], &second.1).status, 303);
    assert!(browser.get(&order).has("#approval-2 .good"));
}

#[test]
fn other_values_under_a_key_that_may_have_happened_are_refused() {
    let stage = Stage::new();
    let browser = stage.browser();
    stage.open_shop();
    let again = browser.submit(
        &browser.get("/sellers"),
        "#add-seller",
        &[("mobile", "5550000009")],
    );
    assert_eq!(again.status, 422, "{}", again.text());
    let words = "It was sent with other values, and done.";
    assert!(again.text().contains(words), "{}", again.text());
    assert_eq!(stage.calls("Pazaryeri_TP_AltUyeIsyeri_Ekleme"), 1);

    let order = stage.order();
    stage.paid(&order);
    browser.submit(&browser.get(&order), "#split", &[]);
    let page = browser.get(&order);
    for (amount, status) in [("10,00", 303), ("10,00", 303), ("11,00", 422)] {
        let sent = browser.submit(&page, "#refund-1", &[("amount", amount)]);
        assert_eq!(sent.status, status, "{amount}: {}", sent.text());
    }
    assert_eq!(stage.calls("Pazaryeri_TP_Iptal_Iade"), 1);
}

/// Posts the same many times at once, and returns the answers' states.
fn at_once(stage: &Stage, post: &Held) -> Vec<u16> {
    thread::scope(|scope| {
        let posts = [(); 64].map(|()| {
            let browser = stage.browser();
            scope.spawn(move || post.sent(&browser).status)
        });
        posts.map(|post| post.join().unwrap()).to_vec()
    })
}

#[test]
fn a_return_that_comes_64_times_at_once_is_applied_once() {
    let stage = Stage::new();
    stage.open_shop();
    let order = stage.order();
    let browser = stage.browser();
    let begun = browser.submit(&browser.get(&order), "#pay", &[]);
    hold(&stage, "param", "return");
    stage.customer(&session(&begun), Customer::Proves);
    let states = at_once(&stage, &held(&stage, "return"));
    assert_eq!(states, [303; 64]);
    assert!(browser.get(&order).has("#payments [data-state=paid]"));
    let posts = browser.get("/desk").texts("#callbacks li");
    assert_eq!(posts.len(), 1, "{posts:?}");
    assert!(posts[0].contains("64×: verified: paid"), "{posts:?}");
}

#[test]
fn a_callback_of_haso_that_comes_64_times_at_once_activates_once() {
    let stage = Stage::new();
    stage.open_shop();
    let order = stage.order();
    let number = to_haso(&stage, &order);
    for kind in ["ok", "callback"] {
        hold(&stage, "haso", kind);
    }
    completes(&stage, &number);
    let states = at_once(&stage, &held(&stage, "callback"));
    assert_eq!(states, [200; 64]);
    assert!(is_paid(&stage, &order));
    assert_eq!(stage.calls("UpdateTransaction"), 1);
    assert!(
        stage
            .sandbox
            .ask(move |haso: &Haso| haso.is_active(&number))
    );
    let posts = stage.browser().get("/desk").texts("#callbacks li");
    assert!(posts[0].contains("64×: confirmed"), "{posts:?}");
}

/// Begins a payment whose answer does not come yet, and lets the customer finish its page.
fn returns_before_the_answer(stage: &Stage, order: &str, hold: impl FnOnce(&Stage)) {
    let browser = stage.browser();
    hold(stage);
    begins(stage, order, "#pay", "Pos_Odeme");
    let payments = browser.get(order).texts("#payments li").concat();
    let (key, _) = payments.split_once(':').unwrap();
    let page = key.trim_end_matches("-01").to_owned();
    let does = Customer::Proves;
    let step = Step::Customer { page, does };
    stage.sandbox.step::<Param>(&step).unwrap();
    stage.until("the early return", || {
        let posts = browser.get("/desk").texts("#callbacks").concat();
        posts.contains("it came before the answer to the start")
    });
    assert!(browser.get(order).has("[data-state=starting]"));
}

#[test]
fn a_return_that_comes_before_the_answer_to_the_start_is_judged_after_it() {
    let stage = Stage::new();
    stage.open_shop();
    let (order, browser) = (stage.order(), stage.browser());
    returns_before_the_answer(&stage, &order, |stage| {
        stage.gate.keep_answers_of(Some("Pos_Odeme"));
    });
    stage.gate.keep_answers_of(None);
    stage.until("the payment", || {
        browser.get(&order).has("[data-state=paid]")
    });
    let posts = browser.get("/desk").texts("#callbacks").concat();
    assert!(posts.contains("verified: paid"), "{posts}");
}

#[test]
fn a_return_without_an_answer_to_the_start_is_asked_about() {
    let stage = Stage::new();
    stage.open_shop();
    let (order, browser) = (stage.order(), stage.browser());
    returns_before_the_answer(&stage, &order, |stage| {
        stage
            .sandbox
            .plan("param", Plan::on("Pos_Odeme", Fault::LateAnswer));
    });
    stage.pass_until("the payment", || {
        browser.get(&order).has("[data-state=paid]")
    });
}

#[test]
fn a_return_from_which_nothing_followed_is_applied_after_a_restart() {
    let mut stage = Stage::new();
    stage.open_shop();
    let (order, browser) = (stage.order(), stage.browser());
    let begun = browser.submit(&browser.get(&order), "#pay", &[]);
    hold(&stage, "param", "return");
    stage.customer(&session(&begun), Customer::Proves);
    place::fill(stage.database(), "kervan_posts", "subject");
    // Nor does anybody learn it from the service.
    let question = "TP_Islem_Sorgulama4";
    stage.gate.refuse(Some(question));
    let come = held(&stage, "return").sent(&browser);
    assert_eq!(come.location(), order, "{}", come.text());
    assert!(browser.get(&order).has("[data-state=waiting]"));
    stage.crash();
    place::empty(stage.database(), "kervan_posts");
    stage.start();
    stage.until("the stored return", || {
        browser.get(&order).has("[data-state=verified]")
    });
    stage.gate.refuse(None);
    let posts = browser.get("/desk").texts("#callbacks").concat();
    assert!(posts.contains("verified: paid"), "{posts}");
    stage.pass_until("the payment", || {
        browser.get(&order).has("[data-state=paid]")
    });
}
