//! Texts that would be parts of a page, in every field that a page shows.

use kervan_sandbox::Sandbox;
use kervan_sandbox::aras::{Aras, Move, NewParcel, Stage as At, Step as ArasStep};
use kervan_sandbox::outbox::{How, Rule};
use kervan_sandbox::param::Customer;
use scraper::{Html, Selector};

use crate::support::{Browser, Page, Stage, return_path, session};

const HOSTILE: &str = "\"'><script>alert(1)</script><img src=x onerror=alert(2)>";

/// Asserts that nothing of a page has become of the text.
#[track_caller]
fn is_text(page: &Page) {
    let document = Html::parse_document(&page.body);
    for part in ["img[src=x]", "[onerror]"] {
        let part = Selector::parse(part).unwrap();
        let found = document.select(&part).next();
        assert!(found.is_none(), "{:?}", found.map(|found| found.html()));
    }
    for script in page.texts("script") {
        assert!(!script.contains("alert(1)"), "{script}");
    }
}

/// Asserts that a page shows the text as it is, on the page or in a field of a form.
#[track_caller]
fn shows(page: &Page) {
    is_text(page);
    let document = Html::parse_document(&page.body);
    let fields = Selector::parse("input").unwrap();
    let mut fields = document.select(&fields);
    let in_field = fields.any(|field| {
        field
            .attr("value")
            .is_some_and(|value| value.contains(HOSTILE))
    });
    let in_text = page.texts("body").concat().contains(HOSTILE);
    assert!(in_field || in_text, "{}", page.body);
}

/// Returns a text as a part of an address.
fn percent(text: &str) -> String {
    let bytes = text.bytes().map(|byte| format!("%{byte:02X}"));
    bytes.collect()
}

/// Splits an address of this machine into a browser at its server, and the path.
fn at(address: &str) -> (Browser, String) {
    let rest = address.strip_prefix("http://").unwrap();
    let (host, path) = rest.split_once('/').unwrap();
    (Browser::at(host), format!("/{path}"))
}

/// Asserts that nothing of any page of the dashboard has become of the text.
fn board_is_text(sandbox: &Sandbox) {
    let (browser, path) = at(&sandbox.account("param").address);
    let world = path
        .strip_prefix("/w/")
        .unwrap()
        .strip_suffix("/param")
        .unwrap();
    let board = format!("/_sandbox/board/{world}");
    let mut pages: Vec<String> = ["calls", "callbacks", "faults", "clock", "state"]
        .map(str::to_owned)
        .into();
    let (records, callbacks) = (sandbox.records(), sandbox.callbacks());
    pages.extend(records.iter().map(|one| format!("calls/{}", one.number)));
    pages.extend(
        callbacks
            .iter()
            .map(|one| format!("callbacks/{}", one.number)),
    );
    for page in pages {
        let page = browser.get(&format!("{board}/{page}"));
        assert_eq!(page.status, 200);
        is_text(&page);
    }
}

#[test]
fn names_and_addresses_are_shown_as_text() {
    let stage = Stage::new();
    let browser = stage.browser();
    let submit = |path: &str, form: &str, values: &[(&str, &str)]| {
        let answer = browser.submit(&browser.get(path), form, values);
        is_text(&answer);
        answer
    };
    submit("/sellers", "#add-seller", &[("full_name", HOSTILE)]);
    assert!(browser.get("/sellers").has("#sellers .good"));
    submit("/sellers", "#add-product", &[("name", HOSTILE)]);
    shows(&browser.get("/sellers"));
    shows(&browser.get("/"));

    let values = [("product_1", "1"), ("buyer", HOSTILE), ("phone", HOSTILE)];
    let order = submit("/", "#order", &values).location().to_owned();
    shows(&browser.get(&order));
    let all = |names: &[&'static str]| -> Vec<(&str, &str)> {
        names.iter().map(|name| (*name, HOSTILE)).collect()
    };
    let card = all(&["holder", "number", "month", "year", "code"]);
    submit(&order, "#pay", &card);
    assert!(browser.get(&order).has("[data-state=not_started]"));
    submit(
        &order,
        "#horoz",
        &all(&["recipient", "city", "county", "address", "phone"]),
    );
    assert!(browser.get(&order).has("#parcel-1 [data-state=refused]"));
    // Those that Horoz takes.
    submit(
        &order,
        "#horoz",
        &[
            ("recipient", HOSTILE),
            ("address", HOSTILE),
            ("phone", "5550000002"),
        ],
    );
    assert!(browser.get(&order).has("#parcel-1 [data-state=done]"));
    let link = format!("https://kargotakip.araskargo.com.tr/mainpage.aspx?code={HOSTILE}");
    for parcel in [HOSTILE, &link] {
        let refused = submit(&order, "#aras", &[("parcel", parcel)]);
        assert_eq!(refused.status, 422);
    }
    submit(&order, "#haso", &all(&["key"]));
    let leads = submit(&order, "#haso", &all(&["name", "surname", "email"]));
    shows(&leads);

    // The page of HASO.
    let (action, body) = leads.form("form", &[]);
    let number = browser.get(&order).texts("#installments li").concat();
    let number = number.split(':').next().unwrap();
    let (haso, path) = at(&action);
    let led = haso.post(&path, &[], &body);
    let (haso, path) = at(led.location());
    let page = haso.get(&path);
    is_text(&page);
    assert!(
        page.texts("main").concat().contains(number),
        "{}",
        page.body
    );
    // HASO refuses such a number, which is too long, and the dashboard shows the call.
    let strange = body.replace(&percent(number), &percent(HOSTILE));
    let refused = haso.post(&at(&action).1, &[], &strange);
    assert!(refused.body.contains("merchantOid"), "{}", refused.body);
    is_text(&refused);
    for path in ["/desk", &order] {
        is_text(&browser.get(path));
    }
    board_is_text(&stage.sandbox);
}

#[test]
fn texts_of_the_providers_are_shown_as_text() {
    let stage = Stage::new();
    let browser = stage.browser();
    let in_xml =
        "&quot;'&gt;&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x onerror=alert(2)&gt;";
    let in_json = HOSTILE.replace('"', "\\\"");
    let operation = "Pazaryeri_TP_AltUyeIsyeri_Ekleme";
    for (from, to) in [(">1</Sonuc>", ">-3</Sonuc>"), ("Başarılı", in_xml)] {
        stage.gate.change(operation, from, to);
    }
    browser.submit(&browser.get("/sellers"), "#add-seller", &[]);
    let sellers = browser.get("/sellers");
    assert!(sellers.has("#sellers .bad"), "{}", sellers.text());
    is_text(&sellers);

    let stage = Stage::new();
    let browser = stage.browser();
    stage.open_shop();
    let order = stage.order();
    stage
        .gate
        .change("createPaysSupplierShipping", "GEÇERSİZ", &in_json);
    browser.submit(&browser.get(&order), "#horoz", &[("county", "Atlantis")]);
    let page = browser.get(&order);
    assert!(page.has("#parcel-1 .bad"), "{}", page.text());
    is_text(&page);

    let mut parcel = NewParcel::new("KV-1001");
    parcel.tracking_number = Some("1234567890123".to_owned());
    let to = Move::new("KV-1001", At::InTransfer);
    for step in [ArasStep::AddParcel(Box::new(parcel)), ArasStep::Move(to)] {
        stage.sandbox.step::<Aras>(&step).unwrap();
    }
    stage.gate.change("tracking page", "YOLDA", in_xml);
    let order = stage.order();
    browser.submit(
        &browser.get(&order),
        "#aras",
        &[("parcel", "1234567890123")],
    );
    browser.submit(&browser.get(&order), "#track-2", &[]);
    let page = browser.get(&order);
    assert!(
        page.texts(".status").concat().contains(HOSTILE),
        "{}",
        page.text()
    );
    shows(&page);
}

#[test]
fn messages_that_anybody_can_post_are_shown_as_text() {
    let stage = Stage::new();
    stage.open_shop();
    let order = stage.order();
    let browser = stage.browser();
    // The bank's words, which the signature does not cover.
    for field in ["Sonuc_Str", "Banka_Sonuc_Kod"] {
        let (field, value) = (format!("TURKPOS_RETVAL_{field}"), Some(HOSTILE.to_owned()));
        stage
            .sandbox
            .rule(Rule::on("param", "return", How::Tamper { field, value }));
        let begun = browser.submit(&browser.get(&order), "#pay", &[]);
        stage.customer(&session(&begun), Customer::Fails);
        stage.until("the return", || {
            !browser.get(&order).has("[data-state=waiting]")
        });
        let page = browser.get(&order);
        assert!(page.has("[data-state=not_paid]"), "{}", page.text());
        is_text(&page);
    }
    let fields = [
        "Sonuc",
        "Siparis_ID",
        "Islem_ID",
        "Hash",
        "Tahsilat_Tutari",
        "Dekont_ID",
    ];
    let fields = fields.map(|name| format!("TURKPOS_RETVAL_{name}={HOSTILE}"));
    let refused = browser.post(&return_path(&stage), &[], &fields.join("&"));
    assert_eq!(refused.status, 400);
    is_text(&refused);
    let unknown = browser.get(&format!("/{}", percent(HOSTILE)));
    is_text(&unknown);
    is_text(&browser.get("/desk"));
    board_is_text(&stage.sandbox);
}

#[test]
fn a_tracking_page_shows_texts_as_text() {
    let stage = Stage::new();
    let mut parcel = NewParcel::new(HOSTILE);
    parcel.tracking_number = Some("1234567890123".to_owned());
    let text = Some(HOSTILE.to_owned());
    for own in [
        &mut parcel.cargo_code,
        &mut parcel.waybill,
        &mut parcel.recipient,
        &mut parcel.address,
        &mut parcel.city,
        &mut parcel.district,
        &mut parcel.phone,
        &mut parcel.reference,
    ] {
        own.clone_from(&text);
    }
    let mut moves =
        [At::InTransfer, At::OutForDelivery, At::Delivered].map(|to| Move::new(HOSTILE, to));
    for to in &mut moves {
        to.note.clone_from(&text);
        to.received_by.clone_from(&text);
    }
    stage
        .sandbox
        .step::<Aras>(&ArasStep::AddParcel(Box::new(parcel)))
        .unwrap();
    for to in moves {
        stage.sandbox.step::<Aras>(&ArasStep::Move(to)).unwrap();
    }
    let account = stage.sandbox.account("aras");
    let (browser, path) = at(&account.address);
    let of_account = format!("accountid={}", account.get("account_id"));
    let key = percent(HOSTILE);
    for (page, has_it) in [
        ("mainpage.aspx?code=1234567890123".to_owned(), false),
        ("kargotakip.aspx?code=1234567890123".to_owned(), true),
        (format!("mainpage.aspx?{of_account}&alici_kod={key}"), true),
        (format!("yurticigonbil.aspx?cargo_code={key}"), true),
        (
            format!("CargoInfoTransactionAndRedirection.aspx?barcode={key}"),
            false,
        ),
        (
            format!(
                "CargoInfoWaybillAndDelivered.aspx?shipmentid={}",
                percent(&HOSTILE[4..13])
            ),
            true,
        ),
        (format!("control.aspx?shipmentid={key}"), false),
        (format!("{key}.aspx"), false),
    ] {
        let shown = browser.get(&format!("{path}/{page}"));
        is_text(&shown);
        assert_eq!(shown.body.contains("alert(1)"), has_it, "{}", shown.body);
    }
    board_is_text(&stage.sandbox);
}
