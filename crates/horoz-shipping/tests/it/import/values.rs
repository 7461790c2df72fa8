//! Values as people and spreadsheets write them, and their comparison between rows.

use super::*;

#[test]
fn a_decimal_mark_is_never_guessed_from_the_number() {
    let grouped = TURKISH.replace("20,25", "1.250");
    assert_eq!(mistakes(&grouped), one(2, "Desi", ImportMistake::Number));
    let comma = ENGLISH.replace("20.25", "\"20,25\"");
    assert_eq!(mistakes(&comma), one(3, "desi", ImportMistake::Number));
    let fine = ENGLISH.replace("20.25", "20.2505");
    assert_eq!(mistakes(&fine), one(3, "desi", ImportMistake::Number));
}

#[test]
fn t2_guards_are_taken_off_every_value() {
    let guarded = turkish(&[
        ("R-1", "=\"0012345\""),
        ("05550000001", "'05550000001"),
        ("801452", "=\"801452\""),
        ("20,25", "'20,25"),
        (";1;", ";=\"1\";"),
        ("20.11.2026", "'20.11.2026"),
        ("YT-160", "\"=\"\"00160\"\"\""),
    ]);
    let imported = csv(&guarded).unwrap();
    let order = &imported.orders[0];
    assert_eq!(order.number.as_str(), "0012345");
    assert_eq!(order.lines[0].product_code, "00160");
    let plain = turkish(&[("R-1", "0012345"), ("YT-160", "00160")]);
    assert_eq!(imported.orders, csv(&plain).unwrap().orders);
    let name = turkish(&[("Ayşe Örnek", "'Ayşe' Örnek")]);
    let Direction::Return { sender, .. } = &csv(&name).unwrap().orders[0].direction else {
        panic!("a return")
    };
    assert_eq!(sender.title.as_str(), "'Ayşe' Örnek");
}

#[test]
fn t3_days_as_people_and_spreadsheets_write_them() {
    for (request, delivery) in [
        ("20.11.2026", "5.12.2026"),
        ("20.11.2026 00:00:00", "05/12/2026"),
        ("20/11/2026", "2026-12-05"),
        // Two more: the form of a database, and one with dashes.
        ("2026-11-20T00:00:00", "5-12-2026"),
        (" 20.11.2026", "2026-12-05 00:00"),
    ] {
        let file = turkish(&[("20.11.2026", request), ("23.11.2026", delivery)]);
        let days = csv(&file).unwrap().orders[0].days;
        assert_eq!(days.request.to_string(), "2026-11-20", "{request}");
        assert_eq!(days.delivery.to_string(), "2026-12-05", "{delivery}");
    }
    for (day, code, suggestion) in [
        ("31.11.2026", "day.not_in_calendar", None),
        ("20.11.26", "day.short_year", None),
        ("46346", "day.number_of_spreadsheet", Some("20.11.2026")),
        ("yarın", "day.form", None),
    ] {
        let errors = csv(&turkish(&[("20.11.2026", day)])).unwrap_err();
        let error = &errors.mistakes[0];
        assert_eq!((error.row, error.column_number), (2, Some(11)));
        assert_eq!(error.column.as_deref(), Some("Talep Tarihi"));
        assert_eq!(error.mistake, ImportMistake::Day);
        let fault = error.fault.as_ref().unwrap();
        assert_eq!((fault.code(), fault.suggestion()), (code, suggestion));
        assert!(
            fault.turkish().starts_with("`Talep Tarihi`"),
            "{}",
            fault.turkish()
        );
    }
}

#[test]
fn t3_groups_of_digits_are_read_where_they_cannot_be_decimals() {
    for (written, desi) in [
        ("1.250,5", "1250.5"),
        ("1 250,5", "1250.5"),
        ("'20,250", "20.25"),
    ] {
        let imported = csv(&turkish(&[("20,25", written)])).unwrap();
        assert_eq!(
            imported.orders[0].lines[0].desi,
            desi.parse().unwrap(),
            "{written}"
        );
    }
    for (written, code) in [
        ("1.250", "number.form"),
        ("20,2505", "number.too_many_decimals"),
    ] {
        let errors = csv(&turkish(&[("20,25", written)])).unwrap_err();
        assert_eq!(errors.mistakes[0].mistake, ImportMistake::Number);
        assert_eq!(errors.mistakes[0].fault.as_ref().unwrap().code(), code);
    }
}

#[test]
fn t3_the_values_of_an_order_are_compared_as_they_are_read() {
    let row = |day: &str, phone: &str, name: &str| {
        format!(
            "R-1;İade;801452;{name};İzmir;Karşıyaka;Deneme Mah. 1;{phone};;;{day};23.11.2026;YT-2;Baza;Baza;1;2;\n"
        )
    };
    let file = |more: &str| format!("{TURKISH}{more}");
    let same = file(&row(
        "20/11/2026 00:00",
        "0555 000 00 01",
        "Ays\u{327}e O\u{308}rnek",
    ));
    assert_eq!(csv(&same).unwrap().orders[0].lines.len(), 2);
    let of_company = |file: &str| file.replace(";111;", ";1234567890;");
    let spaced = row("20.11.2026", "05550000001", "Ayşe Örnek").replace(";;;", ";;123 456 78 90;");
    let same = of_company(&file(&spaced));
    assert_eq!(csv(&same).unwrap().orders[0].lines.len(), 2);
    for (other, column) in [
        (
            row("21.11.2026", "05550000001", "Ayşe Örnek"),
            "Talep Tarihi",
        ),
        (row("20.11.2026", "05550000002", "Ayşe Örnek"), "Telefon"),
    ] {
        let found = mistakes(&file(&other));
        assert_eq!(found, one(3, column, ImportMistake::Differs));
    }
}

#[test]
fn t10_rows_of_one_number_in_two_spellings_are_one_order() {
    let row = |number: &str| format!("{number};;;;;;;;;;;;YT-2;Baza;Baza;1;2;\n");
    let file = turkish(&[("R-1", "ŞİŞE-1")]);
    let both = format!("{file}{}", row("S\u{327}I\u{307}S\u{327}E-1"));
    let imported = csv(&both).unwrap();
    assert_eq!(imported.orders.len(), 1);
    assert_eq!(imported.orders[0].lines.len(), 2);
    assert_eq!(imported.orders[0].number.as_str(), "ŞİŞE-1");
    let between = format!(
        "{file}{}{}",
        file.lines()
            .nth(1)
            .unwrap()
            .replace("ŞİŞE-1", "X\n")
            .replace('\n', ""),
        "\n"
    );
    let scattered = format!(
        "{between}{}",
        file.lines().nth(1).unwrap().replace('Ş', "S\u{327}")
    );
    assert_eq!(
        mistakes(&scattered),
        one(4, "Talep No", ImportMistake::Scattered)
    );
}
