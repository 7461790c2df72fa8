//! Numbers of people and orders, and amounts.

use super::*;

#[test]
fn t6_mobile_numbers_are_sent_as_ten_digits() {
    for typed in [
        "05550000001",
        "+90 555 000 00 01",
        "0090 555 000 00 01",
        // Two more: brackets and an invisible mark of a contact, and digits of full width.
        "\u{202a}(0555) 000-00-01\u{202c}",
        "５５５ ０００ ００ ０１",
    ] {
        let form = form_of(shopper().mobile(typed));
        assert!(found(&form).is_empty(), "{typed}");
        assert_eq!(field(&sent(&form), "mobileNumber").unwrap(), "5550000001");
        let limit = limit_of(shopper().mobile(typed));
        assert_eq!(field(&sent(&limit), "mobileNumber").unwrap(), "5550000001");
        let kds = kds_of(shopper().mobile(typed));
        assert_eq!(member(&sent(&kds), "mobileNumber").unwrap(), "5550000001");
        let pin = StartLimitByPin::new(shopper().mobile(typed));
        assert_eq!(member(&sent(&pin), "mobileNumber").unwrap(), "5550000001");
        // The signature is that of the number as it is sent.
        let change = ChangePhone::new("5004".into(), typed);
        assert!(found(&change).is_empty(), "{typed}");
        let digits = ChangePhone::new("5004".into(), "5550000001");
        assert_eq!(sent(&change), sent(&digits));
    }
}

#[test]
fn t6_a_text_that_is_no_mobile_number_is_a_problem() {
    for (typed, code, suggestions) in [
        ("ev yok", "mobile_number.not_a_number", [].as_slice()),
        (
            "0555 000 00 0l",
            "mobile_number.not_a_number",
            &["5550000001"],
        ),
        // Three more: a line, a number of another country, and one that a spreadsheet shortened.
        ("0212 000 00 01", "mobile_number.first_digit", &[]),
        ("+49 555 000 00 01", "mobile_number.country", &[]),
        ("5,55E+09", "text.shortened_by_spreadsheet", &[]),
        (" ", "text.missing", &[]),
    ] {
        let problem = |path: &str| {
            let suggestions = suggestions.iter().map(|text| (*text).to_owned());
            vec![(code, path.to_owned(), suggestions.collect::<Vec<_>>())]
        };
        let wanted = problem("shopper.mobile");
        assert_eq!(found(&form_of(shopper().mobile(typed))), wanted);
        assert_eq!(found(&limit_of(shopper().mobile(typed))), wanted);
        assert_eq!(found(&kds_of(shopper().mobile(typed))), wanted);
        let change = ChangePhone::new("5004".into(), typed);
        assert_eq!(found(&change), problem("mobile"), "{typed}");
    }
    // One that nobody typed is missing where it is required, and nowhere else.
    let mut nobody = shopper();
    nobody.mobile = None;
    assert_eq!(found(&limit_of(nobody.clone())), []);
    let missing = ("text.missing", "shopper.mobile".to_owned(), vec![]);
    assert_eq!(found(&form_of(nobody)), [missing]);
}

#[test]
fn t6_identity_numbers_are_sent_as_eleven_digits() {
    for (typed, warning) in [
        ("100 000 001 46", false),
        ("'10000000146", false),
        ("١٠٠٠٠٠٠٠١٤٦", false),
        // Test systems know people who do not exist.
        ("100 000 001 47", true),
    ] {
        let digits = if warning {
            "10000000147"
        } else {
            "10000000146"
        };
        let form = form_of(shopper().identity_number(typed));
        let problems = offline().check(&form);
        let codes: Vec<_> = problems.iter().map(Problem::code).collect();
        assert_eq!(codes.len(), usize::from(warning), "{typed}: {codes:?}");
        for problem in &problems {
            assert_eq!(problem.code(), "identity_number.check_digits");
            assert_eq!(problem.path(), "shopper.identity_number");
            assert_eq!(problem.severity(), Severity::Warning);
        }
        assert_eq!(field(&sent(&form), "tckn").as_deref(), Some(digits));
        let kds = kds_of(shopper().identity_number(typed));
        assert_eq!(member(&sent(&kds), "tckn").as_deref(), Some(digits));
    }
    for (typed, code, suggestion) in [
        (
            "1OOOOOOO146",
            "identity_number.not_a_number",
            Some("10000000146"),
        ),
        ("1000000014", "identity_number.length", None),
        ("00000000146", "identity_number.first_digit", None),
        ("1,00E+10", "text.shortened_by_spreadsheet", None),
        (
            "10000000146.0",
            "text.decimals_of_spreadsheet",
            Some("10000000146"),
        ),
        ("", "text.missing", None),
    ] {
        let suggestions: Vec<_> = suggestion.map(str::to_owned).into_iter().collect();
        let wanted = (code, "shopper.identity_number".to_owned(), suggestions);
        let call = limit_of(shopper().identity_number(typed));
        assert_eq!(found(&call), [wanted], "{typed}");
        assert!(offline().check(&call).stop_the_call());
    }
}

#[test]
fn t6_amounts_of_people_are_read_by_their_reader() {
    for (typed, kurus) in [("500,00", "50000"), ("1.234,50 TL", "123450")] {
        let error = typed.parse::<Money>().unwrap_err();
        assert!(error.to_string().contains("`Money::from_input`"), "{error}");
        let mut order = order();
        order.amount = Money::from_input(typed).unwrap();
        let form = sent(&OrderForm::new(order, "T"));
        assert_eq!(field(&form, "orderAmount").as_deref(), Some(kurus));
    }
}

/// Two refunds that a spreadsheet shortened have one number: the second would be the first.
#[test]
fn t1_a_number_that_a_spreadsheet_shortened_stops_a_refund() {
    for number in ["1,01202E+14", "5.32E+9", " 1,01202E+14\u{a0}"] {
        let wanted = ["refund", "order"]
            .map(|path| ("text.shortened_by_spreadsheet", path.to_owned(), vec![]));
        assert_eq!(found(&refund(number)), wanted, "{number}");
    }
}
