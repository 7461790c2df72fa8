//! The posts of HASO: forged, before a crash, twice, and a failure beside a success.

use std::thread;
use std::time::Duration;

use kervan_sandbox::haso::{Haso, Page as HasoPage, Step};

use crate::place;
use crate::support::{Held, Stage, held, hold};
use crate::walk::{completes, is_paid, to_haso};

const HOUR: Duration = Duration::from_secs(3_600);
const ACTIVATE: &str = "UpdateTransaction";
const BODIES: &str = "SELECT count(*) FROM kervan_posts WHERE body IS NOT NULL";
const WAITING: &str = "#callbacks [data-post=received]";

/// Leads an order to HASO, lets its customer complete the page, and holds the posts.
fn completed(stage: &Stage) -> (String, String) {
    let order = stage.order();
    let number = to_haso(stage, &order);
    for kind in ["ok", "callback"] {
        hold(stage, "haso", kind);
    }
    completes(stage, &number);
    (order, number)
}

/// Asserts how many posts have come so far.
fn has_posts(stage: &Stage, named: &str, count: usize) {
    let desk = stage.browser().get("/desk");
    let found = desk.texts(&format!("#callbacks [data-post={named}]")).len();
    assert_eq!(found, count, "{named}: {}", desk.text());
}

#[test]
fn a_forged_post_is_refused_keeps_nothing_out_and_is_forgotten() {
    let stage = Stage::new();
    stage.open_shop();
    let (order, _) = completed(&stage);
    let browser = stage.browser();
    let (ok, callback) = (held(&stage, "ok"), held(&stage, "callback"));
    // As a forger begins who knows the address: a cheaper order, from a server and from a browser.
    let refused = callback.forged("106.1", "56.1").sent(&browser);
    assert_eq!(
        (refused.status, &*refused.body),
        (409, "does not fit the order")
    );
    let refused = ok.forged("106.1", "46.1").sent(&browser);
    assert_eq!(refused.status, 400, "{}", refused.text());
    has_posts(&stage, "rejected", 2);
    assert_eq!(stage.calls(ACTIVATE), 0);

    assert_eq!(callback.sent(&browser).status, 200);
    assert!(is_paid(&stage, &order));
    has_posts(&stage, "rejected", 2);
    has_posts(&stage, "applied", 1);
    assert!(!browser.get("/desk").has(WAITING));
    assert_eq!(place::count(stage.database(), BODIES), 3);
    stage.advance(25 * HOUR);
    stage.pass_until("the end of the bodies", || {
        place::count(stage.database(), BODIES) == 0
    });
    // A copy is known all the same.
    assert_eq!(callback.sent(&browser).status, 200);
    assert_eq!(stage.calls(ACTIVATE), 1);
}

#[test]
fn a_genuine_post_that_came_before_a_crash_is_applied_after_it() {
    let mut stage = Stage::new();
    stage.open_shop();
    let (order, number) = completed(&stage);
    let browser = stage.browser();
    // It is stored, and then the disk takes nothing more.
    place::fill(stage.database(), "installments", "state");
    let callback = held(&stage, "callback");
    let answer = callback.sent(&browser);
    assert_eq!((answer.status, &*answer.body), (503, "try again"));
    has_posts(&stage, "received", 1);
    stage.crash();
    assert_eq!(stage.calls(ACTIVATE), 0);
    place::empty(stage.database(), "installments");
    // HASO does not post again: the shop goes on by itself.
    stage.start();
    stage.until("the installments", || is_paid(&stage, &order));
    stage.until("its end", || !browser.get("/desk").has(WAITING));
    has_posts(&stage, "applied", 1);
    assert!(
        stage
            .sandbox
            .ask(move |haso: &Haso| haso.is_active(&number))
    );
    assert_eq!(stage.calls(ACTIVATE), 1);
    assert_eq!(callback.sent(&browser).status, 200);
}

#[test]
fn the_browser_and_the_server_are_one_event() {
    let stage = Stage::new();
    stage.open_shop();
    let (order, _) = completed(&stage);
    let both = [held(&stage, "ok"), held(&stage, "callback")];
    let answers = thread::scope(|scope| {
        let sent = both.each_ref().map(|post| {
            let browser = stage.browser();
            scope.spawn(move || post.sent(&browser))
        });
        sent.map(|sent| sent.join().unwrap())
    });
    assert_eq!(answers[0].location(), order);
    assert_eq!((answers[1].status, &*answers[1].body), (200, "OK"));
    assert!(is_paid(&stage, &order));
    assert_eq!(stage.calls(ACTIVATE), 1);
    // The same event in another body is another post of it.
    let other = both[1].with(&format!("{}&", both[1].body));
    assert_eq!(other.sent(&stage.browser()).status, 200);
    assert_eq!(stage.calls(ACTIVATE), 1);
    assert!(!stage.browser().get("/desk").has(WAITING));
    has_posts(&stage, "rejected", 0);
}

#[test]
fn a_failure_keeps_no_success_out() {
    let stage = Stage::new();
    stage.open_shop();
    let browser = stage.browser();
    let given_up = stage.order();
    let first = to_haso(&stage, &given_up);
    hold(&stage, "haso", "fail");
    let page = HasoPage::Order {
        order: first.clone(),
    };
    let reason = None;
    let declines = Step::Decline { page, reason };
    stage.sandbox.step::<Haso>(&declines).unwrap();
    let failed = held(&stage, "fail");
    assert_eq!(failed.sent(&browser).location(), given_up);
    assert!(browser.get(&given_up).text().contains("given up"));
    has_posts(&stage, "applied", 1);

    // Somebody says so of an order that its customer completes.
    let (order, second) = completed(&stage);
    let callback = held(&stage, "callback");
    let address = callback.path.replace("callback", "fail");
    let of_another: Held = failed.to(&address);
    assert_eq!(of_another.sent(&browser).status, 400);
    has_posts(&stage, "rejected", 1);
    let forged = of_another.forged(&first, &second);
    assert_eq!(forged.sent(&browser).location(), order);
    assert!(browser.get(&order).text().contains("given up"));
    assert_eq!(callback.sent(&browser).status, 200);
    assert!(is_paid(&stage, &order));
    has_posts(&stage, "applied", 3);
    assert!(!browser.get("/desk").has(WAITING));
}

#[test]
fn a_forged_post_that_nothing_decides_is_refused_after_a_day() {
    let stage = Stage::new();
    stage.open_shop();
    let (order, number) = completed(&stage);
    let browser = stage.browser();
    let genuine = held(&stage, "callback");
    let code = stage
        .sandbox
        .ask(move |haso: &Haso| haso.transaction_of(&number).unwrap().code.clone());
    stage.gate.refuse(Some("GetPaymentsOfTransaction"));
    let forged = genuine.forged(&code, &format!("{code}9"));
    assert_eq!(forged.sent(&browser).status, 503);
    has_posts(&stage, "received", 1);
    let waits_for_haso = "#watches [data-watch=callback]";
    assert!(!browser.get("/desk").has(waits_for_haso));
    stage.pass_by(2 * HOUR, "a person's turn", || {
        browser.get("/desk").has("[id^=resolve-not-done]")
    });
    assert!(!browser.get("/desk").has(WAITING));
    has_posts(&stage, "rejected", 1);
    // A person has looked at HASO's panel: the shop waits for the genuine post again.
    let values = [("by", "Ayşe"), ("outcome", "not_done")];
    let desk = browser.get("/desk");
    let resolved = browser.submit(&desk, "form[id^=resolve]", &values);
    assert_eq!(resolved.status, 303, "{}", resolved.text());
    assert!(browser.get("/desk").has(waits_for_haso));
    stage.gate.refuse(None);
    assert_eq!(genuine.sent(&browser).status, 200);
    assert!(is_paid(&stage, &order));
    assert!(!browser.get("/desk").has(waits_for_haso));
}
