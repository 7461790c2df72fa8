//! A person clicks twice, at once and later.

use std::thread;

use kervan_sandbox::Kurus;
use kervan_sandbox::param::{Customer, Param};

use crate::support::{Page, Stage, session};

/// Sends a form twice at the same moment, and once more afterwards.
fn thrice(stage: &Stage, page: &Page, form: &str, values: &[(&str, &str)]) -> Vec<Page> {
    let browser = stage.browser();
    let (action, body) = page.form(form, values);
    let mut answers: Vec<Page> = thread::scope(|scope| {
        let both = [(); 2].map(|()| scope.spawn(|| browser.post(&action, &[], &body)));
        both.into_iter().map(|one| one.join().unwrap()).collect()
    });
    answers.push(browser.post(&action, &[], &body));
    for answer in &answers {
        assert_eq!(answer.status, 303, "{}", answer.text());
        assert_eq!(answer.location(), answers[0].location());
    }
    answers
}

#[test]
fn each_button_does_its_work_once() {
    let stage = Stage::new();
    let browser = stage.browser();
    thrice(&stage, &browser.get("/sellers"), "#add-seller", &[]);
    assert_eq!(stage.calls("Pazaryeri_TP_AltUyeIsyeri_Ekleme"), 1);
    browser.submit(&browser.get("/sellers"), "#add-product", &[]);

    let order = thrice(&stage, &browser.get("/"), "#order", &[("product_1", "1")]);
    let order = order[0].location().to_owned();

    let begun = thrice(&stage, &browser.get(&order), "#pay", &[]);
    assert_eq!(stage.calls("Pos_Odeme"), 1);
    stage.customer(&session(&begun[0]), Customer::Proves);
    stage.until("the payment", || {
        browser.get(&order).has("[data-state=paid]")
    });

    thrice(&stage, &browser.get(&order), "#split", &[]);
    assert_eq!(stage.calls("Pazaryeri_TP_Siparis_Detay_Ekle"), 1);
    thrice(&stage, &browser.get(&order), "#approve-1", &[]);
    assert_eq!(stage.calls("Pazaryeri_TP_Siparis_Onay"), 1);

    stage.advance(std::time::Duration::from_secs(86_400));
    let page = browser.get(&order);
    thrice(&stage, &page, "#refund-1", &[("amount", "10,00")]);
    assert_eq!(stage.calls("Pazaryeri_TP_Iptal_Iade"), 1);
    let back = |stage: &Stage| {
        stage.sandbox.ask(|param: &Param| {
            let payment = param
                .payments()
                .iter()
                .find(|payment| payment.is_charged())
                .unwrap();
            payment.returned()
        })
    };
    assert_eq!(back(&stage), Kurus(1_000));
    // A second refund is another one, by a form of its own.
    thrice(
        &stage,
        &browser.get(&order),
        "#refund-1",
        &[("amount", "5,50")],
    );
    assert_eq!(back(&stage), Kurus(1_550));
    assert_eq!(browser.get("/desk").texts("#open-count"), ["0"]);
}
