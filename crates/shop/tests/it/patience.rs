//! A provider that does not answer: each page ends in time, and says what goes on without it.

use std::time::Duration;

use kervan_sandbox::param::Customer;
use kervan_sandbox::{Fault, Plan};

use crate::support::{Page, Stage, session};

/// Sends a form whose call never arrives, while no clock moves.
fn lost(stage: &Stage, page: &str, form: &str, (provider, operation): (&str, &str)) -> Page {
    let plan = Plan::on(operation, Fault::RequestLost);
    stage.sandbox.plan(provider, plan);
    let browser = stage.browser();
    browser.submit(&browser.get(page), form, &[])
}

/// Asserts that a page says that a write goes on, in both languages, and leads to the desk.
#[track_caller]
fn goes_on(page: &Page, back: &str) {
    assert_eq!(page.status, 202, "{}", page.text());
    assert_eq!(page.texts("h1"), ["This goes on. It may have happened."]);
    assert!(page.has("#to-desk[href='/desk']"), "{}", page.body);
    assert!(page.has(&format!("#back[href='{back}']")), "{}", page.body);
}

#[test]
fn a_page_whose_write_goes_on_says_so_and_leads_to_the_desk() {
    let stage = Stage::with_patience(Duration::from_millis(300));
    let browser = stage.browser();
    let param = |operation| ("param", operation);
    let call = param("Pazaryeri_TP_AltUyeIsyeri_Ekleme");
    goes_on(&lost(&stage, "/sellers", "#add-seller", call), "/sellers");
    // Whoever follows the link finds it there, and a second click sends nothing.
    let desk = browser.get("/desk");
    assert_eq!(desk.texts("#open-count"), ["1"]);
    browser.submit(&browser.get("/sellers"), "#add-seller", &[]);
    assert_eq!(stage.calls(call.1), 1);
    stage.pass_until("the seller", || {
        browser.get("/sellers").has("#sellers .good")
    });
    browser.submit(&browser.get("/sellers"), "#add-product", &[]);

    let order = stage.order();
    goes_on(&lost(&stage, &order, "#pay", param("Pos_Odeme")), &order);
    stage.pass_until("the end of the payment", || {
        browser.get(&order).has("[data-state=abandoned]")
    });
    stage.paid(&order);
    for (form, call, end) in [
        (
            "#split",
            param("Pazaryeri_TP_Siparis_Detay_Ekle"),
            "#share-1 .good",
        ),
        (
            "#approve-1",
            param("Pazaryeri_TP_Siparis_Onay"),
            "#approval-1 .good",
        ),
        (
            "#refund-1",
            param("Pazaryeri_TP_Iptal_Iade"),
            "#refunds-1 .good",
        ),
        (
            "#horoz",
            ("horoz", "createPaysSupplierShipping"),
            "#parcel-1 .good",
        ),
    ] {
        goes_on(&lost(&stage, &order, form, call), &order);
        stage.pass_until(end, || browser.get(&order).has(end));
    }
    assert_eq!(browser.get("/desk").texts("#open-count"), ["0"]);
}

#[test]
fn a_page_whose_question_goes_on_says_so_and_leads_back() {
    let stage = Stage::with_patience(Duration::from_millis(300));
    stage.open_shop();
    let order = stage.order();
    let browser = stage.browser();
    let begun = browser.submit(&browser.get(&order), "#pay", &[]);
    let asked = lost(&stage, &order, "#check", ("param", "TP_Islem_Sorgulama4"));
    assert_eq!(asked.status, 504, "{}", asked.text());
    assert!(
        asked.has(&format!("#back[href='{order}']")),
        "{}",
        asked.body
    );
    assert!(
        !asked.text().contains("may have happened"),
        "{}",
        asked.text()
    );
    stage.customer(&session(&begun), Customer::Proves);
    stage.pass_until("the payment", || {
        browser.get(&order).has("[data-state=paid]")
    });

    browser.submit(&browser.get(&order), "#horoz", &[]);
    let asked = lost(&stage, &order, "#track-1", ("horoz", "listShippingDetails"));
    assert_eq!(asked.status, 504, "{}", asked.text());

    let order = stage.order();
    let page = lost(&stage, &order, "#haso", ("haso", "GetToken"));
    assert_eq!(page.status, 503, "{}", page.text());
    assert!(
        page.text().contains("Nothing was ordered"),
        "{}",
        page.text()
    );
}
