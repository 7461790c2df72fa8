//! The mistakes of a file and the problems of its orders, with their row and column.

use super::*;

#[test]
fn every_mistake_has_its_row_and_column() {
    for (from, to, expected) in [
        (
            "KV-2,801452",
            "KV-2,0",
            one(4, "supplier code", ImportMistake::WholeNumber),
        ),
        (
            "KV-2,801452",
            "KV-2,+8",
            one(4, "supplier code", ImportMistake::WholeNumber),
        ),
        ("Ali Örnek", " ", one(4, "name", ImportMistake::Empty)),
        (
            "20.11.2026",
            "31.11.2026",
            one(4, "request date", ImportMistake::Day),
        ),
        (
            "20.11.2026",
            "11/20/2026",
            one(4, "request date", ImportMistake::Day),
        ),
        (
            "Yatak,1,90",
            "Yatak,-1,90",
            one(4, "quantity", ImportMistake::WholeNumber),
        ),
        (
            "Yatak,1,90",
            "Yatak,1.0,90",
            one(4, "quantity", ImportMistake::WholeNumber),
        ),
        (
            "KV-1,,,",
            "KV-1,801453,,",
            one(3, "supplier code", ImportMistake::Differs),
        ),
        ("KV-2,", ",", one(4, "request number", ImportMistake::Empty)),
        (",1,90,", ",1,90", vec![(4, None, ImportMistake::RowLength)]),
        (
            "name,province",
            "name,name",
            vec![
                (1, Some("name".to_owned()), ImportMistake::ColumnTwice),
                (1, Some("province".to_owned()), ImportMistake::MissingColumn),
            ],
        ),
        (
            ",email,",
            ",fax,",
            one(1, "fax", ImportMistake::UnknownColumn),
        ),
    ] {
        assert!(ENGLISH.contains(from), "{from}");
        assert_eq!(mistakes(&ENGLISH.replacen(from, to, 1)), expected, "{to}");
    }
    let scattered = format!("{ENGLISH}{}", ENGLISH.lines().nth(1).unwrap());
    assert_eq!(
        mistakes(&scattered),
        one(5, "request number", ImportMistake::Scattered)
    );
}

#[test]
fn all_mistakes_are_told_and_none_shows_a_value() {
    let broken = ENGLISH
        .replace("2026", "SENTINEL")
        .replace("801452", "SENTINEL");
    let errors = csv(&broken).unwrap_err();
    assert_eq!(errors.mistakes.len(), 6);
    let no_head = ENGLISH
        .split_once('\n')
        .unwrap()
        .1
        .replace("Ayşe Örnek", "Sentinel Örnek")
        // Two values that are names of columns do not make it a row of names.
        .replacen("Yatak,Yatak", "Desi,Adet", 1);
    let headless = csv(&no_head).unwrap_err();
    for errors in [errors, headless] {
        let shown = format!(
            "{errors} {errors:?} {}",
            serde_json::to_string(&errors).unwrap()
        );
        assert!(!shown.to_uppercase().contains("SENTINEL"), "{shown}");
        assert!(!shown.contains("0555"), "{shown}");
    }
    let many = format!("{}{}", ENGLISH, "x\n".repeat(1500));
    let errors = csv(&many).unwrap_err();
    assert_eq!((errors.mistakes.len(), errors.more), (1000, 500));
}

#[test]
fn a_stray_quote_never_swallows_the_orders_below_it() {
    let (head, rest) = ENGLISH.split_once('\n').unwrap();
    let row = rest.lines().last().unwrap();
    let five = |stray: &str, at: usize| {
        let row = |n: usize| {
            let end = if n == at { stray } else { "" };
            row.replace("KV-2", &format!("KV-{n}")) + end + "\n"
        };
        format!("{head}\n{}", (1..=5).map(row).collect::<String>())
    };
    assert_eq!(csv(&five("", 0)).unwrap().orders.len(), 5);
    for at in 1..=5 {
        for stray in ["\"", "\"41.3", "\"\r"] {
            let row = at as u64 + 1;
            let expected = one(row, "weight kg", ImportMistake::LineEnd);
            let text = five(stray, at);
            assert_eq!(mistakes(&text), expected, "{at} {stray}");
            assert_eq!(mistakes(text.trim_end()), expected, "{at} {stray}");
            assert_eq!(mistakes(&text.replace('\n', "\r\n")), expected);
        }
    }
    // Closed again two rows on.
    let twice = five("\"", 2).replacen("KV-4,801452", "KV-4,801452\"", 1);
    assert_eq!(mistakes(&twice)[0].2, ImportMistake::LineEnd);
    let two_lines = ENGLISH.replace("Mah. 1, Kat 2", "Mah. 1\nKat 2");
    let expected = one(2, "address", ImportMistake::LineEnd);
    assert_eq!(mistakes(&two_lines)[..1], expected);
}

#[test]
fn t1_a_number_that_a_spreadsheet_shortened_is_a_mistake_in_its_row_and_column() {
    let shortened = ENGLISH
        .replace("KV-1,", "\"1,01202E+14\",")
        .replace("KV-2,", "\"1,01202E+14\",")
        .replace("05550000002", "5.32E+09");
    let errors = csv(&shortened).unwrap_err();
    let told: Vec<_> = errors.mistakes.iter().map(ToString::to_string).collect();
    let text = |row: u64, column: &str, name: &str| {
        format!(
            "row {row}, column {column} `{name}`: `{name}` was shortened by a spreadsheet and has lost digits; \
             format its column as text and enter it again"
        )
    };
    assert_eq!(
        told,
        [
            text(2, "1", "request number"),
            text(3, "1", "request number"),
            text(4, "1", "request number"),
            text(4, "7", "phone"),
        ]
    );
    let mistake = &errors.mistakes[3];
    assert_eq!(mistake.mistake, ImportMistake::Shortened);
    assert_eq!(
        mistake.fault.as_ref().unwrap().code(),
        "text.shortened_by_spreadsheet"
    );
    assert_eq!(
        serde_json::to_value(mistake).unwrap(),
        serde_json::json!({"row": 4, "column_number": 7, "column": "phone", "mistake": "shortened",
            "fault": "text.shortened_by_spreadsheet"})
    );
    // More kinds of columns: a code, a tax number, an address, a measure.
    for (from, to, column, number) in [
        ("YT-160", "8,69E+12", "Ürün Kodu", 13),
        (";111;", ";1,23E+09;", "Vergi No", 10),
        ("Deneme Mah. 1", "1E+05", "Adres", 7),
        ("20,25", "2,5E+03", "Desi", 17),
    ] {
        let errors = csv(&turkish(&[(from, to)])).unwrap_err();
        let [error] = errors.mistakes.as_slice() else {
            panic!("{errors:?}")
        };
        assert_eq!(error.mistake, ImportMistake::Shortened);
        assert_eq!((error.row, error.column_number), (2, Some(number)));
        assert_eq!(error.column.as_deref(), Some(column));
    }
    // A key with the decimals of a program is one too, and says which was meant.
    let errors = csv(&turkish(&[("R-1", "101202000.0")])).unwrap_err();
    let fault = errors.mistakes[0].fault.as_ref().unwrap();
    assert_eq!(errors.mistakes[0].mistake, ImportMistake::Decimals);
    assert_eq!(fault.suggestion(), Some("101202000"));
    assert!(!format!("{errors:?} {errors}").contains("101202000"));
}

#[test]
fn a_problem_of_the_check_leads_back_to_row_and_column() {
    let wrong = ENGLISH
        .replace("BZ-160,Baza", "YT-160,Baza")
        .replace("Mamak", "Mamakk");
    let imported = csv(&wrong).unwrap();
    let found = check_all(&client("http://127.0.0.1:9", 1), &imported.orders);
    let places: Vec<_> = found
        .iter()
        .flat_map(|one| {
            one.problems
                .iter()
                .map(|p| (one.index, p.path().to_owned()))
        })
        .map(|(order, path)| imported.place_of(order, &path).unwrap().to_string())
        .collect();
    assert_eq!(
        places,
        [
            "row 3, column 11 `product code`",
            "row 4, column 5 `district`"
        ]
    );
    assert_eq!(imported.place_of(9, "number"), None);
    let place = imported.place_of(0, "lines").unwrap();
    assert_eq!(
        (place.row, place.column_number, place.column),
        (2, None, None)
    );
    let phone = imported.place_of(1, "recipient.phone").unwrap();
    assert_eq!(
        (phone.row, phone.column_number, phone.column),
        (4, Some(7), Some("phone"))
    );
}

#[test]
fn t6_a_phone_of_the_file_that_is_none_leads_back_to_its_column() {
    let imported = csv(&turkish(&[("05550000001", "ev yok")])).unwrap();
    let found = check_all(&client("http://127.0.0.1:9", 1), &imported.orders);
    let problem = found[0].problems.iter().next().unwrap();
    assert_eq!(
        (problem.code(), problem.path()),
        ("phone_number.not_a_number", "sender.phone")
    );
    let place = imported.place_of(found[0].index, problem.path()).unwrap();
    assert_eq!(place.to_string(), "row 2, column 8 `Telefon`");
}
