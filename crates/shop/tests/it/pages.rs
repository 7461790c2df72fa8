//! The pages themselves: languages, headers, labels, and foreign posts.

use std::time::Duration;

use kervan_sandbox::horoz::{Horoz, Step as HorozStep};
use kervan_sandbox::outbox::{How, Rule};
use kervan_sandbox::param::Customer;
use scraper::{Html, Selector};

use crate::place;
use crate::support::{Page, Stage, return_path, session};

/// Asserts what holds for every page.
fn is_sound(page: &Page) {
    assert_eq!(page.status, 200, "{}", page.text());
    let policy = &page.headers["content-security-policy"];
    assert!(
        policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"),
        "{policy}"
    );
    assert_eq!(page.headers["x-content-type-options"], "nosniff");
    assert_eq!(page.headers["cache-control"], "no-store");
    let document = Html::parse_document(&page.body);
    assert!(document.errors.is_empty(), "{:?}", document.errors);
    let all = |selector: &str| {
        let selector = Selector::parse(selector).unwrap();
        document
            .select(&selector)
            .map(|element| element.html())
            .collect::<Vec<_>>()
    };
    for absent in ["script", "img", "link", "iframe", "[style]", "[onclick]"] {
        assert!(all(absent).is_empty(), "{absent}");
    }
    let inputs = Selector::parse("input:not([type=hidden]), select").unwrap();
    let mut ids = std::collections::BTreeSet::new();
    for input in document.select(&inputs) {
        let id = input.attr("id").unwrap();
        assert!(ids.insert(id), "{id} is there twice");
        assert_eq!(
            all(&format!("label[for='{id}']")).len(),
            1,
            "{id} has one label"
        );
    }
    for form in document.select(&Selector::parse("form").unwrap()) {
        let button = Selector::parse("button[id]").unwrap();
        assert!(form.select(&button).next().is_some(), "{}", form.html());
    }
}

#[test]
fn every_page_is_sound_in_both_languages() {
    let stage = Stage::new();
    let browser = stage.browser();
    is_sound(&browser.get("/"));
    let (order, _) = stage.divided();
    for path in ["/", "/sellers", "/desk", order.as_str()] {
        let [english, turkish] = ["en", "tr"].map(|language| {
            let page = browser.get(&format!("{path}?lang={language}"));
            is_sound(&page);
            assert!(page.body.contains(&format!("<html lang=\"{language}\">")));
            let selector = Selector::parse("form, nav a:not(#nav-language)").unwrap();
            let document = Html::parse_document(&page.body);
            for element in document.select(&selector) {
                let to = element
                    .attr("action")
                    .or_else(|| element.attr("href"))
                    .unwrap();
                assert!(to.ends_with(&format!("?lang={language}")), "{to}");
            }
            page.text()
        });
        assert_ne!(english, turkish, "{path}");
    }
}

#[test]
fn another_site_cannot_post_to_the_shops_forms() {
    let stage = Stage::new();
    let browser = stage.browser();
    let (action, body) = browser.get("/sellers").form("#add-seller", &[]);
    for site in ["cross-site", "same-site"] {
        let refused = browser.post(&action, &[("Sec-Fetch-Site", site)], &body);
        assert_eq!(refused.status, 403);
    }
    assert_eq!(stage.calls("Pazaryeri_TP_AltUyeIsyeri_Ekleme"), 0);
    let taken = browser.post(&action, &[("Sec-Fetch-Site", "same-origin")], &body);
    assert_eq!(taken.status, 303);
}

#[test]
fn the_shop_answers_to_its_own_hosts_only() {
    let stage = Stage::new();
    let browser = stage.browser();
    let port = browser.host().rsplit(':').next().unwrap();
    let foreign = [
        "shop.example.com",
        &format!("shop.example.com:{port}"),
        &format!("127.0.0.1.example.com:{port}"),
        &format!("localhost.example.com:{port}"),
        &format!("192.0.2.1:{port}"),
        "",
    ];
    for host in foreign {
        for path in ["/", "/sellers", "/nothing"] {
            let refused = browser.ask("GET", path, &[("Host", host)], "").unwrap();
            assert_eq!(refused.status, 421, "{host} {path}");
            let own = format!("http://{}", browser.host());
            let why = format!("This server is {own}, and");
            assert!(refused.text().contains(&why), "{}", refused.text());
            assert!(refused.has(&format!("#back[href='{own}']")));
        }
        let (action, body) = browser.get("/sellers").form("#add-seller", &[]);
        let refused = browser.post(&action, &[("Host", host)], &body);
        assert_eq!(refused.status, 421, "{host}");
    }
    assert_eq!(stage.calls("Pazaryeri_TP_AltUyeIsyeri_Ekleme"), 0);
    let own = [
        browser.host(),
        "localhost",
        &format!("LocalHost:{port}"),
        &format!("[::1]:{port}"),
        &format!("127.0.0.2:{port}"),
    ];
    for host in own {
        let shown = browser.ask("GET", "/", &[("Host", host)], "").unwrap();
        assert_eq!(shown.status, 200, "{host}");
    }
}

#[test]
fn an_older_browser_cannot_post_from_another_site() {
    let stage = Stage::new();
    let browser = stage.browser();
    let (action, body) = browser.get("/sellers").form("#add-seller", &[]);
    let own = format!("http://{}", browser.host());
    let foreign = [
        "null",
        "http://example.com",
        "http://127.0.0.1:1",
        &own.replace("http", "https"),
        &format!("{own}.example.com"),
    ];
    stage.open_shop();
    browser.submit(&browser.get(&stage.order()), "#pay", &[]);
    let back = return_path(&stage);
    let added = stage.calls("Pazaryeri_TP_AltUyeIsyeri_Ekleme");
    for origin in foreign {
        let refused = browser.post(&action, &[("Origin", origin)], &body);
        assert_eq!(refused.status, 403, "{origin}");
        // The bank's page posts from another site: its post is judged by its signature.
        let judged = browser.post(&back, &[("Origin", origin)], "a=b");
        assert_eq!(judged.status, 400, "{origin}");
    }
    assert_eq!(stage.calls("Pazaryeri_TP_AltUyeIsyeri_Ekleme"), added);
    let taken = browser.post(&action, &[("Origin", &own)], &body);
    assert_eq!(taken.status, 303);
}

#[test]
fn a_wrong_form_says_what_is_wrong() {
    let stage = Stage::new();
    let browser = stage.browser();
    let sellers = browser.get("/sellers");
    let refused = browser.submit(&sellers, "#add-seller", &[("iban", "")]);
    assert_eq!(
        (refused.status, refused.texts("#detail")),
        (422, vec!["“IBAN” is empty".to_owned()])
    );
    assert!(refused.has("#back[href='/sellers']"), "{}", refused.body);
    // A number that cannot be right is refused by the client, and nothing is sent.
    browser.submit(&sellers, "#add-seller", &[("mobile", "12")]);
    let shown = browser.get("/sellers");
    assert!(
        shown.has("#sellers [data-state=refused]"),
        "{}",
        shown.text()
    );
    assert_eq!(stage.calls("Pazaryeri_TP_AltUyeIsyeri_Ekleme"), 0);
    stage.open_shop();
    let nothing = browser.post("/orders", &[], "form=1&buyer=A&phone=5550000002");
    assert_eq!(nothing.status, 422);
    // The first product is chosen already, as every other field is filled in.
    let front = browser.get("/");
    assert!(front.has("#product-1[checked]"), "{}", front.body);
    assert_eq!(browser.submit(&front, "#order", &[]).status, 303);
    let order = browser.submit(&front, "#order", &[]).location().to_owned();
    let (action, body) = browser.get(&order).form("#haso", &[("name", "")]);
    let refused = browser.post(&format!("{action}?lang=tr"), &[], &body);
    let back = format!("#back[href='{order}?lang=tr']");
    assert_eq!(refused.status, 422);
    assert!(refused.has(&back), "{}", refused.body);
    let turkish = browser.get(&format!("{order}?lang=tr"));
    assert_eq!(turkish.texts("#pay-button"), ["100,00 TL öde"]);
    assert_eq!(turkish.texts("#nav-desk"), ["Yönetim"]);
    assert_eq!(browser.get("/orders/77").status, 404);
    assert_eq!(browser.get("/nothing").status, 404);
}

#[test]
fn every_page_of_an_error_leads_back() {
    let stage = Stage::new();
    stage.open_shop();
    let order = stage.order();
    let browser = stage.browser();
    let long = format!("form={}", "x".repeat(300 << 10));
    let pay = format!("{order}/pay");
    browser.submit(&browser.get(&order), "#pay", &[]);
    let back = return_path(&stage);
    let foreign = [("Sec-Fetch-Site", "cross-site")];
    let json = [("Content-Type", "application/json")];
    for (status, to, refused) in [
        (404, "/", browser.get("/nothing")),
        (404, "/", browser.get("/orders/77")),
        (404, "/", browser.get("/orders/first")),
        (405, &*order, browser.get(&pay)),
        (405, "/", browser.get(&back)),
        (404, "/", browser.post("/payment/7", &[], "a=b")),
        (405, "/", browser.post("/", &[], "")),
        (403, "/sellers", browser.post("/sellers", &foreign, "")),
        (413, "/", browser.post("/orders", &[], &long)),
        (415, "/", {
            // A second header of the same name, so that the first one does not count.
            let page = browser.ask("POST", "/orders", &json, "{}");
            page.unwrap()
        }),
        (422, "/", browser.post("/orders", &[], "a=b")),
        (400, "/", browser.post(&back, &[], "a=b")),
    ] {
        assert_eq!(refused.status, status, "{}", refused.body);
        let back = format!("#back[href='{to}']");
        assert!(refused.has(&back), "{status} {to}: {}", refused.body);
        assert!(refused.has("h1#title"), "{status}: {}", refused.body);
    }
    // HASO's server reads a plain answer.
    let plain = browser.post("/haso/0123456789abcdef/callback", &[], "");
    assert_eq!(plain.status, 404);
}

#[test]
fn a_known_status_stays_when_horoz_is_asked_too_soon() {
    let stage = Stage::new();
    stage.open_shop();
    let (browser, order) = (stage.browser(), stage.order());
    stage.paid(&order);
    browser.submit(&browser.get(&order), "#horoz", &[]);
    let number = stage.sandbox.ask(|horoz: &Horoz| {
        let mut orders = horoz.orders();
        orders.next().unwrap().number.clone()
    });
    let accept = HorozStep::Accept { order: number };
    stage.sandbox.step::<Horoz>(&accept).unwrap();
    let asked = || stage.calls("listShippingDetails");
    for (pause, times) in [(0, 1), (60, 1), (3_539, 1), (1, 2)] {
        stage.advance(Duration::from_secs(pause));
        browser.submit(&browser.get(&order), "#track-1", &[]);
        assert_eq!(asked(), times, "Horoz is asked once an hour");
        let said = browser.get(&order).texts("#parcel-1 .status strong");
        assert_eq!(said, ["Horoz: BEKLİYOR"], "{times}");
    }
    // Another program has asked, of which this one knows nothing.
    place::run(stage.database(), "DELETE FROM kervan_uses");
    stage.advance(Duration::from_secs(2));
    browser.submit(&browser.get(&order), "#track-1", &[]);
    assert_eq!(asked(), 3, "Horoz refuses it");
    let said = browser.get(&order).texts("#parcel-1 .status strong");
    assert_eq!(said, ["Horoz: BEKLİYOR"]);
}

#[test]
fn a_word_that_no_page_lists_is_shown_as_its_providers_own() {
    let stage = Stage::new();
    let browser = stage.browser();
    let operation = "Pazaryeri_TP_AltUyeIsyeri_Ekleme";
    for (from, to) in [(">1</Sonuc>", ">-987</Sonuc>"), ("Başarılı", "BAYİ KAPALI")] {
        stage.gate.change(operation, from, to);
    }
    browser.submit(&browser.get("/sellers"), "#add-seller", &[]);
    let shown = browser.get("/sellers").texts("#sellers li").concat();
    let words = "Param answered with -987 (Param: BAYİ KAPALI)";
    assert!(shown.contains(words), "{shown}");

    let stage = Stage::new();
    stage.open_shop();
    let (browser, order) = (stage.browser(), stage.order());
    browser.submit(&browser.get(&order), "#horoz", &[("county", "Atlantis")]);
    let shown = browser.get(&order).texts("#parcel-1").concat();
    assert!(shown.contains("ERR-29005 (Horoz: "), "{shown}");

    // A state of a payment.
    let begun = browser.submit(&browser.get(&order), "#pay", &[]);
    stage.sandbox.rule(Rule::on("param", "return", How::Never));
    stage.customer(&session(&begun), Customer::Fails);
    let change = ("<Durum>FAIL<", "<Durum>ASKIDA<");
    stage.gate.change("TP_Islem_Sorgulama4", change.0, change.1);
    browser.submit(&browser.get(&order), "#check", &[]);
    let shown = browser.get(&order).texts("#payments li").concat();
    assert!(
        shown.contains("on the bank's page: Param: ASKIDA"),
        "{shown}"
    );
}
