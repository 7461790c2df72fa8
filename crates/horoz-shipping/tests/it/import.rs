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
        .replace("Ayşe Örnek", "Sentinel Örnek");
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
        .map(|(order, path)| imported.place_of(order, &path))
        .collect();
    assert_eq!(
        places,
        [Some((3, Some("product code"))), Some((4, Some("district")))]
    );
    assert_eq!(imported.place_of(9, "number"), None);
    assert_eq!(imported.place_of(0, "lines"), Some((2, None)));
}

#[test]
fn reads_json_lines() {
    let line = serde_json::to_string(&order()).unwrap();
    let imported = ImportedOrders::from_json_lines(format!("{line}\n\n{line}").as_bytes()).unwrap();
    assert_eq!(imported.orders, [order(), order()]);
    assert_eq!(imported.place_of(1, "number"), Some((3, None)));
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
