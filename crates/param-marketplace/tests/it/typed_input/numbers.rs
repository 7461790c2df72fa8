//! Numbers of people, companies, accounts and orders.

use super::*;

#[tokio::test]
async fn t6_mobile_numbers_are_sent_as_ten_digits() {
    for typed in [
        "05550000001",
        "+90 555 000 00 01",
        "0090 555 000 00 01",
        "555\u{a0}000\u{a0}00\u{a0}01",
        // Two more: with brackets and dashes, and in full width.
        "(0555) 000-00-01",
        "５５５ ０００ ００ ０１",
    ] {
        let adding = seller_with(|it| it.mobile = typed.into());
        let changing = changed_seller().mobile(typed);
        let payment = sale_with(|it| it.phone = Some(typed.into()));
        let of_stored = stored(payment.sale.clone());
        let (bkm, modal) = (bkm("KV-2001", typed, "88.255.1.2"), modal(typed));
        assert_eq!(found(&adding), [], "{typed}");
        assert_eq!(found(&changing), [], "{typed}");
        assert_eq!(found(&payment), [], "{typed}");
        assert_eq!(found(&of_stored), [], "{typed}");
        assert_eq!(found(&bkm), [], "{typed}");
        assert_eq!(found(&modal), [], "{typed}");
        for (body, name) in [
            (sent(&adding).await, "GSM_No"),
            (sent(&changing).await, "GSM_No"),
            (sent(&payment).await, "KK_Sahibi_GSM"),
            (sent(&of_stored).await, "KK_Sahibi_GSM"),
            (sent(&bkm).await, "Customer_GSM"),
            (sent(&modal).await, "GSM"),
        ] {
            assert_eq!(text(&body, name), "5550000001", "{typed}");
        }
    }
}

#[test]
fn t6_what_is_no_mobile_number_is_a_problem() {
    for (typed, code, suggestion) in [
        ("ev yok", "mobile_number.not_a_number", None),
        ("", "text.missing", None),
        // Two more: a letter in the place of a zero, and a line.
        (
            "0555 000 00 O1",
            "mobile_number.not_a_number",
            Some("5550000001"),
        ),
        ("0212 000 00 01", "mobile_number.first_digit", None),
        ("+49 170 0000001", "mobile_number.country", None),
        ("5,55E+09", "text.shortened_by_spreadsheet", None),
    ] {
        let at = |path| problem(code, path, suggestion);
        let adding = seller_with(|it| it.mobile = typed.into());
        assert_eq!(only(&adding), at("mobile"));
        assert_eq!(only(&changed_seller().mobile(typed)), at("mobile"));
        let payment = sale_with(|it| it.phone = Some(typed.into()));
        assert_eq!(only(&payment), at("sale.phone"));
        assert_eq!(only(&bkm("KV-2001", typed, "88.255.1.2")), at("phone"));
        assert_eq!(only(&modal(typed)), at("phone"));
    }
}

#[tokio::test]
async fn t6_grouped_numbers_of_people_companies_and_accounts_are_sent_bare() {
    for typed in [
        "100 0000 0146",
        "100\u{a0}000\u{a0}001\u{a0}46",
        "\u{202a}10000000146\u{202c}",
    ] {
        let seller = seller_of(Person::new(typed, "1990-05-01"));
        assert_eq!(found(&seller), [], "{typed}");
        assert_eq!(text(&sent(&seller).await, "TC_VN"), NUMBER);
        let mut company = company("123 456 78 90");
        let NewSubMerchant::Company(of) = &mut company.seller else {
            panic!("it is one")
        };
        of.authorised.identity_number = typed.into();
        let body = sent(&company).await;
        assert_eq!(text(&body, "Yetkili_Kisi_TC"), NUMBER);
        assert_eq!(text(&body, "TC_VN"), "1234567890");
    }
    for typed in [
        "tr33 0006 1005 1978 6457 8413 26",
        "TR33\u{a0}0006\u{a0}1005\u{a0}1978\u{a0}6457\u{a0}8413\u{a0}26",
        "TR33-0006-1005-1978-6457-8413-26\n",
    ] {
        let adding = seller_with(|it| it.account.iban = typed.into());
        let changing = changed_seller().account(PayoutAccount::new(typed).owner("Ayşe"));
        assert_eq!(found(&adding), [], "{typed}");
        assert_eq!(found(&changing), [], "{typed}");
        assert_eq!(text(&sent(&adding).await, "IBAN_No"), IBAN);
        assert_eq!(text(&sent(&changing).await, "IBAN_No"), IBAN);
    }
}

#[test]
fn t6_wrong_numbers_of_people_companies_and_accounts_are_problems() {
    let number = "seller.person.identity_number";
    for (typed, code, suggestion) in [
        ("1000000014", "identity_number.length", None),
        ("01000000146", "identity_number.first_digit", None),
        (
            "TC 10000000146",
            "identity_number.not_a_number",
            Some(NUMBER),
        ),
        ("1OOOOOOO146", "identity_number.not_a_number", Some(NUMBER)),
        ("1,0E+10", "text.shortened_by_spreadsheet", None),
    ] {
        let seller = seller_of(Person::new(typed, "1990-05-01"));
        assert_eq!(only(&seller), problem(code, number, suggestion), "{typed}");
    }
    let number = "seller.tax_number";
    for (typed, code, suggestion) in [
        ("123456789", "tax_number.length", Some("0123456789")),
        (NUMBER, "tax_number.is_identity_number", None),
        (
            "VKN 1234567890",
            "tax_number.not_a_number",
            Some("1234567890"),
        ),
    ] {
        assert_eq!(
            only(&company(typed)),
            problem(code, number, suggestion),
            "{typed}"
        );
    }
    for (typed, code, suggestion) in [
        (&IBAN[2..], "iban.country", Some(IBAN)),
        ("DE89370400440532013000", "iban.country", None),
        ("TR3300061005197864578413", "iban.length", None),
        ("TR330006100519786457841327", "iban.check_digits", None),
        // A letter that the standard takes and Param's page does not.
        ("TR13000610A519786457841326", "iban.form", None),
    ] {
        let adding = seller_with(|it| it.account.iban = typed.into());
        let at = problem(code, "account.iban", suggestion);
        assert_eq!(only(&adding), at, "{typed}");
        let account = PayoutAccount::new(typed).owner("Ayşe Örnek");
        assert_eq!(only(&changed_seller().account(account)), at, "{typed}");
    }
}

#[tokio::test]
async fn t6_wrong_check_digits_of_people_and_companies_warn_and_are_sent_bare() {
    let person = seller_of(Person::new("100 0000 0147", "1990-05-01"));
    let company = company("123 456 78 91");
    let desk = Desk::new([]);
    for (problems, code) in [
        (desk.client.check(&person), "identity_number.check_digits"),
        (desk.client.check(&company), "tax_number.check_digit"),
    ] {
        let found: Vec<_> = problems.iter().collect();
        assert_eq!(found.len(), 1);
        assert_eq!(
            (found[0].code(), found[0].severity()),
            (code, Severity::Warning)
        );
    }
    assert_eq!(text(&sent(&person).await, "TC_VN"), "10000000147");
    assert_eq!(text(&sent(&company).await, "TC_VN"), "1234567891");
}

#[tokio::test]
async fn t2_guards_of_spreadsheets_are_taken_off_numbers() {
    for (typed, bare) in [(r#"="10000000146""#, NUMBER), ("'10000000146", NUMBER)] {
        let seller = seller_of(Person::new(typed, "'01.05.1990"));
        assert_eq!(found(&seller), [], "{typed}");
        let body = sent(&seller).await;
        assert_eq!(text(&body, "TC_VN"), bare);
        assert_eq!(text(&body, "Kisi_DogumTarihi"), "01.05.1990");
    }
    for typed in [r#"="05550000001""#, "'05550000001"] {
        let seller = seller_with(|it| it.mobile = typed.into());
        assert_eq!(text(&sent(&seller).await, "GSM_No"), "5550000001");
    }
    for typed in [r#"="0000000198""#, "'0000000198"] {
        assert_eq!(text(&sent(&company(typed)).await, "TC_VN"), "0000000198");
    }
}

#[tokio::test]
async fn t6_a_seller_typed_in_another_way_is_found_in_the_list() {
    let row = [
        ("GUID", SELLER),
        ("TC_VN", NUMBER),
        ("IBAN_No", IBAN),
        ("Ad_Soyad", "Ayşe Şişe"),
        ("GSM_No", "5550000001"),
        ("Adres", "Örnek Mah. 1. Sok."),
        ("Vergi_Daire", "Beşiktaş"),
    ];
    let (before, now) = (sellers("0", &[]), sellers("1", &[&row]));
    for (number, iban) in [
        ("100 0000 0146", "tr33 0006 1005 1978 6457 8413 26"),
        (
            "'10000000146",
            "TR33\u{a0}0006\u{a0}1005\u{a0}1978\u{a0}6457\u{a0}8413\u{a0}26",
        ),
    ] {
        let mut typed = seller_of(Person::new(number, "1.5.1990"));
        typed.account.iban = iban.into();
        assert_eq!(typed.key(), new_seller().key());
        assert_eq!(settled_late(&[&before, &now], &typed).await, "done");
    }
    for mobile in ["+90 555 000 00 01", "0555 000 00 01"] {
        let change = UpdateSubMerchant::new(SubMerchantId::from(SELLER), "Bes\u{327}iktas\u{327}")
            .name("Ays\u{327}e S\u{327}is\u{327}e")
            .mobile(mobile)
            .address("Örnek Mah.\r\n1. Sok.");
        assert_eq!(settled(&[&now], &change).await, "in state", "{mobile}");
        let other = change.mobile("0555 000 00 02");
        assert_eq!(settled(&[&now], &other).await, "unclear");
    }
}

/// Two orders that a spreadsheet shortened have one number: the second would be settled as the first.
#[test]
fn t1_a_number_that_a_spreadsheet_shortened_stops_a_payment() {
    let is_stopped = |call: &PosPayment, path: &str| {
        let (code, at, suggestion) = only(call);
        assert_eq!(
            (code, at.as_str(), suggestion),
            ("text.shortened_by_spreadsheet", path, None)
        );
    };
    for number in ["1,01202E+14", "5.32E+9", " 1,01202E+14\u{a0}"] {
        is_stopped(&sale_with(|sale| sale.order = number.into()), "sale.order");
        is_stopped(&sale_with(|sale| sale.key = number.into()), "sale.key");
    }
}
