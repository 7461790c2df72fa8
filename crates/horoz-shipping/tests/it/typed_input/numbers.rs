//! Telephone and tax numbers, and numbers that a spreadsheet shortened.

use super::*;

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
        let found = codes(&crate::support::order().reference(number));
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
        let (one, other) = (of(text).lasting_contents(), of(sent_as).lasting_contents());
        assert_eq!(one, other, "{text}");
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
