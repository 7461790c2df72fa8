//! Orders from files: both languages, every mistake with its row and column.

use horoz_shipping::{
    CsvOptions, DecimalMark, Direction, ImportErrors, ImportMistake, ImportedOrders, SupplierCode,
};

use crate::support::{client, order};

const ENGLISH: &str = "\
request number,supplier code,name,province,district,address,phone,email,request date,delivery date,product code,product name,category,quantity,desi,weight kg
KV-1,801452,Ayşe Örnek,İzmir,Karşıyaka,\"Deneme Mah. 1, Kat 2\",05550000001,ayse@example.com,2026-11-20,2026-11-23,YT-160,Yatak,Yatak,2,320,41.3
KV-1,,,,,,,,,,BZ-160,Baza,Baza,1,20.25,
KV-2,801452,Ali Örnek,Ankara,Mamak,Deneme Sk. 2,05550000002,,20.11.2026,23.11.2026,YT-90,Yatak,Yatak,1,90,
";

const TURKISH: &str = "\
Talep No;Yön;Tedarikçi Kodu;Ad Soyad;İl;İlçe;Adres;Telefon;Vergi Dairesi;Vergi No;Talep Tarihi;Teslim Tarihi;Ürün Kodu;Ürün Adı;Kategori;Adet;Desi;Ağırlık (kg)
R-1;İade;801452;Ayşe Örnek;İzmir;Karşıyaka;Deneme Mah. 1;05550000001;Karşıyaka;111;20.11.2026;23.11.2026;YT-160;Yatak;Yatak;1;20,25;
";

fn csv(text: &str) -> Result<ImportedOrders, ImportErrors> {
    ImportedOrders::from_csv(text.as_bytes(), CsvOptions::default())
}

fn mistakes(text: &str) -> Vec<(u64, Option<String>, ImportMistake)> {
    let errors = csv(text).unwrap_err();
    let all = errors.mistakes.into_iter();
    all.map(|one| (one.row, one.column, one.mistake)).collect()
}

/// Returns a file of two rows with some texts exchanged.
fn turkish(changes: &[(&str, &str)]) -> String {
    changes.iter().fold(TURKISH.to_owned(), |text, (from, to)| {
        assert!(text.contains(from), "{from}");
        text.replace(from, to)
    })
}

fn one(
    row: u64,
    column: &str,
    mistake: ImportMistake,
) -> Vec<(u64, Option<String>, ImportMistake)> {
    vec![(row, Some(column.to_owned()), mistake)]
}

#[test]
fn rows_of_one_number_are_one_order() {
    let imported = csv(ENGLISH).unwrap();
    let [first, second] = imported.orders.as_slice() else {
        panic!("{imported:?}")
    };
    assert_eq!((first.number.as_str(), first.lines.len()), ("KV-1", 2));
    assert_eq!(first.lines[0].weight_kg, Some("41.3".parse().unwrap()));
    assert_eq!(first.lines[1].desi, "20.25".parse().unwrap());
    assert_eq!(first.lines[1].weight_kg, None);
    assert_eq!(first.days, second.days);
    let Direction::Delivery {
        supplier,
        recipient,
        ..
    } = &first.direction
    else {
        panic!("a delivery")
    };
    assert_eq!(Some(*supplier), SupplierCode::new(801_452));
    assert_eq!(recipient.address.as_str(), "Deneme Mah. 1, Kat 2");
    assert!(
        client("http://127.0.0.1:9", 1)
            .check_all(&imported.orders)
            .is_empty()
    );
}

#[test]
fn reads_a_turkish_spreadsheet() {
    let expected = csv(TURKISH).unwrap();
    assert!(matches!(
        expected.orders[0].direction,
        Direction::Return { .. }
    ));
    assert_eq!(expected.orders[0].lines[0].desi, "20.25".parse().unwrap());
    assert_eq!(
        expected.orders[0].tax_number.as_ref().unwrap().as_str(),
        "111"
    );
    assert_eq!(csv(&format!("\u{feff}{TURKISH}")).unwrap(), expected);
    assert_eq!(csv(&TURKISH.replace('\n', "\r\n")).unwrap(), expected);
    let tabs = TURKISH.replace(';', "\t");
    let comma = CsvOptions::default().decimals(DecimalMark::Comma);
    assert_eq!(
        ImportedOrders::from_csv(tabs.as_bytes(), comma).unwrap(),
        expected
    );
    let legacy: Vec<u8> = TURKISH
        .chars()
        .map(|letter| match letter {
            'ş' => 0xFE,
            'Ş' => 0xDE,
            'İ' => 0xDD,
            'ı' => 0xFD,
            'ğ' => 0xF0,
            other => u8::try_from(u32::from(other)).unwrap(),
        })
        .collect();
    let imported = ImportedOrders::from_csv(legacy.as_slice(), CsvOptions::default());
    assert_eq!(imported.unwrap(), expected);
}

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
fn files_without_orders_and_without_text() {
    assert_eq!(
        csv(ENGLISH.lines().next().unwrap()).unwrap().orders.len(),
        0
    );
    assert_eq!(
        csv("").unwrap_err().mistakes[0].mistake,
        ImportMistake::MissingColumn
    );
    let errors = ImportedOrders::from_csv(&b"a\0b"[..], CsvOptions::default()).unwrap_err();
    assert_eq!(errors.mistakes[0].mistake, ImportMistake::Charset);
    assert_eq!(
        mistakes(&format!("{ENGLISH}\"unclosed")),
        one(5, "request number", ImportMistake::LineEnd)
    );
    assert_eq!(mistakes("\"desi")[0], (1, None, ImportMistake::LineEnd));
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
fn a_problem_of_the_check_leads_back_to_row_and_column() {
    let wrong = ENGLISH
        .replace("BZ-160,Baza", "YT-160,Baza")
        .replace("Mamak", "Mamakk");
    let imported = csv(&wrong).unwrap();
    let found = client("http://127.0.0.1:9", 1).check_all(&imported.orders);
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
fn reads_json_lines() {
    let line = serde_json::to_string(&order()).unwrap();
    let imported = ImportedOrders::from_json_lines(format!("{line}\n\n{line}").as_bytes()).unwrap();
    assert_eq!(imported.orders, [order(), order()]);
    assert_eq!(imported.place_of(1, "number").unwrap().to_string(), "row 3");
    let broken = line.replace("\"quantity\":2", "\"quantity\":\"SENTINEL\"");
    let text = format!("{line}\n{broken}\nnot json\n{{}}\n");
    let errors = ImportedOrders::from_json_lines(text.as_bytes()).unwrap_err();
    let found: Vec<_> = errors
        .mistakes
        .iter()
        .map(|one| (one.row, one.column.as_deref()))
        .collect();
    assert_eq!(
        found,
        [
            (2, Some("lines[0].quantity")),
            (3, None),
            (4, Some("number"))
        ]
    );
    assert!(!format!("{errors:?}").contains("SENTINEL"));
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
fn t3_a_row_that_names_the_separator_is_read() {
    let expected = csv(TURKISH).unwrap().orders;
    for row in [
        "sep=;\n",
        "SEP=;\r\n",
        "\"sep=;\"\n",
        "sep=;;;;;;\n",
        "\u{feff}sep=;\n",
    ] {
        let imported = csv(&format!("{row}{TURKISH}")).unwrap();
        assert_eq!(imported.orders, expected, "{row:?}");
        assert_eq!(imported.place_of(0, "number").unwrap().row, 3);
    }
    // The caller's own separator is the one that counts.
    let semicolons = CsvOptions::default().separator(b';');
    let other = format!("sep=,\n{TURKISH}");
    let imported = ImportedOrders::from_csv(other.as_bytes(), semicolons);
    assert_eq!(imported.unwrap().orders, expected);
    // A row with more in it is the row of names.
    let more = format!("sep=;note\n{TURKISH}");
    assert_eq!(mistakes(&more)[0].0, 1);
    let bars = format!(
        "sep=|\n{}",
        ENGLISH.replace(',', "|").replace("1| Kat", "1, Kat")
    );
    assert_eq!(csv(&bars).unwrap().orders, csv(ENGLISH).unwrap().orders);
    let wrong = format!("sep=;\n{}", turkish(&[("801452", "x")]));
    assert_eq!(
        mistakes(&wrong),
        one(3, "Tedarikçi Kodu", ImportMistake::WholeNumber)
    );
    let unknown = format!("sep=;\n{}", turkish(&[("Vergi No", "Sipariş Notu")]));
    assert_eq!(
        mistakes(&unknown),
        one(2, "Sipariş Notu", ImportMistake::UnknownColumn)
    );
}

#[test]
fn t3_names_of_two_words_are_recognised_and_told_with_their_column() {
    for (from, to) in [
        ("Talep No;", "Sipariş No;"),
        ("Telefon;", "TELEFON  NUMARASI;"),
        ("Ad Soyad;", "Alıcı\u{a0}Adı;"),
        ("Vergi No;", "vergi_numarası;"),
        ("Teslim Tarihi", "TESLİMAT TARİHİ"),
    ] {
        assert_eq!(
            csv(&turkish(&[(from, to)])).unwrap().orders.len(),
            1,
            "{to}"
        );
    }
    for (name, told) in [
        ("Sipariş Notu", "Sipariş Notu"),
        ("Not 2", "Not 2"),
        ("Kapıda Ödeme?", "Kapıda Ödeme?"),
    ] {
        let errors = csv(&turkish(&[("Vergi No", name)])).unwrap_err();
        assert_eq!(
            errors.mistakes[0].to_string(),
            format!("row 1, column 10 `{told}`: the column is not known")
        );
    }
    let twice = csv(&turkish(&[("Vergi No", "İl")])).unwrap_err();
    assert_eq!(
        twice.mistakes[0].to_string(),
        "row 1, column 10 `İl`: the column is a duplicate"
    );
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
fn t6_a_phone_of_the_file_that_is_none_leads_back_to_its_column() {
    let imported = csv(&turkish(&[("05550000001", "ev yok")])).unwrap();
    let found = client("http://127.0.0.1:9", 1).check_all(&imported.orders);
    let problem = found[0].problems.iter().next().unwrap();
    assert_eq!(
        (problem.code(), problem.path()),
        ("phone_number.not_a_number", "sender.phone")
    );
    let place = imported.place_of(found[0].index, problem.path()).unwrap();
    assert_eq!(place.to_string(), "row 2, column 8 `Telefon`");
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
