//! Orders from files: both languages, every mistake with its row and column.

mod columns;
mod mistakes;
mod values;

use horoz_shipping::{
    CsvOptions, DecimalMark, Direction, ImportErrors, ImportMistake, ImportedOrders, SupplierCode,
};

use crate::support::{check_all, client, order};

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
    let client = client("http://127.0.0.1:9", 1);
    assert!(check_all(&client, &imported.orders).is_empty());
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
