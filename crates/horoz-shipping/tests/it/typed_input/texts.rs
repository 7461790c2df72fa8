//! Free texts: one line, control characters, lengths.

use super::*;

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
