//! Answers and requests that are lost: the shop finds out what became of each write.

use std::thread;

use kervan_sandbox::param::{Customer, Param};
use kervan_sandbox::{Fault, Kurus, Plan};

use crate::support::{Stage, session};

const FAULTS: [Fault; 2] = [Fault::AnswerLost, Fault::RequestLost];

/// Sends a form whose call meets a fault, and lets the time pass until the shop knows its end.
fn survives(stage: &Stage, page: &str, form: &str, (operation, fault): (&str, Fault), end: &str) {
    let browser = stage.browser();
    stage.sandbox.plan("param", Plan::on(operation, fault));
    let (action, body) = browser.get(page).form(form, &[]);
    let sent = thread::spawn(move || browser.post(&action, &[], &body));
    let browser = stage.browser();
    stage.pass_until(&format!("{end} after {fault:?} of {operation}"), || {
        browser.get(page).has(end)
    });
    assert_eq!(sent.join().unwrap().status, 303);
    assert_eq!(browser.get("/desk").texts("#open-count"), ["0"]);
}

#[test]
fn a_seller_is_added_once() {
    for fault in FAULTS {
        let stage = Stage::new();
        let call = ("Pazaryeri_TP_AltUyeIsyeri_Ekleme", fault);
        survives(&stage, "/sellers", "#add-seller", call, "#sellers .good");
        assert_eq!(
            stage.sandbox.ask(|param: &Param| param.sellers().len()),
            1,
            "{fault:?}"
        );
    }
}

#[test]
fn a_payment_whose_page_nobody_saw_begins_anew() {
    for fault in FAULTS {
        let stage = Stage::new();
        stage.open_shop();
        let order = stage.order();
        survives(
            &stage,
            &order,
            "#pay",
            ("Pos_Odeme", fault),
            "[data-state=abandoned]",
        );
        let paid = stage.paid(&order);
        assert!(
            paid.texts("#payments li")[1].contains("-02: paid"),
            "{}",
            paid.text()
        );
    }
}

#[test]
fn a_confirmation_whose_answer_is_lost_is_asked_for_again() {
    for fault in FAULTS {
        let stage = Stage::new();
        stage.open_shop();
        let order = stage.order();
        let browser = stage.browser();
        let begun = browser.submit(&browser.get(&order), "#pay", &[]);
        let operation = "TP_Islem_Sorgulama4";
        stage.sandbox.plan("param", Plan::on(operation, fault));
        stage
            .sandbox
            .plan("param", Plan::on(operation, fault).nth(2));
        stage.customer(&session(&begun), Customer::Proves);
        stage.pass_until("the payment", || {
            browser.get(&order).has("[data-state=paid]")
        });
    }
}

#[test]
fn shares_approvals_and_refunds_are_made_once() {
    for fault in FAULTS {
        let stage = Stage::new();
        stage.open_shop();
        let order = stage.order();
        stage.paid(&order);
        let done = "#share-1 [data-state=done]";
        survives(
            &stage,
            &order,
            "#split",
            ("Pazaryeri_TP_Siparis_Detay_Ekle", fault),
            done,
        );
        let entries = || {
            stage.sandbox.ask(|param: &Param| {
                let payment = param
                    .payments()
                    .iter()
                    .find(|one| one.is_charged())
                    .unwrap();
                let entries = param.orders_of(payment.id);
                (entries.len(), payment.returned())
            })
        };
        assert_eq!(entries(), (1, Kurus(0)), "{fault:?}");

        let call = ("Pazaryeri_TP_Siparis_Onay", fault);
        survives(&stage, &order, "#approve-1", call, "#approval-1 .good");

        stage.advance(std::time::Duration::from_secs(86_400));
        let call = ("Pazaryeri_TP_Iptal_Iade", fault);
        survives(
            &stage,
            &order,
            "#refund-1",
            call,
            "#refunds-1 [data-state=done], #refunds-1 [data-state=proven]",
        );
        assert_eq!(entries(), (1, Kurus(1_000)), "{fault:?}");
    }
}

#[test]
fn the_shares_of_two_sellers_wait_for_each_other() {
    let stage = Stage::new();
    stage.open_shop();
    let browser = stage.browser();
    let other = [("identity", "10000000078"), ("full_name", "Başka Biri")];
    browser.submit(&browser.get("/sellers"), "#add-seller", &other);
    let values = [("name", "Masa"), ("price", "1.250,50"), ("seller", "2")];
    browser.submit(&browser.get("/sellers"), "#add-product", &values);
    let both = [("product_1", "1"), ("product_2", "1")];
    let order = browser.submit(&browser.get("/"), "#order", &both);
    let order = order.location().to_owned();
    let paid = stage.paid(&order);
    assert_eq!(paid.texts("#total"), ["1350,50 TL"]);

    let operation = "Pazaryeri_TP_Siparis_Detay_Ekle";
    stage
        .sandbox
        .plan("param", Plan::on(operation, Fault::RequestLost));
    let (action, body) = paid.form("#split", &[]);
    let sent = thread::spawn(move || browser.post(&action, &[], &body));
    let browser = stage.browser();
    let begun = |stage: &Stage| stage.calls(operation) == 1;
    stage.until("the first share", || begun(&stage));
    // It may have happened for minutes, and as long nothing of the second one is sent.
    stage.pass_until("the doubt", || {
        browser.get(&order).has("#share-1 [data-state=unknown]")
    });
    assert!(browser.get(&order).has("#share-2 [data-state=waits]"));
    assert!(begun(&stage));
    stage.pass_until("both", || {
        let page = browser.get(&order);
        page.has("#share-1 [data-state=done]") && page.has("#share-2 [data-state=done]")
    });
    assert_eq!(sent.join().unwrap().status, 303);
    assert_eq!(stage.calls(operation), 3);
    assert_eq!(stage.sandbox.ask(Param::check_sums), Ok(()));
}
