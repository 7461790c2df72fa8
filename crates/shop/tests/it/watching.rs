//! Expectations of the shop: it asks by itself until it knows the end, and not oftener than it may.

use std::time::Duration;

use kervan_sandbox::aras::{Aras, Move, NewParcel, Stage as At, Step as ArasStep};
use kervan_sandbox::outbox::{How, Rule};
use kervan_sandbox::param::Customer;

use crate::place;
use crate::support::{Page, Stage, session};
use crate::walk::{completes, is_paid, to_haso};

const QUESTION: &str = "TP_Islem_Sorgulama4";
const HOUR: Duration = Duration::from_secs(3_600);

/// Begins the payment of an order.
fn begun(stage: &Stage) -> (String, Page) {
    stage.open_shop();
    let order = stage.order();
    let browser = stage.browser();
    let begun = browser.submit(&browser.get(&order), "#pay", &[]);
    (order, begun)
}

/// Returns the rows of the desk about a kind of expectation.
fn waiting(stage: &Stage, kind: &str) -> Vec<String> {
    let desk = stage.browser().get("/desk");
    desk.texts(&format!("#watches [data-watch={kind}]"))
}

#[test]
fn a_payment_of_a_closed_browser_is_found_and_then_no_more_is_asked() {
    let stage = Stage::new();
    let (order, begun) = begun(&stage);
    let browser = stage.browser();
    let listed = waiting(&stage, "payment");
    assert_eq!(listed.len(), 1);
    let word = |text: &str| listed[0].contains(text);
    assert!(
        word("21.11.2026 10:00:00") && word("21.11.2026 10:01:00"),
        "{listed:?}"
    );
    assert!(word("-01") && word("nothing yet"), "{listed:?}");
    stage.sandbox.rule(Rule::on("param", "return", How::Never));
    stage.advance(Duration::from_secs(60));
    stage.until("a question", || stage.calls(QUESTION) == 1);
    stage.until("its answer", || {
        waiting(&stage, "payment").concat().contains("not finished")
    });
    stage.customer(&session(&begun), Customer::Proves);
    stage.pass_until("the payment", || {
        browser.get(&order).has("[data-state=paid]")
    });
    assert!(browser.get("/desk").texts("#callbacks li").is_empty());
    stage.until("its end", || waiting(&stage, "payment").is_empty());
    let asked = stage.calls(QUESTION);
    stage.advance(72 * HOUR);
    stage.moment();
    assert_eq!(stage.calls(QUESTION), asked);
}

#[test]
fn a_row_that_cannot_be_read_hides_no_other_one() {
    let stage = Stage::new();
    begun(&stage);
    let browser = stage.browser();
    let damaged = "UPDATE kervan_watches SET state = 'of a later version'";
    place::run(stage.database(), damaged);
    stage.paid(&stage.order());
    browser.submit(&browser.get(&stage.order()), "#pay", &[]);
    let damaged = "UPDATE kervan_posts SET state = 'of a later version'";
    place::run(stage.database(), damaged);
    let desk = browser.get("/desk");
    assert_eq!(waiting(&stage, "payment").len(), 1);
    assert_eq!(desk.texts("#watches-count"), ["2"]);
    for list in ["#watches td[colspan]", "#callbacks li"] {
        let shown = desk.texts(list).concat();
        assert!(shown.contains("cannot be read"), "{list}: {shown}");
    }
}

#[test]
fn a_program_that_dies_while_it_asks_leaves_the_question_to_the_next() {
    let mut stage = Stage::new();
    let (order, begun) = begun(&stage);
    let browser = stage.browser();
    stage.sandbox.rule(Rule::on("param", "return", How::Never));
    stage.customer(&session(&begun), Customer::Proves);
    stage.gate.close(QUESTION);
    stage.advance(Duration::from_secs(60));
    stage.until("the question", || stage.gate.holds());
    let listed = waiting(&stage, "payment").concat();
    assert!(listed.contains("a program asks now"), "{listed}");
    stage.crash();
    stage.start();
    // Its lease has to end first: it might still live.
    stage.advance(Duration::from_secs(120));
    stage.moment();
    assert_eq!(stage.calls(QUESTION), 0);
    stage.pass_until("the payment", || {
        browser.get(&order).has("[data-state=paid]")
    });
}

#[test]
fn the_end_of_a_parcel_ends_the_questions() {
    const NUMBER: &str = "1234567890123";
    let stage = Stage::new();
    stage.open_shop();
    let order = stage.order();
    let browser = stage.browser();
    let mut parcel = NewParcel::new("KV-1001");
    parcel.tracking_number = Some(NUMBER.to_owned());
    let moves = |to| ArasStep::Move(Move::new("KV-1001", to));
    let step = |step: ArasStep| stage.sandbox.step::<Aras>(&step).unwrap();
    step(ArasStep::AddParcel(Box::new(parcel)));
    step(moves(At::InTransfer));
    browser.submit(&browser.get(&order), "#aras", &[("parcel", NUMBER)]);
    assert_eq!(waiting(&stage, "parcel").len(), 1);
    let status = || {
        browser
            .get(&order)
            .texts("#parcel-1 .status strong")
            .concat()
    };
    // A question reads a page and its tabs.
    let asked = || {
        let pages = stage.sandbox.records();
        let of_aras = pages.iter().filter(|one| one.provider == "aras");
        of_aras.filter(|one| one.is_call()).count()
    };
    assert_eq!(asked(), 0, "nobody has asked yet");
    stage.advance(HOUR);
    stage.until("the first word", || status().starts_with("in transit"));
    let one = asked();
    stage.until("the word", || {
        waiting(&stage, "parcel").concat().contains("in transit")
    });
    // A person asks, and asks again at once.
    for _ in 0..2 {
        browser.submit(&browser.get(&order), "#track-1", &[]);
    }
    assert!(asked() <= 2 * one, "{} of {one}", asked());
    for to in [At::AtDeliveryBranch, At::OutForDelivery, At::Delivered] {
        step(moves(to));
    }
    stage.advance(6 * HOUR);
    stage.until("the delivery", || status().starts_with("delivered"));
    stage.until("its end", || waiting(&stage, "parcel").is_empty());
    let last = asked();
    stage.advance(72 * HOUR);
    // Nor does a person ask about it any more.
    browser.submit(&browser.get(&order), "#track-1", &[]);
    assert_eq!(asked(), last);
    assert!(status().starts_with("delivered"));
}

#[test]
fn a_message_that_comes_first_ends_the_waiting() {
    let stage = Stage::new();
    let (order, begun) = begun(&stage);
    let browser = stage.browser();
    stage.customer(&session(&begun), Customer::Fails);
    stage.until("the return", || {
        browser.get(&order).has("[data-state=not_paid]")
    });
    let asked = stage.calls(QUESTION);
    assert!(waiting(&stage, "payment").is_empty());

    let number = to_haso(&stage, &order);
    let listed = waiting(&stage, "callback").concat();
    assert!(
        listed.contains(&number) && listed.contains("HASO tells it"),
        "{listed}"
    );
    completes(&stage, &number);
    stage.pass_until("the installments", || is_paid(&stage, &order));
    stage.until("the end", || {
        waiting(&stage, "callback").is_empty() && waiting(&stage, "plan").is_empty()
    });
    let read = stage.calls("GetPaymentsOfTransaction");
    stage.advance(72 * HOUR);
    stage.moment();
    assert_eq!(stage.calls(QUESTION), asked);
    assert_eq!(stage.calls("GetPaymentsOfTransaction"), read);
}

#[test]
fn a_page_of_haso_about_which_nobody_calls_is_given_up_after_a_day() {
    let stage = Stage::new();
    stage.open_shop();
    let order = stage.order();
    let browser = stage.browser();
    let number = to_haso(&stage, &order);
    assert!(!browser.get(&order).has("#pay"), "HASO may be paid yet");
    stage.advance(23 * HOUR);
    stage.moment();
    assert!(!browser.get(&order).has("#pay"));
    stage.pass_by(HOUR, "the end of patience", || {
        browser.get(&order).has("#pay")
    });
    let shown = browser.get(&order).texts("#installments li").concat();
    assert!(shown.contains("has not called for a day"), "{shown}");
    assert!(waiting(&stage, "callback").is_empty());
    // Its customer completes it after all.
    completes(&stage, &number);
    stage.pass_until("the installments", || is_paid(&stage, &order));
}
