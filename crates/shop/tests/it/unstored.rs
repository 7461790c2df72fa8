//! A database that does not take a change: nothing more is sent, and the page says so.

use crate::place;
use crate::support::{Page, Stage};

/// Returns the forms of a shop with a paid order: a seller, a payment, a split.
pub(crate) fn forms(stage: &Stage) -> Vec<(String, String)> {
    stage.open_shop();
    let browser = stage.browser();
    let (paid, open) = (stage.order(), stage.order());
    let paid: Page = stage.paid(&paid);
    let other = [("identity", "10000000078"), ("full_name", "Başka Biri")];
    vec![
        browser.get("/sellers").form("#add-seller", &other),
        browser.get(&open).form("#pay", &[]),
        paid.form("#split", &[]),
    ]
}

#[test]
fn that_does_not_take_the_attempt() {
    let stage = Stage::new();
    let forms = forms(&stage);
    place::fill(stage.database(), "kervan_writes", "attempt");
    let writes = [
        "Pazaryeri_TP_AltUyeIsyeri_Ekleme",
        "Pazaryeri_TP_Siparis_Detay_Ekle",
    ];
    let before = writes.map(|operation| stage.calls(operation));
    for (action, body) in [&forms[0], &forms[2]] {
        let refused = stage.browser().post(action, &[], body);
        assert_eq!(refused.status, 503, "{}", refused.text());
        assert!(
            refused.text().contains("Nothing was sent"),
            "{}",
            refused.text()
        );
        assert!(
            refused.text().contains("the disk is full"),
            "{}",
            refused.text()
        );
    }
    assert_eq!(writes.map(|operation| stage.calls(operation)), before);
    place::empty(stage.database(), "kervan_writes");
    // The shop goes on by itself.
    stage.pass_until("the writes", || {
        stage.browser().get("/desk").texts("#open-count") == ["0"]
    });
    assert_eq!(
        writes.map(|operation| stage.calls(operation)),
        before.map(|calls| calls + 1)
    );
}

#[test]
fn that_does_not_take_the_result() {
    let stage = Stage::new();
    let forms = forms(&stage);
    place::fill(stage.database(), "shares", "entry");
    let (action, body) = &forms[2];
    let told = stage.browser().post(action, &[], body);
    assert_eq!(told.status, 503);
    assert!(told.text().contains("It was sent"), "{}", told.text());
    place::empty(stage.database(), "shares");
    stage.pass_until("the result", || {
        stage.browser().get("/desk").texts("#open-count") == ["0"]
    });
    assert_eq!(
        stage.calls("Pazaryeri_TP_Siparis_Detay_Ekle"),
        1,
        "it is asked for, not sent again"
    );
}
