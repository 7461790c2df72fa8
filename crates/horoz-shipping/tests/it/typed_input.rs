//! Texts as people type them into an order: the problem that is found, and the text that is sent.

use horoz_shipping::{
    CancelShippingOrder, CancelSupplierPaysOrder, CreateLabel, CreateSupplierPaysOrder, Direction,
    Language, Operation, Party, PlaceBook, ProductCodeCase, Quirks, RequestNumber, Settle,
    TrackOrder, TrackingService,
};
use kervan_core::{BaseUrl, Personal, Problem, Severity};
use serde_json::Value;

use crate::support::{builder, consumer, days, line, order, shipping_order, supplier};

const BASE: &str = "https://horoz.example/v1";

fn client(quirks: Quirks, places: PlaceBook) -> horoz_shipping::Client {
    let tracking = TrackingService::new(BaseUrl::parse(BASE).unwrap());
    let builder = builder(BASE).quirks(quirks).places(places);
    builder.tracking(tracking).build().unwrap()
}

fn plain() -> horoz_shipping::Client {
    client(Quirks::default(), PlaceBook::default())
}

fn problems(order: &CreateSupplierPaysOrder) -> Vec<Problem> {
    plain().check(order).into_iter().collect()
}

fn codes(order: &CreateSupplierPaysOrder) -> Vec<(&'static str, String)> {
    let found = problems(order);
    let one = |problem: &Problem| (problem.code(), problem.path().to_owned());
    found.iter().map(one).collect()
}

/// Returns the body that is sent, read from its bytes.
fn body<O: Operation<Service = horoz_shipping::Settings>>(
    client: &horoz_shipping::Client,
    order: &O,
) -> Value {
    let bytes = order.encode(&client.context()).unwrap().body;
    assert!(bytes.iter().all(|byte| !byte.is_ascii_control()));
    serde_json::from_slice(&bytes).unwrap()
}

fn sent(order: &CreateSupplierPaysOrder) -> Value {
    body(&plain(), order)
}

fn to(party: Party) -> CreateSupplierPaysOrder {
    CreateSupplierPaysOrder::delivery("KV-1001", supplier(), party, days()).line(line())
}

fn titled(title: &str) -> Party {
    let mut party = consumer();
    party.title = title.into();
    party
}

#[test]
fn t1_a_number_that_a_spreadsheet_shortened_is_a_problem() {
    for number in ["1,01202E+14", "5.32E+9"] {
        let mut order = order();
        order.number = number.into();
        // The reference that it stands in for has no problem of its own.
        let found = problems(&order);
        let [problem] = found.as_slice() else {
            panic!("{found:?}")
        };
        assert_eq!(problem.code(), "text.shortened_by_spreadsheet");
        assert_eq!(
            (problem.path(), problem.severity()),
            ("number", Severity::Error)
        );
        let found = codes(&super::support::order().reference(number));
        assert_eq!(
            found,
            [("text.shortened_by_spreadsheet", "reference".to_owned())]
        );
        let found = codes(&to(consumer().phone(number)));
        assert_eq!(
            found,
            [(
                "text.shortened_by_spreadsheet",
                "recipient.phone".to_owned()
            )]
        );
    }
}

#[test]
fn t4_provinces_as_people_write_them_are_sent_in_the_spelling_of_the_list() {
    for (city, county, province, district) in [
        ("Adapazarı", "Sapanca", "SAKARYA", "SAPANCA"),
        ("İzmit", "izmit", "KOCAELİ", "İZMİT"),
        ("Antakya", "Antakya", "HATAY", "ANTAKYA"),
        ("Ş.Urfa", "Siverek", "ŞANLIURFA", "SİVEREK"),
        ("G.Antep", "Nizip", "GAZİANTEP", "NİZİP"),
        ("D.Bakır", "Bismil", "DİYARBAKIR", "BİSMİL"),
        ("34 İstanbul", "Kadıköy", "İSTANBUL", "KADIKÖY"),
        ("İstanbul (Anadolu)", "kadikoy", "İSTANBUL", "KADIKÖY"),
        ("Mersin(İçel)", "Tarsus", "MERSİN", "TARSUS"),
        // Two more: a plate behind the name, and a word behind the district.
        ("BOLU 14", "Gerede", "BOLU", "GEREDE"),
        ("Ankara ili", "Mamak ilçesi", "ANKARA", "MAMAK"),
        // The word is never sent, also where the district has two names.
        ("İstanbul", "Eyüp ilçesi", "İSTANBUL", "EYÜPSULTAN"),
    ] {
        let order = to(consumer().city(city).county(county));
        assert_eq!(codes(&order), [], "{city}");
        let body = sent(&order);
        assert_eq!(body["recipientCity"], province);
        assert_eq!(body["recipientCounty"], district);
    }
    // A name of before may still be in Horoz's list, so it stays.
    let order = to(consumer().city("İçel").county("Tarsus"));
    assert_eq!(
        codes(&order),
        [("horoz.place_other_name", "recipient.county".to_owned())]
    );
    assert_eq!(sent(&order)["recipientCity"], "İÇEL");
    for city in ["06 İstanbul", "Ankara (Anadolu)"] {
        let order = to(consumer().city(city).county("Kadıköy"));
        assert_eq!(
            codes(&order),
            [("horoz.place_not_in_table", "recipient.county".to_owned())]
        );
    }
}

#[test]
fn t5_a_centre_that_is_gone_suggests_what_it_became() {
    for (city, county, suggestions) in [
        (
            "Adana",
            "Merkez",
            [
                "ADANA/SEYHAN",
                "ADANA/YÜREĞİR",
                "ADANA/ÇUKUROVA",
                "ADANA/SARIÇAM",
            ]
            .as_slice(),
        ),
        ("Hatay", "Merkez", &["HATAY/ANTAKYA", "HATAY/DEFNE"]),
        // The one that has become most districts.
        (
            "Antalya",
            "Merkez",
            &[
                "ANTALYA/MURATPAŞA",
                "ANTALYA/KEPEZ",
                "ANTALYA/KONYAALTI",
                "ANTALYA/DÖŞEMEALTI",
                "ANTALYA/AKSU",
            ],
        ),
        // Two more, by the name of the province.
        ("ordu", "Ordu", &["ORDU/ALTINORDU"]),
        (
            "Ş.Urfa",
            "Urfa Merkez",
            &[
                "ŞANLIURFA/EYYÜBİYE",
                "ŞANLIURFA/HALİLİYE",
                "ŞANLIURFA/KARAKÖPRÜ",
            ],
        ),
    ] {
        let found = problems(&to(consumer().city(city).county(county)));
        let [problem] = found.as_slice() else {
            panic!("{found:?}")
        };
        assert_eq!(problem.code(), "horoz.place_not_in_table");
        assert_eq!(problem.suggestions(), suggestions, "{city}");
    }
}

#[test]
fn t6_phones_are_sent_in_the_form_of_the_sample() {
    for (phone, sent_phone) in [
        ("05550000001", "05550000001"),
        ("+90 555 000 00 01", "05550000001"),
        ("0090 555 000 00 01", "05550000001"),
        (" 0555 000 00 01\u{a0}", "05550000001"),
        ("5550000001", "05550000001"),
        // Two more: a line, and a number of a company.
        ("(0312) 000 00 01", "03120000001"),
        ("444 0 001", "4440001"),
    ] {
        let order = to(consumer().phone(phone));
        assert_eq!(codes(&order), [], "{phone}");
        assert_eq!(sent(&order)["recipientPhoneNumber"], sent_phone);
    }
    for (phone, code, suggestion) in [
        ("ev yok", "phone_number.not_a_number", None),
        (
            "0555 000 00 0l",
            "phone_number.not_a_number",
            Some("5550000001"),
        ),
        // Two more: two numbers in a field, and one with an extension.
        ("05550000001 / 05550000002", "phone_number.length", None),
        (
            "0312 000 00 01 dahili 12",
            "phone_number.not_a_number",
            None,
        ),
        ("+49 30 0000001", "phone_number.country", None),
        ("", "text.missing", None),
    ] {
        let found = problems(&to(consumer().phone(phone)));
        let [problem] = found.as_slice() else {
            panic!("{found:?}")
        };
        assert_eq!((problem.code(), problem.path()), (code, "recipient.phone"));
        assert_eq!(problem.severity(), Severity::Error);
        assert_eq!(
            problem.suggestions().first().map(String::as_str),
            suggestion
        );
    }
    // The supplier's own side may be empty, but not wrong.
    let details = |phone: &str| order().supplier_details(Party::new("Depo").phone(phone));
    assert_eq!(codes(&details(" ")), []);
    assert_eq!(sent(&details(" "))["senderPhoneNumber"], "");
    assert_eq!(
        codes(&details("yok")),
        [("phone_number.not_a_number", "sender.phone".to_owned())]
    );
}

/// Returns an order with a text in every field that takes one.
fn with_text(field: &str, text: &str) -> CreateSupplierPaysOrder {
    let mut party = consumer();
    let mut order = order();
    match field {
        "recipient.title" => party.title = text.into(),
        "recipient.city" => party.city = text.into(),
        "recipient.county" => party.county = text.into(),
        "recipient.address" => party.address = text.into(),
        "recipient.email" => party.email = Some(text.into()),
        "tax_office" => order.tax_office = Some(text.into()),
        "tax_number" => order.tax_number = Some(text.into()),
        "reference" => order.reference = Some(text.to_owned()),
        "lines[0].product_code" => text.clone_into(&mut order.lines[0].product_code),
        "lines[0].product_name" => text.clone_into(&mut order.lines[0].product_name),
        "lines[0].category" => text.clone_into(&mut order.lines[0].category),
        other => panic!("{other}"),
    }
    if let Direction::Delivery { recipient, .. } = &mut order.direction {
        *recipient = party;
    }
    order
}

const FIELDS: [(&str, &str); 11] = [
    ("recipient.title", "/recipientTitle"),
    ("recipient.city", "/recipientCity"),
    ("recipient.county", "/recipientCounty"),
    ("recipient.address", "/recipientAdress"),
    ("recipient.email", "/recipientEmail"),
    ("tax_office", "/taxOffice"),
    ("tax_number", "/taxNumber"),
    ("reference", "/customerRefNo"),
    ("lines[0].product_code", "/shippingDetail/0/productCode"),
    ("lines[0].product_name", "/shippingDetail/0/productName"),
    ("lines[0].category", "/shippingDetail/0/productCategory"),
];

#[test]
fn t7_every_free_text_is_one_line_without_control_characters() {
    let plain = client(Quirks::default(), PlaceBook::Unchecked);
    for (field, pointer) in FIELDS {
        for text in ["A\0B", "A\u{1b}B"] {
            let found = plain.check(&with_text(field, text));
            let problem = found.errors().next().unwrap();
            assert_eq!(
                (problem.code(), problem.path()),
                ("text.control_character", field)
            );
        }
        for (text, code, sent_text) in [
            ("A1\r\nB2", "line.line_ends", "A1 B2"),
            ("A1 \t\n B2\n", "line.line_ends", "A1 B2"),
            ("A1\u{200b}B2", "line.invisible", "A1B2"),
            ("S\u{327}1", "line.composed", "Ş1"),
        ] {
            let order = with_text(field, text);
            let found: Vec<_> = plain.check(&order).into_iter().collect();
            let [problem] = found.as_slice() else {
                panic!("{field} {found:?}")
            };
            assert_eq!((problem.code(), problem.path()), (code, field));
            assert_eq!(problem.severity(), Severity::Warning);
            let body = body(&plain, &order);
            assert_eq!(body.pointer(pointer).unwrap(), sent_text, "{field}");
        }
    }
    let title = to(titled("Örnek\0A.Ş."));
    let problem = &problems(&title)[0];
    assert_eq!(
        problem.text(Language::Turkish),
        "`recipient.title` alanında U+0000 denetim karakteri var"
    );
}

#[test]
fn t7_lengths_are_those_of_the_text_in_capitals_on_one_line() {
    let title = |text: String| codes(&to(titled(&text)));
    // The line ends are two characters, and the blank is one.
    let fits = format!("{}\r\n{}", "i".repeat(50), "ı".repeat(49));
    assert_eq!(
        title(fits.clone()),
        [("line.line_ends", "recipient.title".to_owned())]
    );
    assert_eq!(title(format!("{fits}x"))[1].0, "text.too_long");
    // A letter of two bytes whose capital is three characters.
    assert_eq!(title("ΐ".repeat(33)), []);
    assert_eq!(title("ΐ".repeat(34))[0].0, "text.too_long");
    assert_eq!(title("ß".repeat(50)), []);
    assert_eq!(
        title("ß".repeat(51)),
        [("text.too_long", "recipient.title".to_owned())]
    );
    assert_eq!(
        title("\u{200b} \n".to_owned()),
        [("text.missing", "recipient.title".to_owned())]
    );
}

#[test]
fn t9_codes_of_ascii_have_capitals_of_ascii() {
    let as_given = client(
        Quirks::default().product_codes(ProductCodeCase::AsGiven),
        PlaceBook::default(),
    );
    for (code, upper) in [
        ("wifi-kit-i5", "WIFI-KIT-I5"),
        // Two more: one in capitals, and a text with Turkish letters.
        ("MINI_iPad/11", "MINI_IPAD/11"),
        ("ışık-i5", "IŞIK-İ5"),
        (" kit\n1 ", "KIT 1"),
    ] {
        let order = with_text("lines[0].product_code", code);
        assert_eq!(sent(&order)["shippingDetail"][0]["productCode"], upper);
        let left = body(&as_given, &order);
        let code = code.trim().replace('\n', " ");
        assert_eq!(left["shippingDetail"][0]["productCode"], code);
        // Names stay Turkish texts.
        let order = with_text("lines[0].product_name", "wifi kit");
        assert_eq!(sent(&order)["shippingDetail"][0]["productName"], "WİFİ KİT");
    }
}

#[test]
fn t9_products_are_told_apart_by_the_code_as_it_is_sent() {
    let as_given = client(
        Quirks::default().product_codes(ProductCodeCase::AsGiven),
        PlaceBook::default(),
    );
    for (one, other, is_twice, is_twice_as_given) in [
        ("kit-i5", "KIT-I5", true, false),
        ("kit-i5", "KİT-İ5", false, false),
        ("şişe", "s\u{327}is\u{327}e", true, true),
        ("a", " a", true, true),
    ] {
        let mut order = order();
        let mut second = line();
        one.clone_into(&mut order.lines[0].product_code);
        other.clone_into(&mut second.product_code);
        order.lines.push(second);
        let twice = |client: &horoz_shipping::Client| {
            let found = client.check(&order);
            found
                .iter()
                .any(|problem| problem.code() == "horoz.product_twice")
        };
        assert_eq!(
            (twice(&plain()), twice(&as_given)),
            (is_twice, is_twice_as_given),
            "{one} {other}"
        );
        for (case, is_one) in [
            (ProductCodeCase::Capitals, is_twice),
            (ProductCodeCase::AsGiven, is_twice_as_given),
        ] {
            let merged = order.clone().merge_equal_products(case);
            assert_eq!(merged.lines.len() == 1, is_one, "{one} {other} {case:?}");
        }
    }
}

#[test]
fn t10_two_spellings_of_a_number_are_one_key() {
    let plain = plain();
    for (parts, whole) in [
        ("S\u{327}I\u{307}S\u{327}E-1", "ŞİŞE-1"),
        ("go\u{308}l-7", "göl-7"),
        // Two more: blanks at the ends, and the dot that JavaScript leaves.
        (" KV-1\u{a0}", "KV-1"),
        ("i\u{307}z-1", "iz-1"),
    ] {
        let (one, other) = (RequestNumber::from(parts), RequestNumber::from(whole));
        assert_eq!((&one, one.as_str()), (&other, whole));
        assert_eq!(serde_json::to_string(&one).unwrap(), format!("\"{whole}\""));
        let stored: RequestNumber = serde_json::from_value(Value::from(parts)).unwrap();
        assert_eq!(stored, other);
        let spelled = |number: &str| {
            let mut order = order();
            order.number = number.into();
            order
        };
        let (first, second) = (spelled(parts), spelled(whole));
        assert_eq!(first.key(), whole);
        let bytes = |order: &CreateSupplierPaysOrder| order.encode(&plain.context()).unwrap().body;
        assert_eq!(bytes(&first), bytes(&second));
        assert_eq!(body(&plain, &first)["customerRefNo"], whole);
        // A run takes them for one number too.
        let found = plain.check_all([&first, &second]);
        let last = found.last().unwrap().problems.iter().last().unwrap();
        assert_eq!(
            (found.last().unwrap().index, last.code()),
            (1, "horoz.number_twice")
        );
        // Every other call that names the order.
        assert_eq!(
            body(&plain, &CancelSupplierPaysOrder::new(parts))["requestNumber"],
            whole
        );
        assert_eq!(
            body(&plain, &CancelShippingOrder::new(parts))["requestNumber"],
            whole
        );
        assert_eq!(
            body(&plain, &CreateLabel::new(parts))["requestNumber"],
            whole
        );
        let url = |number: &str| {
            let request = TrackOrder::new(number).encode(&plain.context()).unwrap();
            request.url.as_str().to_owned()
        };
        assert_eq!(url(parts), url(whole));
        let mut shipping = shipping_order();
        shipping.number = parts.into();
        assert_eq!(body(&plain, &shipping)["requestNumber"], whole);
    }
    let mut composed = order();
    composed.number = "o\u{308}-1".into();
    assert_eq!(codes(&composed)[0], ("line.composed", "number".to_owned()));
}

#[test]
fn t10_an_order_that_is_sent_alike_has_one_fingerprint() {
    let plain = order().fingerprint();
    for other in [
        to(consumer().phone("+90 555 000 00 01")),
        to(consumer().address("deneme mah.\n1")),
        to(titled("AYS\u{327}E ÖRNEK ")),
        order().declare_totals(2, "320".parse().unwrap()),
    ] {
        assert_eq!(other.fingerprint(), plain);
    }
    let mut number = order();
    number.number = "KV-2".into();
    assert_eq!(number.fingerprint(), plain);
    let mut code = order();
    code.lines[0].product_code = "yt-160".to_owned();
    for other in [
        code,
        to(consumer().phone("05550000002")),
        to(consumer().address("Deneme Mah. 2")),
        order().reference("KV-1001"),
    ] {
        assert_ne!(other.fingerprint(), plain);
    }
}

#[test]
fn t6_a_tax_number_is_sent_as_its_digits() {
    let of = |number: &str| order().tax_number(Personal::from(number));
    for (text, sent_as, code) in [
        ("123 456 78 90", "1234567890", None),
        ("'1234567890", "1234567890", None),
        ("=\"１２３４５６７８９０\"", "1234567890", None),
        ("1234567891", "1234567891", Some("tax_number.check_digit")),
        ("100 000 001 46", "10000000146", None),
        (
            "10000000147",
            "10000000147",
            Some("identity_number.check_digits"),
        ),
        // As in the provider's sample.
        ("Test number", "TEST NUMBER", None),
        ("", "", None),
    ] {
        assert_eq!(sent(&of(text))["taxNumber"], sent_as, "{text}");
        assert_eq!(of(text).fingerprint(), of(sent_as).fingerprint(), "{text}");
        let found: Vec<_> = codes(&of(text)).into_iter().map(|(code, _)| code).collect();
        assert_eq!(found, Vec::from_iter(code), "{text}");
    }
    let at = || "tax_number".to_owned();
    for (text, code) in [
        ("1,23E+09", "text.shortened_by_spreadsheet"),
        ("1234567890\0", "text.control_character"),
        ("a number of more than 20", "text.too_long"),
    ] {
        assert_eq!(codes(&of(text)), [(code, at())]);
    }
}

#[test]
fn t10_numbers_that_look_alike_are_one_order() {
    let of = |number: &str| {
        let mut order = order();
        order.number = number.into();
        order
    };
    let (one, two) = (of("KV 1"), of("KV\u{a0}1"));
    assert_eq!(one.number, two.number);
    assert_eq!((one.key(), sent(&one)), (two.key(), sent(&two)));
    let found = plain().check_all([&one, &two]);
    let found: Vec<_> = found[0].problems.iter().map(Problem::code).collect();
    assert_eq!(found, ["line.blanks", "horoz.number_twice"]);
}
