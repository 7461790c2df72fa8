//! The shop dies between storing and sending, and between sending and the answer.

use std::time::Duration;

use kervan_sandbox::param::{Customer, Param};
use kervan_sandbox::{Fault, Kurus, Plan};

use crate::support::{Stage, session};

/// Where the shop dies.
#[derive(Clone, Copy, Debug)]
enum Where {
    /// Its attempt is stored, and nothing has left.
    BeforeSending,
    /// It is done, and nobody has seen the answer.
    BeforeTheAnswer,
}

fn dies(stage: &mut Stage, page: &str, form: &str, operation: &'static str, place: Where) {
    let browser = stage.browser();
    match place {
        Where::BeforeSending => stage.gate.close(operation),
        Where::BeforeTheAnswer => stage
            .sandbox
            .plan("param", Plan::on(operation, Fault::LateAnswer)),
    }
    let before = stage.calls(operation);
    let (action, body) = browser.get(page).form(form, &[]);
    let stream = browser.send("POST", &action, &[], &body).unwrap();
    match place {
        Where::BeforeSending => stage.until("the held call", || stage.gate.holds()),
        Where::BeforeTheAnswer => stage.until("the call", || stage.calls(operation) > before),
    }
    stage.crash();
    drop(stream);
    stage.start();
}

fn everything(place: Where) {
    let mut stage = Stage::new();
    let browser = stage.browser();
    dies(
        &mut stage,
        "/sellers",
        "#add-seller",
        "Pazaryeri_TP_AltUyeIsyeri_Ekleme",
        place,
    );
    let browser_of = |stage: &Stage| stage.browser();
    stage.pass_until("the seller", || {
        browser_of(&stage).get("/sellers").has("#sellers .good")
    });
    assert_eq!(stage.sandbox.ask(|param: &Param| param.sellers().len()), 1);
    browser.submit(&browser.get("/sellers"), "#add-product", &[]);
    let order = stage.order();

    // Nobody has seen the page, and the card is gone with the program.
    dies(&mut stage, &order, "#pay", "Pos_Odeme", place);
    assert!(
        browser.get(&order).has("[data-state=abandoned]"),
        "{}",
        browser.get(&order).text()
    );
    stage.paid(&order);

    dies(
        &mut stage,
        &order,
        "#split",
        "Pazaryeri_TP_Siparis_Detay_Ekle",
        place,
    );
    stage.pass_until("the share", || {
        browser.get(&order).has("#share-1 [data-state=done]")
    });
    dies(
        &mut stage,
        &order,
        "#approve-1",
        "Pazaryeri_TP_Siparis_Onay",
        place,
    );
    stage.pass_until("the approval", || {
        browser.get(&order).has("#approval-1 .good")
    });
    stage.advance(Duration::from_secs(86_400));
    dies(
        &mut stage,
        &order,
        "#refund-1",
        "Pazaryeri_TP_Iptal_Iade",
        place,
    );
    stage.pass_until("the refund", || {
        browser
            .get(&order)
            .has("#refunds-1 [data-state=done], #refunds-1 [data-state=proven]")
    });

    let (entries, back) = stage.sandbox.ask(|param: &Param| {
        let payment = param
            .payments()
            .iter()
            .find(|one| one.is_charged())
            .unwrap();
        (param.orders_of(payment.id).len(), payment.returned())
    });
    assert_eq!((entries, back), (1, Kurus(1_000)), "{place:?}");
    assert_eq!(browser.get("/desk").texts("#open-count"), ["0"]);
}

#[test]
fn nothing_is_lost_or_doubled_when_it_dies_before_it_sends() {
    everything(Where::BeforeSending);
}

#[test]
fn nothing_is_lost_or_doubled_when_it_dies_before_the_answer() {
    everything(Where::BeforeTheAnswer);
}

#[test]
fn a_customer_may_pay_while_the_shop_is_down() {
    let mut stage = Stage::new();
    stage.open_shop();
    let order = stage.order();
    let browser = stage.browser();
    let begun = browser.submit(&browser.get(&order), "#pay", &[]);
    stage.crash();
    // The browser finds nobody at the shop's address.
    stage.customer(&session(&begun), Customer::Proves);
    stage.start();
    stage.pass_until("the payment", || {
        browser.get(&order).has("[data-state=paid]")
    });
}

#[test]
fn a_browser_that_leaves_does_not_take_its_write_along() {
    let stage = Stage::new();
    stage.open_shop();
    let order = stage.order();
    let paid = stage.paid(&order);
    let browser = stage.browser();
    let operation = "Pazaryeri_TP_Siparis_Detay_Ekle";
    stage
        .sandbox
        .plan("param", Plan::on(operation, Fault::LateAnswer));
    let (action, body) = paid.form("#split", &[]);
    let stream = browser.send("POST", &action, &[], &body).unwrap();
    stage.until("the call", || stage.calls(operation) == 1);
    drop(stream);
    stage.pass_until("the share", || {
        browser.get(&order).has("#share-1 [data-state=done]")
    });
    assert_eq!(stage.calls(operation), 1);
}
