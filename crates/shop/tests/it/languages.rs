//! The person who reads Turkish gets Turkish, also where something has failed.

use std::collections::BTreeSet;

use kervan_core::Language;
use kervan_sandbox::aras::{Aras, Move, NewParcel, Stage as At, Step as ArasStep};
use kervan_sandbox::param::Customer;
use kervan_sandbox::{Fault, Plan};
use scraper::node::Node;
use scraper::{Html, Selector};
use serde::de::DeserializeOwned;

use crate::support::{Page, Stage, return_path, session};
use crate::walk::{completes, is_paid, to_haso};

/// Words that are the same in both languages, and names that somebody has typed.
const SAME: [&str; 12] = [
    "IBAN", "Desi", "Lamba", "Ayşe", "Örnek", "Nilüfer", "Horoz", "Aras", "HASO", "Param", "TL",
    "Kervan",
];

/// Returns the texts of a page, without keys and what a provider has said.
fn texts(page: &Page) -> BTreeSet<String> {
    let document = Html::parse_document(&page.body);
    let main = Selector::parse("main").unwrap();
    let main = document.select(&main).next().unwrap();
    let mut texts = BTreeSet::new();
    for node in main.descendants() {
        let Node::Text(text) = node.value() else {
            continue;
        };
        let foreign = ["q", "small"];
        let is_foreign = node.ancestors().any(|above| {
            let element = above.value().as_element();
            element.is_some_and(|element| foreign.contains(&element.name()))
        });
        if !is_foreign {
            texts.insert(text.trim().to_owned());
        }
    }
    texts
}

/// Returns the words of a text that only one language can have.
fn words(text: &str) -> Vec<&str> {
    let words = text.split(|letter: char| !letter.is_alphabetic());
    words
        .filter(|word| word.chars().count() > 2 && !SAME.contains(word))
        // Keys, such as `KV1F2E-1001-T1`, and the wire names of fields.
        .filter(|word| word.chars().any(char::is_lowercase))
        .collect()
}

/// Asserts that no text of a page is the same in both languages.
#[track_caller]
fn differ(english: &Page, turkish: &Page) {
    let (english, turkish) = (texts(english), texts(turkish));
    for text in english.intersection(&turkish) {
        let own: Vec<_> = words(text);
        // An order's number and a field's wire name have no language.
        let is_key = text.starts_with("KV") && !text.contains(' ');
        assert!(own.is_empty() || is_key, "{text}: {own:?}");
    }
}

/// Fills a shop with every kind of end: done, refused, lost, not known yet.
fn filled(stage: &Stage) -> Vec<String> {
    let browser = stage.browser();
    browser.submit(&browser.get("/sellers"), "#add-seller", &[("mobile", "12")]);
    stage.open_shop();
    let order = stage.order();
    let card = |values: &[(&str, &str)]| browser.submit(&browser.get(&order), "#pay", values);
    card(&[("month", "13"), ("number", "1")]);
    stage.customer(&session(&card(&[])), Customer::Fails);
    stage.until("the return", || {
        browser.get(&order).has("[data-state=not_paid]")
    });
    stage.gate.refuse(Some("Pos_Odeme"));
    card(&[]);
    stage.gate.refuse(None);
    stage.paid(&order);
    let lost = "Pazaryeri_TP_Siparis_Detay_Ekle";
    stage
        .sandbox
        .plan("param", Plan::on(lost, Fault::AnswerLost));
    browser.submit(&browser.get(&order), "#split", &[]);
    browser.post(&return_path(stage), &[], "a=b");
    browser.post(&return_path(stage), &[], "TURKPOS_RETVAL_Sonuc=1");
    browser.submit(&browser.get(&order), "#horoz", &[("desi", "0")]);
    browser.submit(&browser.get(&order), "#horoz", &[]);
    browser.submit(&browser.get(&order), "#track-1", &[]);
    let mut parcel = NewParcel::new("KV-1001");
    parcel.tracking_number = Some("1234567890123".to_owned());
    let to = Move::new("KV-1001", At::InTransfer);
    for step in [ArasStep::AddParcel(Box::new(parcel)), ArasStep::Move(to)] {
        stage.sandbox.step::<Aras>(&step).unwrap();
    }
    for parcel in ["1234567890123", "9234567890123"] {
        browser.submit(&browser.get(&order), "#aras", &[("parcel", parcel)]);
    }
    browser.submit(&browser.get(&order), "#track-2", &[]);
    browser.submit(&browser.get(&order), "#track-3", &[]);

    let other = stage.order();
    browser.submit(&browser.get(&other), "#horoz", &[("county", "Atlantis")]);
    let number = to_haso(stage, &other);
    completes(stage, &number);
    stage.until("HASO's callback", || is_paid(stage, &other));
    vec![order, other]
}

#[test]
fn no_sentence_of_a_page_is_the_same_in_both_languages() {
    let stage = Stage::new();
    let browser = stage.browser();
    let orders = filled(&stage);
    // The answer of the split is lost, and it is open until the clock moves.
    assert_eq!(browser.get("/desk").texts("#open-count"), ["2"]);
    let order = browser.get(&orders[0]).text() + &browser.get(&orders[1]).text();
    for shown in [
        "Mobile",
        "“Month”",
        "no connection was made",
        "ERR-29005",
        "not accepted the goods",
    ] {
        let sellers = browser.get("/sellers").text();
        assert!((sellers + &order).contains(shown), "{shown}: {order}");
    }
    let pages = ["/", "/sellers", "/desk"].into_iter();
    for path in pages.chain(orders.iter().map(String::as_str)) {
        let [english, turkish] =
            ["en", "tr"].map(|language| browser.get(&format!("{path}?lang={language}")));
        differ(&english, &turkish);
    }
}

#[test]
fn no_sentence_of_a_failure_is_the_same_in_both_languages() {
    let stage = Stage::new();
    let browser = stage.browser();
    let (order, page) = stage.divided();
    let posts = [
        page.form("#refund-1", &[("amount", "1.000,00")]),
        page.form("#refund-1", &[("amount", "x")]),
        page.form("#refund-1", &[("refund", "7")]),
        page.form("#horoz", &[("desi", "x")]),
        page.form("#horoz", &[("recipient", "")]),
        page.form("#aras", &[("parcel", "x")]),
        (
            "/orders".to_owned(),
            "form=1&buyer=A&phone=5550000002".to_owned(),
        ),
        (return_path(&stage), String::new()),
        (format!("{order}/nothing"), String::new()),
        (
            format!("{order}/haso"),
            "key=a&name=b&surname=c&mobile=d&email=e&identity=f".to_owned(),
        ),
    ];
    for (action, body) in posts {
        let [english, turkish] = ["en", "tr"].map(|language| {
            let answer = browser.post(&action, &[("Accept-Language", language)], &body);
            assert!(answer.status >= 400, "{action} {body}: {}", answer.status);
            answer
        });
        differ(&english, &turkish);
    }
}

/// Asserts that each kind of refusal of a client has words of its own in both languages.
fn speak<K: DeserializeOwned>(text: impl Fn(&K, Language) -> &'static str) {
    // The error lists all of them.
    let unknown = serde_json::from_str::<K>("\"?\"")
        .err()
        .unwrap()
        .to_string();
    let names: Vec<&str> = unknown.split('`').skip(3).step_by(2).collect();
    assert!(names.contains(&"unlisted"), "{unknown}");
    for language in [Language::English, Language::Turkish] {
        let texts = names.iter().map(|name| {
            let kind: K = serde_json::from_value((*name).into()).unwrap();
            text(&kind, language)
        });
        let texts: BTreeSet<_> = texts.collect();
        assert_eq!(texts.len(), names.len(), "{texts:?}");
    }
}

#[test]
fn the_kinds_of_refusal_speak_both_languages() {
    speak(|kind: &param_marketplace::RejectionKind, language| kind.text(language));
    speak(|kind: &haso_bnpl::RejectionKind, language| kind.text(language));
    speak(|kind: &horoz_shipping::RejectionKind, language| kind.text(language));
    speak(|kind: &aras_tracking::RejectionKind, language| kind.text(language));
}
